import { LexlineError } from '../../base/errors.ts';
import type { Json } from '../../model/json.ts';
import type { Uid } from '../../model/ids.ts';
import type { ChangeRecord } from '../graph/graph-store.ts';
import type { Page, PageRequest } from '../page.ts';
import { fromCursor, limitOf, offsetOf, toCursor } from '../cursor.ts';
import { whole, type Row, type Transaction } from './database.ts';
import { readSources } from './entities.ts';
import type { Reading } from './read-at.ts';
import { lastSeqOf } from './row-order.ts';
import type { RowTable } from './row-set.ts';
import { SEP } from './schema.ts';

interface ChangeTable {
  readonly table: ChangeRecord['table'];
  readonly label: RowTable;
  readonly body: (row: Row) => Json;
}

const text = (row: Row, column: string): string => String(row[column]);
const orNull = (row: Row, column: string): string | null => (typeof row[column] === 'string' ? row[column] : null);
const json = (row: Row) => JSON.parse(String(row['body'])) as Json;
const members = (row: Row) => json(row) as Record<string, Json>;

const changeTables: readonly ChangeTable[] = [
  {
    table: 'doc',
    label: 'Doc',
    body: (row) => ({ source: text(row, 'source'), scope: text(row, 'scope'), digest: text(row, 'digest') }),
  },
  {
    table: 'fact',
    label: 'Fact',
    body: (row) => ({ source: text(row, 'source'), facet: text(row, 'facet'), value: json(row) }),
  },
  {
    table: 'edge',
    label: 'FLOWS',
    body: (row) => ({
      source: text(row, 'source'),
      from: text(row, 'src'),
      kind: text(row, 'kind'),
      job: orNull(row, 'job'),
      fn: text(row, 'fn'),
      effect: text(row, 'effect'),
      masking: row['masking'] === true,
      statement: orNull(row, 'stmt'),
      confidence: Number(row['conf']),
    }),
  },
  {
    table: 'alias',
    label: 'Alias',
    body: (row) => ({ source: text(row, 'source'), namespace: text(row, 'namespace'), name: text(row, 'name') }),
  },
  {
    table: 'evidence',
    label: 'Evidence',
    body: (row) => ({ source: text(row, 'source'), digest: text(row, 'digest'), value: json(row) }),
  },
  { table: 'verdict', label: 'Verdict', body: json },
  {
    table: 'derived',
    label: 'Derived',
    body: (row) => ({ category: text(row, 'category'), treatment: text(row, 'treatment'), ...members(row) }),
  },
  { table: 'entered', label: 'Entered', body: (row) => ({ kind: text(row, 'kind'), ...members(row) }) },
];

function toChange({ table, body }: ChangeTable, row: Row, change: 'opened' | 'closed'): ChangeRecord {
  return {
    table,
    change,
    at: Number(row[change === 'opened' ? 'from' : 'to']),
    uid: text(row, 'uid'),
    body: body(row),
  };
}

/** What finds the rows of a table, and what is told of each: its properties, and what it is about as `uid`. */
function shapeOf(label: RowTable): { readonly pattern: string; readonly told: string } {
  return label === 'FLOWS'
    ? { pattern: '(a)-[x:FLOWS]->(b)', told: 'x {.*, src: a.uid, uid: b.uid} AS row' }
    : { pattern: `(x:${label})`, told: 'properties(x) AS row' };
}

/**
 * Rows that lived at `a` and no longer at `b` (closed), and the reverse (opened): table by table, closed before opened, each in
 * the order of the index that is read. What did not change is not read.
 */
export async function readChanges(
  { transaction }: Reading,
  a: number,
  b: number,
  page: PageRequest,
  tables?: readonly ChangeRecord['table'][],
): Promise<Page<ChangeRecord>> {
  if (a > b) throw new LexlineError('INPUT_INVALID', `[stores] revision ${a} is not before revision ${b}`);
  limitOf(page);
  const start = page.after === undefined ? [0, 0, 0] : fromCursor(page.after, 3).map(Number);
  let [step = 0, at = 0, seq = 0] = start;
  const [before, until] = [await lastSeqOf(transaction, a), await lastSeqOf(transaction, b)];
  const items: ChangeRecord[] = [];
  for (; step < changeTables.length * 2; step++, at = 0, seq = 0) {
    const table = changeTables[step >> 1];
    if (table === undefined) break;
    if (tables !== undefined && !tables.includes(table.table)) continue;
    const change = step % 2 === 0 ? 'closed' : 'opened';
    const room = page.first - items.length;
    const rows =
      change === 'closed'
        ? await closedRows(transaction, table.label, { a, b, at, seq, limit: room + 1 })
        : await openedRows(transaction, table.label, { b, seq: Math.max(before, seq), until, limit: room + 1 });
    items.push(...rows.slice(0, room).map((row) => toChange(table, row, change)));
    if (rows.length > room) {
      const last = rows[room - 1];
      const cursor = last === undefined ? [step, at, seq] : [step, Number(last['to']), Number(last['seq'])];
      return { items, cursor: toCursor(cursor) };
    }
  }
  return { items, cursor: null };
}

function closedRows(
  transaction: Transaction,
  label: RowTable,
  { a, b, at, seq, limit }: { a: number; b: number; at: number; seq: number; limit: number },
): Promise<Row[]> {
  const { pattern, told } = shapeOf(label);
  return rowsOf(
    transaction,
    `MATCH ${pattern} WHERE x.closed >= $least AND x.closed <= $b AND x.seq > 0 AND x.from <= $a AND (x.closed > $at OR x.seq > $seq)
     RETURN ${told} ORDER BY x.closed, x.seq LIMIT $limit`,
    { least: Math.max(a + 1, at), b, a, at, seq, limit },
  );
}

function openedRows(
  transaction: Transaction,
  label: RowTable,
  { b, seq, until, limit }: { b: number; seq: number; until: number; limit: number },
): Promise<Row[]> {
  const { pattern, told } = shapeOf(label);
  return rowsOf(
    transaction,
    `MATCH ${pattern} WHERE x.seq > $seq AND x.seq <= $until AND x.to > $b RETURN ${told} ORDER BY x.seq LIMIT $limit`,
    { seq, until, b, limit },
  );
}

async function rowsOf(
  transaction: Transaction,
  statement: string,
  parameters: Readonly<Record<string, number>>,
): Promise<Row[]> {
  const asked = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, whole(value)]));
  return (await transaction.run(statement, asked)).map((row) => row['row'] as Row);
}

/** What ever opened or closed about the given things up to `n`, oldest first. Edges and aliases are left out. */
export async function readHistory(
  { transaction, n: asked }: Reading,
  uids: readonly Uid[],
  page: PageRequest,
): Promise<Page<ChangeRecord>> {
  limitOf(page);
  const offset = offsetOf(page);
  const n = asked.toNumber();
  const sources = (await readSources(transaction)).map(({ name }) => name);
  const found: ChangeRecord[] = [];
  for (const table of changeTables) {
    if (table.label === 'FLOWS' || table.label === 'Alias') continue;
    const prefixes =
      table.label === 'Doc'
        ? uids.flatMap((uid) => sources.map((source) => `${source}${SEP}${uid}${SEP}`))
        : uids.map((uid) => `${uid}${SEP}`);
    const rows = await transaction.run(
      `UNWIND $prefixes AS prefix MATCH (x:${table.label}) WHERE x.key STARTS WITH prefix AND x.from <= $n
       RETURN properties(x) AS row ORDER BY x.key`,
      { prefixes, n: asked },
    );
    for (const { row } of rows as readonly { row: Row }[]) {
      found.push(toChange(table, row, 'opened'));
      if (Number(row['to']) <= n) found.push(toChange(table, row, 'closed'));
    }
  }
  found.sort((x, y) => x.at - y.at || (x.change === y.change ? 0 : x.change === 'closed' ? -1 : 1));
  const items = found.slice(offset, offset + page.first);
  return { items, cursor: offset + items.length < found.length ? toCursor([offset + items.length]) : null };
}
