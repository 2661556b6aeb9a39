import type { EdgeKind } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import { byEnds } from '../../stores/graph/edge-order.ts';
import type { Direction, EdgeRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';

/** Edges looked through for those that join the things of one answer, at most. */
const maxEdges = 200_000;
const pageSize = 10_000;

/** The edges of many things, by their ends and what they claim; `whole` is false when the limit cut them short. */
export async function readEdges(
  context: QueryContext,
  request: {
    readonly uids: readonly Uid[];
    readonly direction: Direction;
    readonly kinds: readonly EdgeKind[];
    readonly n: number;
    readonly keep: (edge: EdgeRecord) => boolean;
  },
): Promise<{ readonly edges: readonly EdgeRecord[]; readonly whole: boolean }> {
  const { uids, direction, kinds, n, keep } = request;
  const edges: EdgeRecord[] = [];
  if (uids.length === 0) return { edges, whole: true };
  let after: string | undefined;
  for (let seen = 0; seen < maxEdges;) {
    const page = await context.graph.edges(uids, direction, kinds, n, {
      first: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    for (const edge of page.items) if (keep(edge)) edges.push(edge);
    if (page.cursor === null) return { edges: edges.sort(byEnds), whole: true };
    seen += page.items.length;
    after = page.cursor;
  }
  return { edges: edges.sort(byEnds), whole: false };
}
