import { endsList, parseKeys, parseTableName } from './parse-arguments.ts';
import { parseWindow } from './parse-call.ts';
import { parseItems } from './parse-item.ts';
import { closeParens } from './parse-parts.ts';
import { emptySelect } from '../ast/empty-select.ts';
import { parseFrom } from './parse-joins.ts';
import { parseExpand, parsePreferences, parseTimeSeries, startsTimeSeries } from './parse-row-clauses.ts';
import type { Expr, Query, SelectQuery, TableName } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** A node while it is being put together. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** SELECT with its clauses, without ORDER BY and what comes behind it. */
export function parseSelect(cursor: Cursor): Query {
  if (!cursor.take('SELECT')) cursor.expect('SEL');
  const select: Mutable<SelectQuery> = { ...emptySelect };
  const distinctOn = parseSelectManner(cursor);
  select.orderBy = distinctOn;
  // PL/pgSQL: `SELECT INTO a max(b) FROM t`.
  if (cursor.is('INTO') && cursor.dialect.declareSection) select.into = parseInto(cursor);
  if (!cursor.isAny(fromWords)) select.items = parseItems(cursor);
  else if (cursor.is('FROM') && !cursor.dialect.emptySelects) cursor.lack();
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
    } else if (cursor.dialect.castPhrases && cursor.is('NORMALIZE') && cursor.peek(1).kind === 'word') {
      // Teradata: `NORMALIZE ON MEETS OR OVERLAPS`.
      cursor.next();
      if (cursor.take('ON')) while (cursor.take('MEETS') || cursor.take('OVERLAPS') || cursor.take('OR'));
    } else if (cursor.is('AS', 'STRUCT') || cursor.is('AS', 'VALUE') || cursor.is('WITH', 'DIFFERENTIAL_PRIVACY')) {
      cursor.next();
      cursor.next();
      if (cursor.is('OPTIONS') && cursor.isSymbol('(', 1)) {
        cursor.next();
        cursor.skipParens();
      }
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
export function parseClauses(cursor: Cursor, select: Mutable<SelectQuery>): void {
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
    else if (cursor.is('WINDOW') && /^(?:TUMBLING|HOPPING|SESSION)$/.test(cursor.peek(1).text)) {
      // ksqlDB: `WINDOW TUMBLING (SIZE 1 HOUR)`.
      cursor.next();
      cursor.next();
      if (cursor.isSymbol('(')) cursor.skipParens();
    } else if (cursor.take('PARTITION', 'BY')) parseKeys(cursor);
    else if (cursor.take('START', 'WITH') || cursor.take('CONNECT', 'BY')) {
      select.hierarchical = true;
      cursor.take('NOCYCLE');
      select.where = [...select.where, cursor.grammar.expression(cursor)];
    } else if (cursor.take('SORT', 'BY')) select.orderBy = [...select.orderBy, ...parseKeys(cursor)];
    else if (cursor.take('DISTRIBUTE', 'BY') || cursor.take('CLUSTER', 'BY')) parseKeys(cursor);
    else if (cursor.is('DISTRIBUTE', 'ON') || cursor.is('ORGANIZE', 'ON')) {
      // Netezza: where the rows of the table that is made are kept.
      for (let word = 0; word < 2; word++) cursor.next();
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.take('RANDOM');
    } else if (startsTimeSeries(cursor)) parseTimeSeries(cursor, select);
    else if (cursor.dialect.castPhrases && cursor.take('EXPAND', 'ON')) parseExpand(cursor, select);
    else if (cursor.take('PREFERRING')) select.where = [...select.where, ...parsePreferences(cursor)];
    else if (cursor.is('MODEL') && cursor.dialect.selectIntoVariables) parseModel(cursor, select);
    else if (cursor.is('LATERAL', 'VIEW') && select.from !== null) cursor.fail();
    else return;
  }
}

/** Oracle's MODEL: measures have names of their own, which the select list uses; its rules work on their values. */
function parseModel(cursor: Cursor, select: Mutable<SelectQuery>): void {
  cursor.next();
  const measures = new Map<string, Expr>();
  while (!cursor.atEnd && !cursor.isSymbol(')') && !cursor.is('ORDER', 'BY') && !cursor.is('UNION')) {
    if (cursor.take('MEASURES') && cursor.takeSymbol('(')) {
      for (const { expr, alias } of parseItems(cursor))
        if (alias !== null) measures.set(alias.text.toLowerCase(), expr);
      closeParens(cursor);
    } else if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  select.items = select.items.map((item) => {
    const [name] = item.expr.kind === 'column' && item.expr.parts.length === 1 ? item.expr.parts : [];
    const measure = name === undefined ? undefined : measures.get(name.text.toLowerCase());
    return measure === undefined ? item : { ...item, expr: measure, alias: item.alias ?? name ?? null };
  });
}

/** INTO of a query: a table, variables or a file. */
export function parseInto(cursor: Cursor): SelectQuery['into'] {
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
    const isVariable = cursor.takeSymbol(':');
    const name = parseTableName(cursor);
    names.push(isVariable ? name.map((part, at) => (at === 0 ? { ...part, text: `:${part.text}` } : part)) : name);
    if (cursor.isSymbol('(')) cursor.skipParens();
  } while (cursor.takeSymbol(','));
  return { names, temporary };
}

function parseGroups(cursor: Cursor): readonly Expr[] | 'all' {
  if (cursor.is('ALL') && !cursor.isSymbol(',', 1) && !cursor.isSymbol('.', 1)) {
    cursor.next();
    return 'all';
  }
  const keys: Expr[] = [];
  do {
    if (cursor.take('GROUPING', 'SETS')) {
      cursor.expectSymbol('(');
      keys.push(...parseKeys(cursor));
      closeParens(cursor);
    } else keys.push(cursor.grammar.expression(cursor));
    while (cursor.take('ASC') || cursor.take('DESC'));
  } while (cursor.takeSymbol(',') && !endsList(cursor));
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
