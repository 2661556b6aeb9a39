import { LexlineError } from '../../base/errors.ts';
import type { Json } from '../../model/json.ts';
import type { Uid } from '../../model/ids.ts';
import type { ChangeRecord } from '../graph/graph-store.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Connection } from './prepared.ts';
import { INF } from './schema.ts';
import { fromCursor, limitOf, offsetOf, toCursor } from '../cursor.ts';
import { edgeKinds, effectAt, uidBytes, uidText, type Row } from './rows.ts';

interface ChangeTable {
  readonly table: ChangeRecord['table'];
  /** The row (`t`) with what its body needs; `u` is the entity it is about. */
  readonly columns: string;
  readonly joins: string;
  readonly key: readonly string[];
  readonly body: (row: Row) => Json;
}

const named = (row: Row, column: string) =>
  row[column] === null || row[column] === undefined ? null : uidText(row[column]);
const json = (row: Row) => JSON.parse(String(row['body'])) as Json;

const changeTables: readonly ChangeTable[] = [
  {
    table: 'doc',
    columns: 't.*, u.uid, s.name AS source_name',
    joins: 'CROSS JOIN entity u ON u.id = t.entity CROSS JOIN source s ON s.id = t.source',
    key: ['source', 'entity'],
    body: (row) => ({ source: String(row['source_name']), scope: String(row['scope']), digest: String(row['digest']) }),
  },
  {
    table: 'fact',
    columns: 't.*, u.uid, s.name AS source_name',
    joins: 'CROSS JOIN entity u ON u.id = t.entity CROSS JOIN source s ON s.id = t.source',
    key: ['entity', 'source', 'facet'],
    body: (row) => ({ source: String(row['source_name']), facet: String(row['facet']), value: json(row) }),
  },
  {
    table: 'edge',
    columns: 't.*, u.uid, s.name AS source_name, a.uid AS src_uid, j.uid AS job_uid',
    joins:
      'CROSS JOIN entity u ON u.id = t.dst CROSS JOIN entity a ON a.id = t.src CROSS JOIN source s ON s.id = t.source LEFT JOIN entity j ON j.id = t.job',
    key: ['src', 'dst', 'kind', 'job', 'fn', 'source'],
    body: (row) => ({
      source: String(row['source_name']),
      from: named(row, 'src_uid'),
      kind: edgeKinds[Number(row['kind'])] ?? '',
      job: named(row, 'job_uid'),
      fn: String(row['fn']),
      effect: effectAt(row['effect']),
      masking: row['masking'] === 1,
      statement: row['stmt'] === null ? null : String(row['stmt']),
      confidence: Number(row['conf']),
    }),
  },
  {
    table: 'alias',
    columns: 't.*, u.uid, s.name AS source_name',
    joins: 'CROSS JOIN entity u ON u.id = t.entity CROSS JOIN source s ON s.id = t.source',
    key: ['namespace', 'name', 'entity', 'source'],
    body: (row) => ({
      source: String(row['source_name']),
      namespace: String(row['namespace']),
      name: String(row['name']),
    }),
  },
  {
    table: 'evidence',
    columns: 't.*, u.uid, s.name AS source_name',
    joins: 'CROSS JOIN entity u ON u.id = t.field CROSS JOIN source s ON s.id = t.source',
    key: ['field', 'source'],
    body: (row) => ({ source: String(row['source_name']), digest: String(row['digest']), value: json(row) }),
  },
  {
    table: 'verdict',
    columns: 't.*, u.uid',
    joins: 'CROSS JOIN entity u ON u.id = t.field',
    key: ['field', 'decider', 'category'],
    body: json,
  },
  {
    table: 'derived',
    columns: 't.*, u.uid',
    joins: 'CROSS JOIN entity u ON u.id = t.field',
    key: ['field', 'category', 'treatment'],
    body: (row) => ({
      category: String(row['category']),
      treatment: String(row['treatment']),
      ...(json(row) as Record<string, Json>),
    }),
  },
  {
    table: 'entered',
    columns: 't.*, u.uid',
    joins: 'CROSS JOIN entity u ON u.id = t.entity',
    key: ['entity', 'kind'],
    body: (row) => ({ kind: String(row['kind']), ...(json(row) as Record<string, Json>) }),
  },
];

function toChange(table: ChangeTable, row: Row, change: 'opened' | 'closed'): ChangeRecord {
  return {
    table: table.table,
    change,
    at: Number(row[change === 'opened' ? 'from_rev' : 'to_rev']),
    uid: uidText(row['uid']),
    body: table.body(row),
  };
}

/**
 * Rows that lived at `a` and no longer at `b` (closed), and the reverse (opened): table by table, closed before opened, by the
 * revision it happened in. Range reads over the indexes on the ends of rows, which are named: what did not change is not read.
 */
export function readChanges(
  connection: Connection,
  a: number,
  b: number,
  page: PageRequest,
  tables?: readonly ChangeRecord['table'][],
): Page<ChangeRecord> {
  if (a > b) throw new LexlineError('INPUT_INVALID', `[stores] revision ${a} is not before revision ${b}`);
  limitOf(page);
  const start = page.after === undefined ? null : fromCursor(page.after, 2);
  let step = start === null ? 0 : Number(start[0]);
  let after = start === null || start[1] === null ? null : fromCursor(String(start[1]), orderOf(step).length);
  const items: ChangeRecord[] = [];
  while (step < changeTables.length * 2) {
    const table = changeTables[step >> 1];
    if (table === undefined) break;
    if (tables !== undefined && !tables.includes(table.table)) {
      step += 1;
      continue;
    }
    const change = step % 2 === 0 ? 'closed' : 'opened';
    const order = orderOf(step);
    const key = order.map((column) => `t.${column}`).join(', ');
    const interval =
      change === 'closed'
        ? `t.to_rev > ? AND t.to_rev <= ? AND t.to_rev < ${INF} AND t.from_rev <= ?`
        : 't.from_rev > ? AND t.from_rev <= ? AND t.to_rev > ?';
    const values = change === 'closed' ? [a, b, a] : [a, b, b];
    const index = `${table.table}_${change === 'closed' ? 'to' : 'from'}`;
    const room = page.first - items.length;
    const goingOn = after === null ? '' : ` AND (${key}) > (${order.map(() => '?').join(', ')})`;
    const rows = connection
      .sql(
        `SELECT ${table.columns} FROM ${table.table} t INDEXED BY ${index} ${table.joins}
         WHERE ${interval}${goingOn} ORDER BY ${key} LIMIT ?`,
      )
      .all(...values, ...(after ?? []), room + 1);
    items.push(...rows.slice(0, room).map((row) => toChange(table, row, change)));
    if (rows.length > room) {
      const last = rows[room - 1];
      const at = last === undefined ? null : toCursor(order.map((column) => last[column]));
      return { items, cursor: toCursor([step, at]) };
    }
    after = null;
    step += 1;
  }
  return { items, cursor: null };
}

/** The order of one step: that of its index, whose entries go on with the primary key. */
function orderOf(step: number): readonly string[] {
  const key = changeTables[step >> 1]?.key ?? [];
  return step % 2 === 0 ? ['to_rev', ...key, 'from_rev'] : ['from_rev', ...key];
}

/** What ever opened or closed about the given things up to `n`, oldest first. Edges are left out. */
export function readHistory(
  connection: Connection,
  uids: readonly Uid[],
  n: number,
  page: PageRequest,
): Page<ChangeRecord> {
  limitOf(page);
  const offset = offsetOf(page);
  const found: ChangeRecord[] = [];
  for (const uid of uids) {
    for (const table of changeTables) {
      if (table.table === 'edge' || table.table === 'alias') continue;
      const own = table.table === 'doc' || table.table === 'fact' || table.table === 'entered' ? 'entity' : 'field';
      const rows = connection
        .sql(
          `SELECT ${table.columns} FROM ${table.table} t ${table.joins} WHERE t.${own} = (SELECT id FROM entity WHERE uid = ?) AND t.from_rev <= ?`,
        )
        .all(uidBytes(uid), n);
      for (const row of rows) {
        found.push(toChange(table, row, 'opened'));
        if (Number(row['to_rev']) <= n) found.push(toChange(table, row, 'closed'));
      }
    }
  }
  found.sort((x, y) => x.at - y.at || (x.change === y.change ? 0 : x.change === 'closed' ? -1 : 1));
  const items = found.slice(offset, offset + page.first);
  return { items, cursor: offset + items.length < found.length ? toCursor([offset + items.length]) : null };
}
