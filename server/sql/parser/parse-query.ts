import { setWords } from './keywords.ts';
import { parseKeys, parseTableName } from './parse-arguments.ts';
import { parseCtes } from './parse-ctes.ts';
import { parseItems } from './parse-item.ts';
import { closeParens } from './parse-parts.ts';
import { parsePipes } from './parse-pipes.ts';
import { emptySelect } from '../ast/empty-select.ts';
import { parseColumnNames } from './relation-parts.ts';
import { parseFrom } from './parse-joins.ts';
import { parseClauses, parseSelect } from './parse-select.ts';
import { parseTail } from './parse-tail.ts';
import type { Cte, Expr, Query, Relation, SelectQuery, Statement } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';
import type { Mutable } from './parse-select.ts';

/** Reads a query with its CTEs, set operations and final order. `dml` reads a data-modifying CTE. */
export function parseQuery(cursor: Cursor, dml: (cursor: Cursor) => Statement): Query {
  return parseQueryOver(cursor, cursor.is('WITH') ? parseCtes(cursor, dml) : []);
}

/** The same behind CTEs that were read before. */
export function parseQueryOver(cursor: Cursor, ctes: readonly Cte[]): Query {
  let query = parseSetOperation(cursor, 0);
  query = parseTail(cursor, query);
  if (cursor.isSymbol('|>')) query = parsePipes(cursor, query);
  return ctes.length === 0 ? query : { ...query, with: [...ctes, ...query.with] };
}

/** INTERSECT binds tighter than UNION and EXCEPT. */
function parseSetOperation(cursor: Cursor, least: number): Query {
  let left = parseOperand(cursor);
  for (;;) {
    const word =
      cursor.peek().kind === 'word' && setWords.has(cursor.peek().text) ? cursor.peek().text : sideOf(cursor);
    if (word === null) return left;
    const level = word === 'INTERSECT' ? 2 : 1;
    if (level <= least) return left;
    skipSide(cursor);
    cursor.next();
    const byName = parseSetManner(cursor);
    const right = parseSetOperation(cursor, level);
    const op = word === 'UNION' ? 'union' : word === 'INTERSECT' ? 'intersect' : 'except';
    if (left.kind === 'set' && left.op === op && left.byName === byName && made.has(left))
      (left.branches as Query[]).push(right);
    else {
      left = { kind: 'set', with: [], op, byName, branches: [left, right], orderBy: [] };
      made.add(left);
    }
  }
}

/** Set operations whose list of branches may still grow in place: thousands of branches stay linear. */
const made = new WeakSet<Query>();

/** BigQuery: `FULL OUTER UNION ALL BY NAME`, `LEFT UNION …`. */
function sideOf(cursor: Cursor): string | null {
  if (!cursor.is('FULL') && !cursor.is('LEFT') && !cursor.is('INNER')) return null;
  const next = cursor.peek(1).text === 'OUTER' ? cursor.peek(2) : cursor.peek(1);
  return next.kind === 'word' && setWords.has(next.text) ? next.text : null;
}

function skipSide(cursor: Cursor): void {
  if (cursor.take('FULL') || cursor.take('LEFT') || cursor.take('INNER')) cursor.take('OUTER');
}

function parseSetManner(cursor: Cursor): boolean {
  let byName = false;
  for (;;) {
    if (cursor.take('ALL') || cursor.take('DISTINCT')) continue;
    if (cursor.take('STRICT')) continue;
    if (cursor.take('BY', 'NAME') || cursor.take('CORRESPONDING')) {
      byName = true;
      if (cursor.take('ON') || cursor.take('BY')) parseColumnNames(cursor);
    } else return byName;
  }
}

function parseOperand(cursor: Cursor): Query {
  skipLocking(cursor);
  if (cursor.isSymbol('(')) {
    if (!cursor.opensQuery()) cursor.fail();
    cursor.next();
    const query = cursor.grammar.query(cursor);
    closeParens(cursor);
    return parseTail(cursor, query);
  }
  if (cursor.is('VALUES')) return parseValues(cursor);
  if (cursor.is('FROM')) return parseFromFirst(cursor);
  if (cursor.is('WITH')) return cursor.grammar.query(cursor);
  if (cursor.is('TABLE')) {
    cursor.next();
    const relation: Relation = { kind: 'table', name: parseTableName(cursor), alias: null, columnAliases: [] };
    return { kind: 'relation', with: [], relation };
  }
  if (cursor.is('PIVOT') || cursor.is('UNPIVOT')) return parseSimplePivot(cursor);
  return parseSelect(cursor);
}

/** Teradata: `LOCKING ROW FOR ACCESS` before a query. */
export function skipLocking(cursor: Cursor): void {
  if (!cursor.is('LOCKING') || cursor.isSymbol('.', 1)) return;
  while (!cursor.atEnd && !/^(?:SELECT|SEL|WITH|INSERT|INS|UPDATE|UPD|DELETE|DEL|MERGE)$/.test(cursor.peek().text))
    cursor.next();
}

function parseValues(cursor: Cursor): Query {
  cursor.expect('VALUES');
  const rows: (readonly Expr[])[] = [];
  do {
    cursor.take('ROW');
    if (!cursor.isSymbol('(') || cursor.opensQuery()) {
      rows.push([cursor.grammar.expression(cursor)]);
      continue;
    }
    cursor.next();
    const row: Expr[] = [];
    while (!cursor.atEnd && !cursor.isSymbol(')')) {
      row.push(cursor.grammar.expression(cursor));
      if (cursor.take('AS')) cursor.name();
      if (!cursor.takeSymbol(',')) break;
    }
    closeParens(cursor);
    rows.push(row);
  } while (cursor.takeSymbol(',') && !cursor.atEnd);
  return { kind: 'values', with: [], rows };
}

/** DuckDB's `FROM t SELECT a`, `FROM t`; BigQuery's pipes start so too. */
function parseFromFirst(cursor: Cursor): Query {
  cursor.expect('FROM');
  const from = parseFrom(cursor);
  if (cursor.is('SELECT')) {
    const query = parseSelect(cursor);
    return query.kind === 'select' && query.from === null ? { ...query, from } : query;
  }
  const select: Mutable<SelectQuery> = {
    ...emptySelect,
    items: [
      {
        expr: { kind: 'star', qualifier: [], base: null, except: [], replace: [], rename: [], like: null },
        alias: null,
        aliases: [],
      },
    ],
    from,
  };
  parseClauses(cursor, select);
  return select;
}

/** DuckDB's `PIVOT t ON q USING sum(a) GROUP BY b` and `UNPIVOT t ON a, b INTO NAME n VALUE v`. */
function parseSimplePivot(cursor: Cursor): Query {
  const isUnpivot = cursor.next().text === 'UNPIVOT';
  const source = parseFrom(cursor);
  const unnamed = { alias: null, columnAliases: [] } as const;
  const on = cursor.take('ON') ? parseItems(cursor).map((item) => item.expr) : [];
  if (isUnpivot) {
    let nameColumn = 'name';
    const values: string[] = [];
    if (cursor.take('INTO')) {
      if (cursor.take('NAME')) nameColumn = cursor.name().text;
      if (cursor.take('VALUE'))
        do values.push(cursor.name().text);
        while (cursor.takeSymbol(','));
    }
    const valueColumns = values.length > 0 ? values : ['value'];
    const relation: Relation = {
      kind: 'unpivot',
      source,
      valueColumns,
      nameColumn,
      groups: on.map((expr) => [expr]),
      ...unnamed,
    };
    return { kind: 'relation', with: [], relation };
  }
  const bare = on.map((expr) => (expr.kind === 'in' ? expr.arg : expr));
  const values = on.flatMap((expr) =>
    expr.kind === 'in' ? expr.list.map((item) => (item.kind === 'literal' ? item.value : '')) : [],
  );
  const aggregates = cursor.take('USING') ? parseItems(cursor) : [];
  const groupBy = cursor.take('GROUP', 'BY') ? parseKeys(cursor) : null;
  const relation: Relation = { kind: 'pivot', source, aggregates, on: bare, values, groupBy, ...unnamed };
  return { kind: 'relation', with: [], relation };
}
