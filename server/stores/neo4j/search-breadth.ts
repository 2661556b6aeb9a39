import { directKinds } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import type { CountRequest, WalkHit } from '../graph/graph-store.ts';
import { isFlowing } from './flows.ts';
import type { Reading } from './read-at.ts';

const defaultBudget = 1_000_000;

/** Things whose neighbours one statement reads. */
const batchSize = 1000;

/**
 * A breadth-first search that goes as far as it is asked to and can go on later: by layers, one query for a batch of things.
 * Within one thing the neighbours come by identity, so a search done again finds the same in the same order.
 */
export interface Search {
  readonly hits: readonly WalkHit[];
  /** Why it ended although there is more; null: there is no more. Undefined: it was not followed to its end. */
  ended(): 'depth' | 'budget' | null | undefined;
  /** Goes on until it has found so many, or its end. */
  grow(reading: Reading, wanted: number): Promise<void>;
}

export function createSearch(request: CountRequest): Search {
  const { depth, direction, kinds = directKinds, budget = defaultBudget } = request;
  const [near, far] = direction === 'downstream' ? ['a', 'b'] : ['b', 'a'];
  const text = `UNWIND range(0, size($uids) - 1) AS i MATCH (${near}:Entity {uid: $uids[i]}) MATCH (a)-[r:FLOWS]->(b) WHERE ${isFlowing(kinds)}
    WITH ${far}, min(i) AS i RETURN i, ${far}.uid AS uid ORDER BY i, uid`;
  const hits: WalkHit[] = [];
  const seen = new Set<Uid>(request.from);
  let ended: 'depth' | 'budget' | null | undefined;
  let layer: readonly Uid[] = [...seen];
  let next: Uid[] = [];
  let at = 0;
  let degree = 1;

  /** Reads the neighbours of one batch; what was met before is passed over. True when the batch was read to its end. */
  const readBatch = async ({ transaction, n }: Reading, wanted: number): Promise<boolean> => {
    const uids = layer.slice(at, at + batchSize);
    const lists = { uids, kinds, n };
    for await (const row of transaction.stream(text, lists)) {
      const uid = String(row['uid']);
      if (seen.has(uid)) continue;
      if (degree > depth) ended = 'depth';
      else if (hits.length >= budget) ended = 'budget';
      if (ended !== undefined || hits.length >= wanted) return false;
      seen.add(uid);
      next.push(uid);
      hits.push({ uid, degree, via: uids[Number(row['i'])] ?? '' });
    }
    return true;
  };

  return {
    hits,
    ended: () => ended,
    async grow(reading, wanted) {
      while (ended === undefined) {
        if (at >= layer.length) {
          if (next.length === 0) {
            ended = null;
            return;
          }
          [layer, next, at] = [next, [], 0];
          degree += 1;
        }
        if (!(await readBatch(reading, wanted))) return;
        at += batchSize;
      }
    },
  };
}
