import type { Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { isReadable } from '../stores/graph/retention-floor.ts';
import { everyPage } from '../stores/every-page.ts';
import { inBatches } from '../stores/in-batches.ts';

/**
 * The datasets about which another source said something new between the revision that was judged and the newest one. What
 * was judged of them rests on less than is known now. All of them, where the judged revision is no longer kept.
 */
export async function staleDatasets(
  graph: Pick<GraphStore, 'changes' | 'get' | 'head' | 'list'>,
  judgedAt: number,
  published: number,
): Promise<ReadonlySet<Uid>> {
  const stale = new Set<Uid>();
  if (published <= judgedAt) return stale;
  if (!isReadable(await graph.head(), judgedAt)) {
    for await (const { uid } of everyPage((page) => graph.list({ kind: 'dataset' }, published, page))) stale.add(uid);
    return stale;
  }
  const touched = new Set<Uid>();
  for await (const { uid } of everyPage((page) => graph.changes(judgedAt, published, page, ['fact', 'evidence']), 5000))
    touched.add(uid);
  for (const entity of await inBatches([...touched], (batch) => graph.get(batch, published))) {
    if (entity?.kind === 'dataset') stale.add(entity.uid);
    if (entity?.kind === 'field' && entity.parent !== null) stale.add(entity.parent);
  }
  return stale;
}
