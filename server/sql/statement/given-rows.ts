import { emptyInsert } from '../parser/parse-insert.ts';
import { perform } from './perform.ts';
import type { Query, Statement, TableName } from '../ast/nodes.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from './session.ts';

type Insert = Extract<Statement, { kind: 'insert' }>;

/** An INSERT whose rows stand elsewhere: in a query of a string, or given back by a procedure. */
export function performGiven(into: Insert | TableName | null, rows: Query | Rowset, session: Session): void {
  const insert: Insert = isInsert(into) ? into : { ...emptyInsert, target: into };
  const query = isQuery(rows) ? rows : heldAside(rows, session);
  perform({ ...insert, query }, session);
}

function isInsert(into: Insert | TableName | null): into is Insert {
  return into !== null && 'kind' in into;
}

function isQuery(rows: Query | Rowset): rows is Query {
  return 'kind' in rows;
}

/** Puts rows into a temporary table of our own and reads all of it. */
function heldAside(rowset: Rowset, session: Session): Query {
  const name: TableName = [{ text: '#given_rows', quoted: true }];
  session.filled.fill(session.nameOf(name), rowset, { created: true, temporary: true });
  const relation = { kind: 'table', name, alias: null, columnAliases: [] } as const;
  return { kind: 'relation', with: [], relation };
}
