import type { LexlineError } from '../../server/base/errors.ts';

/** Everything that a listing by offset gave. */
export interface WholeList<T> {
  readonly items: readonly T[];
  /** Things that are there and whose ids may not be seen. */
  readonly hidden: number;
  /** False when the source changed so much meanwhile that no pass saw all of it. */
  readonly whole: boolean;
}

/** How a listing by offset is read. */
export interface OffsetListing<T> {
  /** `total` null: the source does not count. */
  page(offset: number): Promise<{ readonly items: readonly T[]; readonly total: number | null }>;
  /** A page with fewer things is the last. */
  readonly limit: number;
  /** Null for a thing whose id is hidden. */
  idOf(item: T): string | null;
  /** What is thrown when the source gives the same page again. */
  looping(): LexlineError;
}

/** Passes over a listing that changes under our hands, at most. */
const maxPasses = 4;

/**
 * Lists all, page by page, from a source that pages by offset and in no order that holds. A pass counts as whole only when
 * nothing came twice and as many came as the source counts; otherwise it is repeated and what was seen is united. A page that
 * brings nothing new ends in an error, never in a loop.
 */
export async function listWhole<T>(listing: OffsetListing<T>, signal: AbortSignal): Promise<WholeList<T>> {
  const found = new Map<string, T>();
  let hidden = 0;
  for (let pass = 1; pass <= maxPasses; pass++) {
    const seen = new Set<string>();
    let unnamed = 0;
    let repeated = 0;
    let counted: number | null = null;
    for (let offset = 0; ;) {
      signal.throwIfAborted();
      const { items, total } = await listing.page(offset);
      counted = total ?? counted;
      if (items.length === 0) break;
      let fresh = 0;
      for (const item of items) {
        const id = listing.idOf(item);
        if (id !== null && seen.has(id)) {
          repeated += 1;
          continue;
        }
        fresh += 1;
        if (id === null) unnamed += 1;
        else {
          seen.add(id);
          found.set(id, item);
        }
      }
      if (fresh === 0) throw listing.looping();
      offset += items.length;
      if (items.length < listing.limit) break;
    }
    hidden = Math.max(hidden, unnamed);
    const complete = counted === null || seen.size + unnamed >= counted;
    if (repeated === 0 && complete) return { items: [...found.values()], hidden, whole: true };
  }
  return { items: [...found.values()], hidden, whole: false };
}
