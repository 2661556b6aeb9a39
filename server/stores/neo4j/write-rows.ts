import { LexlineError } from '../../base/errors.ts';
import { whole, type Row, type Transaction } from './database.ts';
import type { RowOperation, RowTable } from './row-set.ts';
import { takeSeqs } from './row-order.ts';
import { INF, SEP, type RowLabel } from './schema.ts';

/** Columns of each table beside `key`, `seq`, `from`, `to`, in the order in which {@link RowOperation} carries them. */
export const columnsOf: Readonly<Record<RowTable, readonly string[]>> = {
  Doc: ['uid', 'source', 'kind', 'scope', 'digest', 'place'],
  Fact: ['uid', 'source', 'facet', 'doc', 'body', 'words', 'native'],
  Alias: ['uid', 'source', 'namespace', 'name', 'place'],
  Evidence: ['uid', 'source', 'digest', 'body'],
  Verdict: ['uid', 'decider', 'category', 'body', 'mark'],
  Derived: ['uid', 'category', 'treatment', 'body'],
  Entered: ['uid', 'kind', 'body'],
  FLOWS: ['src', 'dst', 'kind', 'job', 'fn', 'source', 'doc', 'effect', 'masking', 'stmt', 'conf'],
};

/** Tables whose rows are about something that must have been named before; facts and documents name it themselves. */
const aboutKnown: ReadonlySet<RowLabel> = new Set(['Evidence', 'Verdict', 'Derived', 'Entered']);

function createNodes(label: RowLabel): string {
  const own = columnsOf[label].map((column, i) => `${column}: row[${i + 1}]`).join(', ');
  const about = aboutKnown.has(label) ? ' MATCH (about:Entity {uid: row[1]})' : '';
  return `UNWIND range(0, size($rows) - 1) AS i WITH i, $rows[i] AS row${about}
    CREATE (x:${label} {key: row[0], seq: $first + i, from: $n, to: $inf, ${own}}) RETURN count(*) AS made`;
}

function createEdges(): string {
  const own = columnsOf.FLOWS.flatMap((column, i) => (i < 2 ? [] : [`${column}: row[${i}]`])).join(', ');
  return `UNWIND range(0, size($rows) - 1) AS i WITH i, $rows[i] AS row
    MATCH (a:Entity {uid: row[0]}) MATCH (b:Entity {uid: row[1]})
    CREATE (a)-[:FLOWS {seq: $first + i, from: $n, to: $inf, ${own}}]->(b) RETURN count(*) AS made`;
}

/** The index is named: a plan that was made while the graph was small would look through all rows for each. */
function finding(table: RowTable): string {
  return table === 'FLOWS'
    ? 'UNWIND $ids AS id MATCH ()-[x:FLOWS {seq: id}]->() USING INDEX x:FLOWS(seq)'
    : `UNWIND $ids AS id MATCH (x:${table} {key: id}) USING INDEX x:${table}(key)`;
}

const changing = {
  delete: 'DELETE x',
  close: 'SET x.to = $n, x.closed = $n',
  reopen: 'SET x.to = $inf, x.closed = null',
} as const;

/** Writes operations into the open revision; the head is locked. Fails with INTERNAL where a row is about what nobody named. */
export async function writeRows(
  transaction: Transaction,
  head: Row,
  n: number,
  operations: readonly RowOperation[],
): Promise<void> {
  const revision = { n: whole(n), inf: whole(INF) };
  for (const [table, ofTable] of Map.groupBy(operations, (operation) => operation.table)) {
    for (const type of ['delete', 'close', 'reopen'] as const) {
      const ids = ofTable.flatMap((one) =>
        one.type === type ? [typeof one.id === 'number' ? whole(one.id) : one.id] : [],
      );
      if (ids.length > 0) await transaction.run(`${finding(table)} ${changing[type]}`, { ids, ...revision });
    }
  }
  const creates = operations.filter((operation) => operation.type === 'create');
  if (creates.length === 0) return;
  let first = await takeSeqs(transaction, head, creates.length);
  for (const [table, ofTable] of Map.groupBy(creates, (operation) => operation.table)) {
    const rows =
      table === 'FLOWS'
        ? ofTable.map(({ columns }) => columns)
        : ofTable.map(({ base, columns }) => [`${base}${SEP}${n}`, ...columns]);
    const text = table === 'FLOWS' ? createEdges() : createNodes(table);
    const [result] = await transaction.run(text, { rows, first: whole(first), ...revision });
    if (Number(result?.['made']) !== rows.length)
      throw new LexlineError('INTERNAL', `[stores/neo4j] a row of ${table} is about something that was never named`);
    first += rows.length;
  }
}
