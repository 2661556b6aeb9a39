import type { Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';

/**
 * The datasets about which another source said something new between the revision that was judged and the newest one. What
 * was judged of them rests on less than is known now.
 */
export async function staleDatasets(
  graph: Pick<GraphStore, 'changes' | 'get'>,
  judgedAt: number,
  published: number,
): Promise<ReadonlySet<Uid>> {
  const stale = new Set<Uid>();
  if (published <= judgedAt) return stale;
  const touched = new Set<Uid>();
  for await (const { table, uid } of everyPage((page) => graph.changes(judgedAt, published, page), 5000))
    if (table === 'fact' || table === 'evidence') touched.add(uid);
  const uids = [...touched];
  for (let at = 0; at < uids.length; at += 1000)
    for (const entity of await graph.get(uids.slice(at, at + 1000), published)) {
      if (entity?.kind === 'dataset') stale.add(entity.uid);
      if (entity?.kind === 'field' && entity.parent !== null) stale.add(entity.parent);
    }
  return stale;
}
