import { queryStart } from './keywords.ts';
import { closeParens } from './parse-parts.ts';
import { parseColumnNames } from './relation-parts.ts';
import type { Cte, Statement } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** `WITH a AS (…), b (x, y) AS (…)`. */
export function parseCtes(cursor: Cursor, dml: (cursor: Cursor) => Statement): readonly Cte[] {
  cursor.expect('WITH');
  cursor.take('RECURSIVE');
  const ctes: Cte[] = [];
  do {
    if (!cursor.isAny(queryStart) || cursor.isSymbol('(', 1) || cursor.peek(1).text === 'AS')
      ctes.push(parseCte(cursor, dml));
  } while (cursor.takeSymbol(','));
  return ctes;
}

const dmlStart = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

function parseCte(cursor: Cursor, dml: (cursor: Cursor) => Statement): Cte {
  const base = { columns: [], query: null, statement: null, scalar: null };
  // ClickHouse: `WITH expression AS name`.
  const isNamed =
    (cursor.peek().kind === 'word' || cursor.peek().kind === 'name') &&
    (cursor.peek(1).text === 'AS' || cursor.isSymbol('(', 1));
  if (!isNamed || (cursor.dialect.parametricCalls && !isQueryCte(cursor))) {
    const scalar = cursor.grammar.expression(cursor);
    cursor.expect('AS');
    return { ...base, name: cursor.name(), scalar };
  }
  if (cursor.is('FUNCTION') || cursor.is('PROCEDURE')) cursor.fail();
  const name = cursor.name();
  const columns = cursor.isSymbol('(') && !cursor.opensQuery() ? parseColumnNames(cursor) : [];
  cursor.take('AS');
  cursor.take('NOT');
  cursor.take('MATERIALIZED');
  cursor.expectSymbol('(');
  const isDml = cursor.isAny(dmlStart);
  const statement = isDml ? dml(cursor) : null;
  const query = isDml ? null : cursor.grammar.query(cursor);
  closeParens(cursor);
  skipSearch(cursor);
  return { ...base, name, columns, statement, query };
}

/** ClickHouse: `x AS (SELECT …)` is a CTE, `(SELECT …) AS x` and `f(a) AS x` are values. */
function isQueryCte(cursor: Cursor): boolean {
  return cursor.peek(1).text === 'AS' && cursor.isSymbol('(', 2);
}

/** SEARCH and CYCLE of recursive CTEs steer the order only. */
function skipSearch(cursor: Cursor): void {
  while (cursor.is('SEARCH') || cursor.is('CYCLE'))
    while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isAny(queryStart) && !cursor.isAny(dmlStart))
      cursor.next();
}
