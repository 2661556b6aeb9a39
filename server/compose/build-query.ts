import type { Query } from '../query/query.ts';
import type { Ground } from './ground.ts';
import { readKeptFunctions, readKeptReadings } from './kept-rules.ts';

/** The room that answers questions of the graph. */
export async function buildQuery({ config, clock, stores, taxonomy }: Ground): Promise<Query> {
  const [{ createQuery }, { loadPropagationRules }] = await Promise.all([
    import('../query/create-query.ts'),
    import('../rulebook/functions.ts'),
  ]);
  const applies = new Map(config.sources.map((source) => [source.name, source.applies]));
  const { graph, state } = stores;
  return createQuery({
    graph,
    state,
    taxonomy: await taxonomy(),
    appliesOf: (source) => applies.get(source) ?? {},
    readings: (n) => readKeptReadings(stores, loadPropagationRules(), n),
    vouched: (n) => readKeptFunctions(stores, loadPropagationRules(), n),
    clock,
    timezone: config.timezone,
  });
}
