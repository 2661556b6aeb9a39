import type { Rulebook } from '../rulebook/rulebook.ts';
import type { Ground } from './ground.ts';
import { configuredCatalogues, configuredEmbedder } from './rulebook-parts.ts';

/** The rulebook that the model tier retrieves from: the catalogues and whatever official texts are indexed. */
export async function buildRulebook({ config, stores, clock }: Ground): Promise<Rulebook> {
  const { createRulebook } = await import('../rulebook/create-rulebook.ts');
  return createRulebook({
    catalogues: await configuredCatalogues(config),
    vectors: stores.vectors,
    embedder: await configuredEmbedder(config, clock),
  });
}
