import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import type { Log } from '../base/log.ts';
import type { OpenRulebook } from '../cli/composition.ts';
import { configuredCatalogues, configuredEmbedder, openVectors } from './rulebook-parts.ts';

/** The regulations without the rest of the product: for the commands that search, add, pull and list. */
export async function openRulebook(
  config: Config,
  clock: Clock,
  log: Log,
  { writes }: { readonly writes: boolean },
): Promise<OpenRulebook> {
  const { createRulebook } = await import('../rulebook/create-rulebook.ts');
  const catalogues = await configuredCatalogues(config);
  const open = await openVectors(config, clock, log, writes);
  if (open === null)
    return { rulebook: createRulebook({ catalogues }), catalogues, library: null, close: () => Promise.resolve() };
  try {
    const { vectors } = open;
    const embedder = await configuredEmbedder(config, clock);
    const rulebook = createRulebook({ catalogues, vectors, embedder });
    if (!writes) return { rulebook, catalogues, library: null, close: () => open.close() };
    const { createLibrary } = await import('../rulebook/create-library.ts');
    const library = createLibrary({ catalogues, vectors, embedder, clock, endpoints: config.rulebook.endpoints });
    return { rulebook, catalogues, library, close: () => open.close() };
  } catch (error) {
    await open.close();
    throw error;
  }
}
