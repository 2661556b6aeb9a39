import type { Uid } from '../../model/ids.ts';
import type { CountRequest, WalkHit } from '../graph/graph-store.ts';
import { defaultBudget } from '../graph/walk-page.ts';
import { createNeighbours } from './neighbours.ts';
import type { Reading } from './read-at.ts';

/** More neighbours than any thing has. */
const all = 2_000_000_000;

/**
 * A breadth-first search that goes as far as it is asked to and can go on later. Within one thing the neighbours come by
 * identity, so a search done again finds the same in the same order, however its neighbours were read.
 */
export interface Search {
  readonly hits: readonly WalkHit[];
  /** Why it ended although there is more; null: there is no more. Undefined: it was not followed to its end. */
  ended(): 'depth' | 'budget' | null | undefined;
  /** Goes on until it has found so many, or its end. */
  grow(reading: Reading, wanted: number): Promise<void>;
}

export function createSearch(request: CountRequest): Search {
  const { depth, budget = defaultBudget } = request;
  const neighbours = createNeighbours(request);
  const hits: WalkHit[] = [];
  const seen = new Set<Uid>(request.from);
  let ended: 'depth' | 'budget' | null | undefined;
  let layer: readonly Uid[] = [...seen];
  let next: Uid[] = [];
  let at = 0;
  let degree = 1;
  let isBegun = false;

  /** Takes in the neighbours of one thing; what was met before is passed over. True when it went through all of them. */
  const take = (via: Uid, uids: readonly Uid[], wanted: number): boolean => {
    for (const uid of uids) {
      if (seen.has(uid)) continue;
      if (degree > depth) ended = 'depth';
      else if (hits.length >= budget) ended = 'budget';
      if (ended !== undefined || hits.length >= wanted) return false;
      seen.add(uid);
      next.push(uid);
      hits.push({ uid, degree, via });
    }
    return true;
  };

  /** The neighbours of the thing whose turn it is, read where they are not known, with those of its layer that come next. */
  const goOn = async (reading: Reading, uid: Uid, wanted: number): Promise<boolean> => {
    const before = neighbours.known(uid);
    if (before !== undefined && !take(uid, before.uids, wanted)) return false;
    if (before?.isAll === true) return true;
    // One whose first neighbours were not enough is read whole; of others no more than can be wanted.
    if (before === undefined) await neighbours.read(reading, layer.slice(at), wanted + 1);
    else await neighbours.read(reading, [uid], all);
    return goOn(reading, uid, wanted);
  };

  return {
    hits,
    ended: () => ended,
    async grow(reading, wanted) {
      if (!isBegun) await neighbours.readAhead(reading, layer, wanted);
      isBegun = true;
      while (ended === undefined) {
        const uid = layer[at];
        if (uid === undefined) {
          if (next.length === 0) {
            ended = null;
            return;
          }
          [layer, next, at] = [next, [], 0];
          degree += 1;
          continue;
        }
        if (!(await goOn(reading, uid, wanted))) return;
        neighbours.forget(uid);
        at += 1;
      }
    },
  };
}
