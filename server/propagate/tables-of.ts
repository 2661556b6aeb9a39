import type { Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';

/** The dataset of each field, where it is known. */
export async function tablesOf(
  graph: Pick<GraphStore, 'get'>,
  n: number,
  fields: ReadonlySet<Uid>,
): Promise<ReadonlyMap<Uid, Uid>> {
  const found = await inBatches([...fields], (batch) => graph.get(batch, n));
  return new Map(
    found.flatMap((field) => (field === null || field.parent === null ? [] : [[field.uid, field.parent] as const])),
  );
}
