import type { Uid } from '../../model/ids.ts';
import type { ExposureView } from '../../query/flows.ts';
import type { Query } from '../../query/query.ts';

/** Where datasets send what they hold, dataset by dataset. */
export interface FlowMap {
  /** Every dataset reached from the given ones by any number of steps, without them. */
  downstreamOf(datasets: Iterable<Uid>): ReadonlySet<Uid>;
  upstreamOf(datasets: Iterable<Uid>): ReadonlySet<Uid>;
  /** One step. */
  targetsOf(dataset: Uid): readonly Uid[];
  sourcesOf(dataset: Uid): readonly Uid[];
  readersOf(dataset: Uid): readonly ExposureView[];
  readonly exposures: readonly ExposureView[];
}

/** Reads every flow between datasets once. */
export async function readFlowMap(query: Query, n: number): Promise<FlowMap> {
  const out = new Map<Uid, Set<Uid>>();
  const back = new Map<Uid, Set<Uid>>();
  for await (const flows of query.datasetFlows(n))
    for (const { from, to } of flows) {
      add(out, from, to);
      add(back, to, from);
    }
  const exposures = await query.exposures(n);
  const readers = Map.groupBy(
    exposures.flatMap((exposure) => exposure.inputs.map((input) => ({ input, exposure }))),
    ({ input }) => input,
  );
  return {
    downstreamOf: (datasets) => reached(out, datasets),
    upstreamOf: (datasets) => reached(back, datasets),
    targetsOf: (dataset) => [...(out.get(dataset) ?? [])],
    sourcesOf: (dataset) => [...(back.get(dataset) ?? [])],
    readersOf: (dataset) => (readers.get(dataset) ?? []).map(({ exposure }) => exposure),
    exposures,
  };
}

function add(edges: Map<Uid, Set<Uid>>, from: Uid, to: Uid): void {
  const known = edges.get(from);
  if (known === undefined) edges.set(from, new Set([to]));
  else known.add(to);
}

function reached(edges: ReadonlyMap<Uid, ReadonlySet<Uid>>, starts: Iterable<Uid>): ReadonlySet<Uid> {
  const from = new Set(starts);
  const seen = new Set<Uid>();
  const waiting = [...from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const target of edges.get(next) ?? [])
      if (!seen.has(target) && !from.has(target)) {
        seen.add(target);
        waiting.push(target);
      }
  return seen;
}
