import { LexlineError } from '../../base/errors.ts';
import { fromCursor, limitOf, toCursor } from '../cursor.ts';
import type { WalkHit, WalkRequest, WalkResult } from './graph-store.ts';

/** A walk looks beyond the page that is asked for, up to this many things: of fewer it says exactly how many are left. */
export const lookAhead = 200;

/** Things that a walk visits at most where nobody says otherwise. */
export const defaultBudget = 1_000_000;

/** Fails with INPUT_INVALID for a depth that no walk has. */
export function checkDepth(depth: number): void {
  if (!Number.isInteger(depth) || depth < 1 || depth > 1000)
    throw new LexlineError('INPUT_INVALID', `[stores] depth ${depth} is not a whole number from 1 to 1000`);
}

/** How many things came before the page that is asked for. Fails with INPUT_INVALID for what is no page of a walk. */
export function offsetOfWalk(request: WalkRequest): number {
  checkDepth(request.depth);
  limitOf(request);
  if (request.after === undefined) return 0;
  const [revision, offset = 0] = fromCursor(request.after, 2).map(Number);
  if (revision !== request.n || !Number.isSafeInteger(offset) || offset < 0)
    throw new LexlineError('INPUT_INVALID', '[stores] this cursor belongs to another revision', {
      remedy: 'Ask at the revision of the first page.',
    });
  return offset;
}

/**
 * A page of what was found so far, which is more than the page and {@link lookAhead}, or all. `ended`: why there is nothing
 * more; null: it was all; undefined: it was not followed to its end. What an engine happens to know beyond that is not told, so
 * that every engine answers the same.
 */
export function pageOfWalk<T>(
  found: readonly T[],
  ended: 'depth' | 'budget' | null | undefined,
  { n, first, offset }: { readonly n: number; readonly first: number; readonly offset: number },
  toHit: (one: T) => WalkHit,
): WalkResult {
  const page = found.slice(offset, offset + first);
  const left = found.length - offset - page.length;
  const isExact = ended === null && left <= lookAhead;
  return {
    hits: page.map(toHit),
    truncated:
      left > 0
        ? { reason: 'first', remaining: isExact ? left : null }
        : ended === null || ended === undefined
          ? null
          : { reason: ended, remaining: null },
    cursor: left > 0 ? toCursor([n, offset + page.length]) : null,
  };
}

/** A path was not found within what a search may visit. */
export function tooCostlyPath(visited: number): LexlineError {
  return new LexlineError('QUERY_TOO_COSTLY', `[stores] no path was found among the ${visited} nearest things`, {
    remedy: 'Ask with a smaller depth, or from a thing that is nearer.',
  });
}
