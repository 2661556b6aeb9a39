import { parseTableName } from './parse-arguments.ts';
import { emptyInsert } from './parse-insert.ts';
import { parseColumnNames } from './relation-parts.ts';
import { queryOver } from './parse-sent-query.ts';
import { bracketed, everything, loaded } from './transfer-rows.ts';
import type { Cursor } from './cursor.ts';
import type { Name, Query, Statement, TableName } from '../ast/nodes.ts';

/** Where rows come from or go to: a file, a table of another database, or what a statement there gives. */
interface Place {
  readonly table: TableName | null;
  readonly columns: readonly Name[];
  readonly isFile: boolean;
  readonly query: Query | null;
}

/** Exasol: `IMPORT INTO t (a) FROM JDBC AT con STATEMENT 'select …'`, `FROM CSV AT 'url' FILE 'f'`, `FROM EXA AT con TABLE u`. */
export function parseExchangeIn(cursor: Cursor): Statement {
  cursor.next();
  // A subquery's import names columns with their types in place of a table.
  if (cursor.isSymbol('(')) return { kind: 'opaque', what: 'IMPORT' };
  const target = parseTableName(cursor);
  const columns = cursor.isSymbol('(') ? parseColumnNames(cursor) : [];
  cursor.take('FROM');
  const from = parsePlace(cursor);
  const whole = from.table === null || from.isFile ? null : everything(from.table, from.columns);
  const query = from.query ?? whole ?? loaded(from.table);
  return { ...emptyInsert, target, columns, query, loads: from.isFile };
}

/** Exasol: `EXPORT t INTO CSV AT con FILE 'f'`, `EXPORT (SELECT …) INTO EXA AT con TABLE u`; null, with nothing taken: another EXPORT. */
export function parseExchangeOut(cursor: Cursor): Statement | null {
  const mark = cursor.mark();
  if (cursor.is('TABLE') || cursor.is('TO') || cursor.is('DATA') || cursor.peek().kind === 'symbol') {
    if (!cursor.opensQuery()) return null;
  }
  const rows = cursor.opensQuery() ? bracketed(cursor) : wholeTable(cursor);
  if (!cursor.take('INTO')) {
    cursor.reset(mark);
    return null;
  }
  const to = parsePlace(cursor);
  if (to.table === null) return { kind: 'query', query: rows };
  return { ...emptyInsert, target: to.table, columns: to.columns, query: rows };
}

function wholeTable(cursor: Cursor): Query {
  const table = parseTableName(cursor);
  return everything(table, cursor.isSymbol('(') ? parseColumnNames(cursor) : []);
}

function parsePlace(cursor: Cursor): Place {
  let front: TableName = [];
  let [isFile, table, query]: [boolean, TableName | null, Query | null] = [false, null, null];
  let columns: readonly Name[] = [];
  while (!cursor.atEnd) {
    if (cursor.take('AT') && cursor.peek().kind !== 'string') front = parseTableName(cursor);
    else if (cursor.is('FILE') && cursor.peek(1).kind === 'string') {
      cursor.next();
      isFile = true;
      table ??= [{ text: cursor.next().text, quoted: true }];
    } else if (cursor.take('TABLE')) {
      table = [...front, ...parseTableName(cursor)];
      if (cursor.isSymbol('(')) columns = parseColumnNames(cursor);
    } else if (cursor.is('STATEMENT') && cursor.peek(1).kind === 'string') {
      cursor.next();
      query = queryOver(cursor, cursor.next().text, front);
    } else cursor.next();
  }
  return { table, columns, isFile, query };
}
