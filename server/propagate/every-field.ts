import type { Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';

/** Every field that a dataset ever had: edges may still point at one that is gone. */
export async function everyFieldOf(graph: Pick<GraphStore, 'list'>, dataset: Uid, n: number): Promise<readonly Uid[]> {
  const fields: Uid[] = [];
  for await (const { uid } of everyPage((page) =>
    graph.list({ kind: 'field', parent: dataset, alive: false }, n, page),
  ))
    fields.push(uid);
  return fields;
}
