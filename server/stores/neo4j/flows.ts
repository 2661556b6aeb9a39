import type { EdgeKind } from '../../model/edge.ts';
import type { Effect } from '../../model/treatment.ts';
import type { Uid } from '../../model/ids.ts';
import { byClaim } from '../graph/edge-order.ts';
import type { Direction, EdgeRecord } from '../graph/graph-store.ts';
import type { Page, PageRequest } from '../page.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { whole, type Row } from './database.ts';
import type { Reading } from './read-at.ts';

const columns = `a.uid AS src, b.uid AS dst, r.kind AS kind, r.job AS job, r.fn AS fn, r.source AS source, r.from AS from,
  r.effect AS effect, r.masking AS masking, r.stmt AS stmt, r.conf AS conf, r.seq AS seq`;

/** Is the edge `r` alive at `$n` and of the kinds asked for? */
export function isFlowing(kinds: readonly EdgeKind[] | undefined): string {
  return `r.from <= $n AND r.to > $n${kinds === undefined ? '' : ' AND r.kind IN $kinds'}`;
}

function toEdge(row: Row): EdgeRecord {
  return {
    from: String(row['src']),
    to: String(row['dst']),
    kind: row['kind'] as EdgeKind,
    job: typeof row['job'] === 'string' ? row['job'] : null,
    fn: String(row['fn']),
    effect: row['effect'] as Effect,
    masking: row['masking'] === true,
    statement: typeof row['stmt'] === 'string' ? row['stmt'] : null,
    confidence: Number(row['conf']),
    source: String(row['source']),
    since: Number(row['from']),
  };
}

function afterOf(page: PageRequest): number {
  return page.after === undefined ? 0 : Number(fromCursor(page.after, 1)[0]);
}

/** In the order in which they were opened. */
export async function edgesOf(
  { ask, n }: Reading,
  uids: readonly Uid[],
  direction: Direction,
  kinds: readonly EdgeKind[] | undefined,
  page: PageRequest,
): Promise<Page<EdgeRecord>> {
  const limit = limitOf(page);
  const after = afterOf(page);
  const near = direction === 'downstream' ? 'a' : 'b';
  const rows = await ask(
    `UNWIND $uids AS uid MATCH (${near}:Entity {uid: uid}) MATCH (a)-[r:FLOWS]->(b) WHERE ${isFlowing(kinds)} AND r.seq > $after
     RETURN ${columns} ORDER BY seq LIMIT $limit`,
    { uids: [...new Set(uids)], kinds, n, after: whole(after), limit: whole(limit) },
  );
  return pageOf(rows, page.first, toEdge, (row) => [row['seq']]);
}

/** Every edge alive at `n`, in the order in which they were opened. */
export async function scanEdges({ ask, n }: Reading, page: PageRequest): Promise<Page<EdgeRecord>> {
  const limit = limitOf(page);
  const rows = await ask(
    `MATCH (a)-[r:FLOWS]->(b) WHERE r.seq > $after AND ${isFlowing(undefined)} RETURN ${columns} ORDER BY r.seq LIMIT $limit`,
    { n, after: whole(afterOf(page)), limit: whole(limit) },
  );
  return pageOf(rows, page.first, toEdge, (row) => [row['seq']]);
}

/** One edge for each step of a path: of several the first by what they claim. */
export async function edgesAlong(
  { ask, n }: Reading,
  path: readonly Uid[],
  kinds: readonly EdgeKind[],
): Promise<EdgeRecord[]> {
  const rows = await ask(
    `UNWIND range(0, size($path) - 2) AS i
     MATCH (a:Entity {uid: $path[i]}) MATCH (b:Entity {uid: $path[i + 1]}) MATCH (a)-[r:FLOWS]->(b) WHERE ${isFlowing(kinds)}
     RETURN ${columns}`,
    { path, kinds, n },
  );
  const edges = rows.map((row) => toEdge(row)).toSorted(byClaim);
  return path.slice(1).flatMap((to, i) => edges.find((edge) => edge.from === path[i] && edge.to === to) ?? []);
}
