import { queryStart, setWords } from './keywords.ts';
import { parseKeys, parseTableName } from './parse-arguments.ts';
import { parseWindow } from './parse-call.ts';
import { parseItems } from './parse-expression.ts';
import { closeParens } from './parse-parts.ts';
import { parsePipes } from './parse-pipes.ts';
import { emptySelect, parseColumnNames, parseFrom } from './parse-relation.ts';
import type { Cursor } from './cursor.ts';
import type { Cte, Expr, Query, Relation, SelectQuery, Statement, TableName } from '../ast/nodes.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

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
    if (!cursor.isSymbol('(')) {
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

function parseSelect(cursor: Cursor): Query {
  if (!cursor.take('SELECT')) cursor.expect('SEL');
  const select: Mutable<SelectQuery> = { ...emptySelect };
  const distinctOn = parseSelectManner(cursor);
  select.orderBy = distinctOn;
  if (!cursor.isAny(fromWords)) select.items = parseItems(cursor);
  parseClauses(cursor, select);
  return select;
}

const fromWords = new Set(['FROM', 'INTO', 'WHERE', 'UNION', 'BULK']);

/** DISTINCT, DISTINCT ON, ALL, TOP, AS STRUCT and MySQL's modifiers; gives the keys of DISTINCT ON. */
function parseSelectManner(cursor: Cursor): readonly Expr[] {
  let keys: readonly Expr[] = [];
  for (;;) {
    if (cursor.is('DISTINCT', 'ON') && cursor.isSymbol('(', 2)) {
      cursor.next();
      cursor.next();
      cursor.next();
      keys = parseKeys(cursor);
      closeParens(cursor);
    } else if (
      cursor.is('TOP') &&
      (cursor.peek(1).kind === 'number' || cursor.isSymbol('(', 1) || cursor.peek(1).text.startsWith('@'))
    ) {
      cursor.next();
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
      cursor.take('PERCENT');
      cursor.take('WITH', 'TIES');
    } else if (cursor.is('AS', 'STRUCT') || cursor.is('AS', 'VALUE') || cursor.is('WITH', 'DIFFERENTIAL_PRIVACY')) {
      cursor.next();
      cursor.next();
    } else if (
      cursor.isAny(manners) &&
      !cursor.isSymbol('.', 1) &&
      !cursor.isSymbol(',', 1) &&
      cursor.peek(1).text !== 'AS' &&
      !fromWords.has(cursor.peek(1).text)
    )
      cursor.next();
    else return keys;
  }
}

const manners = new Set(
  'DISTINCT ALL UNIQUE DISTINCTROW HIGH_PRIORITY STRAIGHT_JOIN SQL_SMALL_RESULT SQL_BIG_RESULT SQL_BUFFER_RESULT SQL_NO_CACHE SQL_CALC_FOUND_ROWS SQL_CACHE STREAM'.split(
    ' ',
  ),
);

/** The clauses of a SELECT, in whatever order they come. */
function parseClauses(cursor: Cursor, select: Mutable<SelectQuery>): void {
  for (;;) {
    if (cursor.take('FROM')) select.from = parseFrom(cursor);
    else if (cursor.is('BULK', 'COLLECT')) for (let i = 0; i < 2; i++) cursor.next();
    else if (cursor.is('INTO')) select.into = parseInto(cursor);
    else if (cursor.take('WHERE') || cursor.take('PREWHERE'))
      select.where = [...select.where, cursor.grammar.expression(cursor)];
    else if (cursor.take('GROUP', 'BY')) select.groupBy = parseGroups(cursor);
    else if (cursor.take('HAVING')) select.having = [cursor.grammar.expression(cursor)];
    else if (cursor.take('QUALIFY')) select.qualify = [cursor.grammar.expression(cursor)];
    else if (cursor.is('WINDOW') && cursor.peek(2).text === 'AS') select.windows = parseWindows(cursor);
    else if (cursor.take('START', 'WITH') || cursor.take('CONNECT', 'BY')) {
      cursor.take('NOCYCLE');
      select.where = [...select.where, cursor.grammar.expression(cursor)];
    } else if (cursor.take('SORT', 'BY')) select.orderBy = [...select.orderBy, ...parseKeys(cursor)];
    else if (cursor.take('DISTRIBUTE', 'BY') || cursor.take('CLUSTER', 'BY')) parseKeys(cursor);
    else if (cursor.is('LATERAL', 'VIEW') && select.from !== null) cursor.fail();
    else return;
  }
}

function parseInto(cursor: Cursor): SelectQuery['into'] {
  cursor.expect('INTO');
  const temporary = cursor.take('TEMPORARY') || cursor.take('TEMP');
  cursor.take('UNLOGGED');
  cursor.take('TABLE');
  if (cursor.take('OUTFILE') || cursor.take('DUMPFILE')) {
    const { text } = cursor.next();
    while (!cursor.atEnd && !cursor.is('FROM')) cursor.next();
    return { names: [[{ text, quoted: true }]], temporary: false };
  }
  cursor.take('STRICT');
  const names: TableName[] = [];
  do {
    cursor.takeSymbol(':');
    names.push(parseTableName(cursor));
    if (cursor.isSymbol('(')) cursor.skipParens();
  } while (cursor.takeSymbol(','));
  return { names, temporary };
}

function parseGroups(cursor: Cursor): readonly Expr[] {
  if (cursor.is('ALL') && !cursor.isSymbol(',', 1) && !cursor.isSymbol('.', 1)) {
    cursor.next();
    return [];
  }
  const keys: Expr[] = [];
  do {
    if (cursor.take('GROUPING', 'SETS')) {
      cursor.expectSymbol('(');
      keys.push(...parseKeys(cursor));
      closeParens(cursor);
    } else keys.push(cursor.grammar.expression(cursor));
    while (cursor.take('ASC') || cursor.take('DESC'));
  } while (cursor.takeSymbol(','));
  while (cursor.take('WITH', 'ROLLUP') || cursor.take('WITH', 'CUBE') || cursor.take('WITH', 'TOTALS'));
  if (cursor.take('GROUPING', 'SETS')) cursor.skipParens();
  return keys;
}

function parseWindows(cursor: Cursor): SelectQuery['windows'] {
  cursor.expect('WINDOW');
  const found: { readonly name: string; readonly spec: ReturnType<typeof parseWindow> }[] = [];
  do {
    const { text } = cursor.name();
    cursor.expect('AS');
    found.push({ name: text, spec: parseWindow(cursor) });
  } while (cursor.takeSymbol(','));
  return found;
}

/** ORDER BY, LIMIT and what else may end a query. */
function parseTail(cursor: Cursor, query: Query): Query {
  let result = query;
  for (;;) {
    if (cursor.take('ORDER', 'BY') || cursor.take('ORDER', 'SIBLINGS', 'BY')) {
      const keys = parseKeys(cursor);
      if (result.kind === 'select' || result.kind === 'set')
        result = { ...result, orderBy: [...result.orderBy, ...keys] };
    } else if (cursor.take('LIMIT') || cursor.take('OFFSET') || cursor.take('INTERPOLATE')) skipLimit(cursor);
    else if (cursor.is('FETCH', 'FIRST') || cursor.is('FETCH', 'NEXT')) skipFetch(cursor);
    else if (
      cursor.is('FOR') &&
      /^(?:UPDATE|SHARE|NO|KEY|READ|FETCH|XML|JSON|BROWSE|SYSTEM)$/.test(cursor.peek(1).text)
    )
      skipTrailer(cursor);
    else if (cursor.is('WITH') && /^(?:UR|CS|RS|RR|NO|TIES|CHECK|READ|CASCADED|LOCAL)$/.test(cursor.peek(1).text))
      skipTrailer(cursor);
    else if (cursor.is('OPTION') && cursor.isSymbol('(', 1)) {
      cursor.next();
      cursor.skipParens();
    } else if (
      cursor.is('SETTINGS') ||
      (cursor.is('FORMAT') && cursor.peek(1).kind === 'word') ||
      cursor.is('LOCK', 'IN') ||
      cursor.is('SAMPLE')
    )
      skipTrailer(cursor);
    else if (cursor.is('INTO') && result.kind === 'select' && result.into === null)
      result = { ...result, into: parseInto(cursor) };
    else return result;
  }
}

function skipLimit(cursor: Cursor): void {
  if (!cursor.take('ALL')) {
    if (cursor.isSymbol(')') || cursor.atEnd) return;
    cursor.grammar.expression(cursor);
    if (cursor.takeSymbol('%')) cursor.take('');
    if (cursor.takeSymbol(',')) cursor.grammar.expression(cursor);
  }
  if (cursor.take('BY')) parseKeys(cursor);
  if (!cursor.take('ROWS')) cursor.take('ROW');
  cursor.take('PERCENT');
  cursor.take('WITH', 'TIES');
}

function skipFetch(cursor: Cursor): void {
  cursor.next();
  cursor.next();
  while (!cursor.atEnd && !cursor.isSymbol(')') && !cursor.is('ONLY') && !cursor.is('TIES')) cursor.next();
  if (!cursor.take('ONLY')) cursor.take('TIES');
}

/** To the end of the query: nothing behind these words names a column of it. */
function skipTrailer(cursor: Cursor): void {
  while (
    !cursor.atEnd &&
    !cursor.isSymbol(')') &&
    !(cursor.peek().kind === 'word' && setWords.has(cursor.peek().text)) &&
    !cursor.is('ORDER', 'BY')
  ) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}
