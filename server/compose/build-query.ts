import type { Query } from '../query/query.ts';
import { buildQuotations } from './build-quotations.ts';
import type { Ground } from './ground.ts';
import { readKeptFunctions, readKeptReadings } from './kept-rules.ts';
import { configuredCatalogues } from './rulebook-parts.ts';

/** The room that answers questions of the graph. */
export async function buildQuery(ground: Ground): Promise<Query> {
  const { config, clock, stores, taxonomy } = ground;
  const [{ createQuery }, { loadPropagationRules }] = await Promise.all([
    import('../query/create-query.ts'),
    import('../rulebook/functions.ts'),
  ]);
  const applies = new Map(config.sources.map((source) => [source.name, source.applies]));
  const { graph, state } = stores;
  const catalogues = await configuredCatalogues(config);
  return createQuery({
    graph,
    state,
    taxonomy: await taxonomy(),
    catalogues,
    quotations: await buildQuotations(ground, catalogues),
    appliesOf: (source) => applies.get(source) ?? {},
    readings: (n) => readKeptReadings(stores, loadPropagationRules(), n),
    vouched: (n) => readKeptFunctions(stores, loadPropagationRules(), n),
    domains: config.access?.domains ?? {},
    clock,
    timezone: config.timezone,
  });
}
