import type { Json } from '../../model/json.ts';
import type { Uid } from '../../model/ids.ts';
import type { ChangeRecord } from '../graph/graph-store.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Connection } from './prepared.ts';
import { edgeKinds, effectAt, fromCursor, toCursor, uidBytes, uidText, type Row } from './rows.ts';

interface ChangeTable {
  readonly table: ChangeRecord['table'];
  /** Selects the row with what its body needs; `u` is the entity it is about. */
  readonly from: string;
  readonly key: readonly string[];
  readonly body: (row: Row) => Json;
}

const named = (row: Row, column: string) =>
  row[column] === null || row[column] === undefined ? null : uidText(row[column]);
const json = (row: Row) => JSON.parse(String(row['body'])) as Json;

const changeTables: readonly ChangeTable[] = [
  {
    table: 'doc',
    from: 't.*, u.uid, s.name AS source_name FROM doc t JOIN entity u ON u.id = t.entity JOIN source s ON s.id = t.source',
    key: ['source', 'entity'],
    body: (row) => ({ source: String(row['source_name']), scope: String(row['scope']), digest: String(row['digest']) }),
  },
  {
    table: 'fact',
    from: 't.*, u.uid, s.name AS source_name FROM fact t JOIN entity u ON u.id = t.entity JOIN source s ON s.id = t.source',
    key: ['entity', 'source', 'facet'],
    body: (row) => ({ source: String(row['source_name']), facet: String(row['facet']), value: json(row) }),
  },
  {
    table: 'edge',
    from: 't.*, u.uid, s.name AS source_name, a.uid AS src_uid, j.uid AS job_uid FROM edge t JOIN entity u ON u.id = t.dst JOIN entity a ON a.id = t.src JOIN source s ON s.id = t.source LEFT JOIN entity j ON j.id = t.job',
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
    from: 't.*, u.uid, s.name AS source_name FROM alias t JOIN entity u ON u.id = t.entity JOIN source s ON s.id = t.source',
    key: ['namespace', 'name', 'entity', 'source'],
    body: (row) => ({
      source: String(row['source_name']),
      namespace: String(row['namespace']),
      name: String(row['name']),
    }),
  },
  {
    table: 'evidence',
    from: 't.*, u.uid, s.name AS source_name FROM evidence t JOIN entity u ON u.id = t.field JOIN source s ON s.id = t.source',
    key: ['field', 'source'],
    body: (row) => ({ source: String(row['source_name']), digest: String(row['digest']), value: json(row) }),
  },
  {
    table: 'verdict',
    from: 't.*, u.uid FROM verdict t JOIN entity u ON u.id = t.field',
    key: ['field', 'decider', 'category'],
    body: json,
  },
  {
    table: 'derived',
    from: 't.*, u.uid FROM derived t JOIN entity u ON u.id = t.field',
    key: ['field', 'category', 'treatment'],
    body: (row) => ({
      category: String(row['category']),
      treatment: String(row['treatment']),
      ...(json(row) as Record<string, Json>),
    }),
  },
  {
    table: 'entered',
    from: 't.*, u.uid FROM entered t JOIN entity u ON u.id = t.entity',
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

/** Rows that lived at `a` and no longer at `b` (closed), and the reverse (opened). Closed before opened, table by table. */
export function readChanges(connection: Connection, a: number, b: number, page: PageRequest): Page<ChangeRecord> {
  const start = page.after === undefined ? null : fromCursor(page.after, 2);
  let step = start === null ? 0 : Number(start[0]);
  let after: readonly (string | number | null)[] | null =
    start === null || start[1] === null ? null : fromCursor(String(start[1]), keyLength(step));
  const items: ChangeRecord[] = [];
  while (step < changeTables.length * 2) {
    const table = changeTables[step >> 1];
    if (table === undefined) break;
    const change = step % 2 === 0 ? 'closed' : 'opened';
    const key = [...table.key, 'from_rev'].map((column) => `t.${column}`);
    const interval =
      change === 'closed'
        ? 't.from_rev <= ? AND t.to_rev > ? AND t.to_rev <= ?'
        : 't.from_rev > ? AND t.from_rev <= ? AND t.to_rev > ?';
    const values = change === 'closed' ? [a, a, b] : [a, b, b];
    const room = page.first - items.length;
    const rows = connection
      .sql(
        `SELECT ${table.from} WHERE ${interval}${after === null ? '' : ` AND (${key.join(', ')}) > (${key.map(() => '?').join(', ')})`} ORDER BY ${key.join(', ')} LIMIT ?`,
      )
      .all(...values, ...(after ?? []), room + 1);
    items.push(...rows.slice(0, room).map((row) => toChange(table, row, change)));
    if (rows.length > room) {
      const last = rows[room - 1];
      const at = last === undefined ? null : toCursor([...table.key, 'from_rev'].map((column) => last[column]));
      return { items, cursor: toCursor([step, at]) };
    }
    after = null;
    step += 1;
  }
  return { items, cursor: null };
}

function keyLength(step: number): number {
  return (changeTables[step >> 1]?.key.length ?? 0) + 1;
}

/** What ever opened or closed about the given things up to `n`, oldest first. Edges are left out. */
export function readHistory(
  connection: Connection,
  uids: readonly Uid[],
  n: number,
  page: PageRequest,
): Page<ChangeRecord> {
  const offset = page.after === undefined ? 0 : Number(fromCursor(page.after, 1)[0]);
  const found: ChangeRecord[] = [];
  for (const uid of uids) {
    for (const table of changeTables) {
      if (table.table === 'edge' || table.table === 'alias') continue;
      const own = table.table === 'doc' || table.table === 'fact' || table.table === 'entered' ? 'entity' : 'field';
      const rows = connection
        .sql(`SELECT ${table.from} WHERE t.${own} = (SELECT id FROM entity WHERE uid = ?) AND t.from_rev <= ?`)
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
