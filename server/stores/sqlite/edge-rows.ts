import type { EdgeKind } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import type { Direction, EdgeRecord } from '../graph/graph-store.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Connection } from './prepared.ts';
import { idsOf } from './reach.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { edgeKinds, effectAt } from './rows.ts';
import { sourceReader, uidReader } from './names-of-ids.ts';

/** An edge's key in the order of the primary key (what a page goes on after), then the rest. */
const keyColumns = ['src', 'dst', 'kind', 'job', 'fn', 'source', 'from_rev'];
const columns = [...keyColumns, 'effect', 'masking', 'stmt', 'conf'].map((column) => `e.${column}`).join(', ');
const key = keyColumns.map((column) => `e.${column}`).join(', ');

type EdgeRow = readonly [
  src: number,
  dst: number,
  kind: number,
  job: number,
  fn: string,
  source: number,
  from: number,
  effect: number,
  masking: number,
  stmt: string | null,
  conf: number,
];

/** Reads rows as edges: as arrays and with identities remembered, because full propagation reads every edge there is. */
function readEdges(
  connection: Connection,
  sql: string,
  values: readonly (string | number | null)[],
  first: number,
): Page<EdgeRecord> {
  const uid = uidReader(connection);
  const source = sourceReader(connection);
  const rows = connection.arrays(sql).all(...values) as unknown as readonly EdgeRow[];
  return pageOf(
    rows,
    first,
    (row) => ({
      from: uid(row[0]),
      to: uid(row[1]),
      kind: edgeKinds[row[2]] ?? 'TRANSFORMATION',
      job: row[3] === 0 ? null : uid(row[3]),
      fn: row[4],
      effect: effectAt(row[7]),
      masking: row[8] === 1,
      statement: row[9],
      confidence: row[10],
      source: source(row[5]),
      since: row[6],
    }),
    (row) => row.slice(0, keyColumns.length),
  );
}

function kindList(kinds: readonly EdgeKind[] | undefined): string {
  return kinds === undefined ? '' : ` AND e.kind IN (${kinds.map((kind) => edgeKinds.indexOf(kind)).join(',')})`;
}

/** Condition and values for going on after the last row of an earlier page. */
function goingOn(page: PageRequest): { readonly text: string; readonly values: readonly (string | number | null)[] } {
  if (page.after === undefined) return { text: '', values: [] };
  return { text: ` AND (${key}) > (?, ?, ?, ?, ?, ?, ?)`, values: fromCursor(page.after, keyColumns.length) };
}

export function edgesOf(
  connection: Connection,
  uids: readonly Uid[],
  direction: Direction,
  kinds: readonly EdgeKind[] | undefined,
  n: number,
  page: PageRequest,
): Page<EdgeRecord> {
  const [near, index] = direction === 'downstream' ? ['src', 'edge_out'] : ['dst', 'edge_in'];
  const { text, values } = goingOn(page);
  return readEdges(
    connection,
    `SELECT ${columns} FROM json_each(?) j CROSS JOIN edge e INDEXED BY ${index} ON e.${near} = j.value
     WHERE e.to_rev > ? AND e.from_rev <= ?${kindList(kinds)}${text} ORDER BY ${key} LIMIT ?`,
    [JSON.stringify([...new Set(idsOf(connection, uids))]), n, n, ...values, limitOf(page)],
    page.first,
  );
}

/** The edges from one thing to another, all sources and jobs. */
export function edgesBetween(
  connection: Connection,
  src: number,
  dst: number,
  kinds: readonly EdgeKind[],
  n: number,
): readonly EdgeRecord[] {
  return readEdges(
    connection,
    `SELECT ${columns} FROM edge e WHERE e.src = ? AND e.dst = ? AND e.to_rev > ? AND e.from_rev <= ?${kindList(kinds)} ORDER BY ${key}`,
    [src, dst, n, n],
    Number.POSITIVE_INFINITY,
  ).items;
}

/** Every edge alive at `n`, in the order of the primary key. */
export function scanEdges(connection: Connection, n: number, page: PageRequest): Page<EdgeRecord> {
  const { text, values } = goingOn(page);
  return readEdges(
    connection,
    `SELECT ${columns} FROM edge e WHERE e.to_rev > ? AND e.from_rev <= ?${text} ORDER BY ${key} LIMIT ?`,
    [n, n, ...values, limitOf(page)],
    page.first,
  );
}
