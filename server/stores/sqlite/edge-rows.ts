import type { EdgeKind } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import type { Direction, EdgeRecord } from '../graph/graph-store.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Connection } from './prepared.ts';
import { edgeKinds, effectAt, fromCursor, pageOf, uidBytes, uidText, type Row } from './rows.ts';

const columns = `e.src, e.dst, e.kind, e.job, e.fn, e.source, e.from_rev, e.effect, e.masking, e.stmt, e.conf,
  (SELECT uid FROM entity WHERE id = e.src) AS src_uid, (SELECT uid FROM entity WHERE id = e.dst) AS dst_uid,
  (SELECT uid FROM entity WHERE id = e.job) AS job_uid, (SELECT name FROM source WHERE id = e.source) AS source_name`;

/** The members of an edge's key, in the order of the primary key: what a page goes on after. */
const key = 'src, dst, kind, job, fn, source, from_rev';

export function toEdge(row: Row): EdgeRecord {
  return {
    from: uidText(row['src_uid']),
    to: uidText(row['dst_uid']),
    kind: edgeKinds[Number(row['kind'])] ?? 'TRANSFORMATION',
    job: row['job_uid'] === null ? null : uidText(row['job_uid']),
    fn: String(row['fn']),
    effect: effectAt(row['effect']),
    masking: row['masking'] === 1,
    statement: row['stmt'] === null ? null : String(row['stmt']),
    confidence: Number(row['conf']),
    source: String(row['source_name']),
    since: Number(row['from_rev']),
  };
}

const cursorOf = (row: Row) => [
  row['src'],
  row['dst'],
  row['kind'],
  row['job'],
  row['fn'],
  row['source'],
  row['from_rev'],
];

function kindList(kinds: readonly EdgeKind[] | undefined): string {
  return kinds === undefined ? '' : ` AND e.kind IN (${kinds.map((kind) => edgeKinds.indexOf(kind)).join(',')})`;
}

export function edgesOf(
  connection: Connection,
  uids: readonly Uid[],
  direction: Direction,
  kinds: readonly EdgeKind[] | undefined,
  n: number,
  page: PageRequest,
): Page<EdgeRecord> {
  const near = direction === 'downstream' ? 'src' : 'dst';
  const index = direction === 'downstream' ? 'edge_out' : 'edge_in';
  const ids = uids.flatMap((uid) => {
    const row = connection.sql('SELECT id FROM entity WHERE uid = ?').get(uidBytes(uid));
    return row === undefined ? [] : [Number(row['id'])];
  });
  const after = page.after === undefined ? null : fromCursor(page.after, 7);
  const rows = connection
    .sql(
      `SELECT ${columns} FROM json_each(?) j JOIN edge e INDEXED BY ${index} ON e.${near} = j.value
       WHERE e.to_rev > ? AND e.from_rev <= ?${kindList(kinds)}${
         after === null
           ? ''
           : ` AND (${key
               .split(', ')
               .map((c) => `e.${c}`)
               .join(', ')}) > (?, ?, ?, ?, ?, ?, ?)`
       }
       ORDER BY ${key
         .split(', ')
         .map((c) => `e.${c}`)
         .join(', ')} LIMIT ?`,
    )
    .all(JSON.stringify([...new Set(ids)]), n, n, ...(after ?? []), page.first + 1);
  return pageOf(rows, page.first, toEdge, cursorOf);
}

export function edgesBetween(
  connection: Connection,
  src: number,
  dst: number,
  kinds: readonly EdgeKind[],
  n: number,
): EdgeRecord[] {
  return connection
    .sql(
      `SELECT ${columns} FROM edge e WHERE e.src = ? AND e.dst = ? AND e.to_rev > ? AND e.from_rev <= ?${kindList(kinds)} ORDER BY ${key
        .split(', ')
        .map((c) => `e.${c}`)
        .join(', ')}`,
    )
    .all(src, dst, n, n)
    .map(toEdge);
}

export function scanEdges(connection: Connection, n: number, page: PageRequest): Page<EdgeRecord> {
  const after = page.after === undefined ? null : fromCursor(page.after, 7);
  const rows = connection
    .sql(
      `SELECT ${columns} FROM edge e WHERE e.to_rev > ? AND e.from_rev <= ?${after === null ? '' : ` AND (${key}) > (?, ?, ?, ?, ?, ?, ?)`} ORDER BY ${key} LIMIT ?`,
    )
    .all(n, n, ...(after ?? []), page.first + 1);
  return pageOf(rows, page.first, toEdge, cursorOf);
}
