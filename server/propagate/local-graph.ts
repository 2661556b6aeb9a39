import { directKinds, type EdgeKind } from '../model/edge.ts';
import type { Uid } from '../model/ids.ts';
import type { EdgeRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';

/** The part of the graph around a change, fetched in batches and kept for one propagation. */
export interface LocalGraph {
  /** DIRECT edges into each field, once {@link LocalGraph.load} has fetched them. */
  into(field: Uid): readonly EdgeRecord[];
  outOf(field: Uid): readonly EdgeRecord[];
  load(fields: Iterable<Uid>, direction: 'into' | 'outOf'): Promise<void>;
}

/** Things asked for at once: few ways to a server that is elsewhere. */
const batchSize = 2000;

export function createLocalGraph(graph: Pick<GraphStore, 'edges'>, n: number): LocalGraph {
  const into = new Map<Uid, EdgeRecord[]>();
  const outOf = new Map<Uid, EdgeRecord[]>();
  return {
    into: (field) => into.get(field) ?? [],
    outOf: (field) => outOf.get(field) ?? [],
    async load(fields, direction) {
      const map = direction === 'into' ? into : outOf;
      const missing = [...new Set(fields)].filter((field) => !map.has(field));
      for (const field of missing) map.set(field, []);
      const way = direction === 'into' ? 'upstream' : 'downstream';
      for await (const edge of edgesOf(graph, missing, way, directKinds, n))
        map.get(direction === 'into' ? edge.to : edge.from)?.push(edge);
    },
  };
}

/** The edges of many things, batch by batch. */
export async function* edgesOf(
  graph: Pick<GraphStore, 'edges'>,
  uids: readonly Uid[],
  direction: 'upstream' | 'downstream',
  kinds: readonly EdgeKind[],
  n: number,
): AsyncIterable<EdgeRecord> {
  for (let at = 0; at < uids.length; at += batchSize) {
    const batch = uids.slice(at, at + batchSize);
    yield* everyPage((page) => graph.edges(batch, direction, kinds, n, page), 10_000);
  }
}
