import type { Rulebook } from '../rulebook/rulebook.ts';
import type { Ground } from './ground.ts';
import { configuredCatalogues } from './rulebook-parts.ts';

/**
 * The rulebook that the model tier retrieves from: the catalogues and whatever official texts are indexed, by words alone. What it
 * is asked with are names of columns, and the endpoint of `llm.embeddings` is none that a source names.
 */
export async function buildRulebook({ config, stores }: Pick<Ground, 'config' | 'stores'>): Promise<Rulebook> {
  const { createRulebook } = await import('../rulebook/create-rulebook.ts');
  return createRulebook({ catalogues: await configuredCatalogues(config), vectors: stores.vectors });
}
