import { directKinds, indirectKinds, type EdgeKind } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import type { Direction, WalkHit } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';

/** Most hits asked of the store in one call. */
const pageSize = 10_000;

/** What a walk found, its pages put together. */
export interface CollectedWalk {
  readonly hits: readonly WalkHit[];
  /** Why there is more than `hits`; null: nothing was left out. */
  readonly truncated: { readonly reason: 'first' | 'depth' | 'budget'; readonly remaining: number | null } | null;
}

/** The kinds of edges that fields are walked along. */
export function fieldKinds(includeIndirect: boolean): readonly EdgeKind[] {
  return includeIndirect ? [...directKinds, ...indirectKinds] : directKinds;
}

/** The first `limit` things of a breadth-first walk, nearest first. Walking again gives the same order at the same revision. */
export async function collectWalk(
  context: QueryContext,
  request: {
    readonly from: readonly Uid[];
    readonly direction: Direction;
    readonly depth: number;
    readonly kinds: readonly EdgeKind[];
    readonly n: number;
  },
  limit: number,
): Promise<CollectedWalk> {
  const hits: WalkHit[] = [];
  let after: string | undefined;
  for (;;) {
    const first = Math.min(pageSize, limit - hits.length);
    const page = await context.graph.walk(
      { ...request, first, ...(after === undefined ? {} : { after }) },
      context.signal,
    );
    hits.push(...page.hits);
    const { truncated, cursor } = page;
    if (cursor === null || truncated?.reason !== 'first' || hits.length >= limit) return { hits, truncated };
    after = cursor;
  }
}
