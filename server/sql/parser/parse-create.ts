import { manners, rest } from './definition-parts.ts';
import { parseTableName } from './parse-arguments.ts';
import { parseColumns, parseComments, parseViewColumns } from './parse-columns.ts';
import { parseChanges } from './parse-changes.ts';
import { closeParens } from './parse-parts.ts';
import { emptySelect } from '../ast/empty-select.ts';
import { parseTimedTable } from './parse-relation.ts';
import { inPast } from './take-time.ts';
import type { Query, SelectItem, Statement, TableName } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

type Create = Extract<Statement, { kind: 'create' }>;

/** CREATE of a table or view in all dialects; of anything else no flow is known. */
export function parseCreate(cursor: Cursor): Statement {
  const words = new Set<string>([cursor.next().text]);
  for (;;) {
    if (cursor.isAny(manners)) words.add(cursor.next().text);
    else if (/^(?:ALGORITHM|DEFINER)$/.test(cursor.peek().text) || cursor.is('SQL', 'SECURITY')) skipOption(cursor);
    else break;
  }
  if (cursor.is('STREAM')) return holdsQuery(cursor) ? parseDerivedStream(cursor, words) : parseStream(cursor, words);
  if (cursor.is('TASK') || cursor.is('PIPE') || cursor.is('FLOW')) return parseScheduled(cursor);
  if (cursor.is('DICTIONARY')) return parseDictionary(cursor, words);
  if (cursor.take('TABLE')) return parseTable(cursor, words);
  if (cursor.take('VIEW') || cursor.take('VDS')) return parseView(cursor, words);
  if (cursor.take('MODEL')) return parseTrained(cursor, words);
  if (cursor.is('RULE')) return parseRule(cursor);
  rest(cursor);
  return { kind: 'none' };
}

function holdsQuery({ tokens }: Cursor): boolean {
  return tokens.some(({ kind, text }, at) => kind === 'word' && text === 'AS' && tokens[at + 1]?.text === 'SELECT');
}

/** BigQuery: `CREATE MODEL m OPTIONS (…) AS SELECT …`, Redshift: `CREATE MODEL m FROM (SELECT …) TARGET y …`: it learns from these rows. */
function parseTrained(cursor: Cursor, words: ReadonlySet<string>): Statement {
  cursor.take('IF', 'NOT', 'EXISTS');
  const create = emptyCreate('table', parseTableName(cursor), words);
  while (!cursor.atEnd) {
    if (cursor.is('AS') && startsQuery(cursor)) return { ...create, query: parseBody(cursor) };
    if (cursor.take('FROM')) {
      const query = cursor.opensQuery() ? parseBody(cursor) : wholeTable(parseTableName(cursor));
      rest(cursor);
      return { ...create, query };
    }
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  return create;
}

/** PostgreSQL: what a rule does in place of a statement, or beside it, is not followed. */
function parseRule(cursor: Cursor): Statement {
  while (!cursor.atEnd && !cursor.take('DO')) cursor.next();
  if (!cursor.is('NOTHING') && !cursor.is('INSTEAD', 'NOTHING')) cursor.lack();
  rest(cursor);
  return { kind: 'none' };
}

/** ksqlDB: `CREATE STREAM s WITH (…) AS SELECT …` writes on what the query gives. */
function parseDerivedStream(cursor: Cursor, words: ReadonlySet<string>): Statement {
  cursor.next();
  return parseTable(cursor, words);
}

/** Snowflake: `CREATE STREAM s ON TABLE t` shows the changed rows of a table, also as they were, under its columns. */
function parseStream(cursor: Cursor, words: ReadonlySet<string>): Statement {
  cursor.next();
  cursor.take('IF', 'NOT', 'EXISTS');
  const target = parseTableName(cursor);
  while (!cursor.atEnd && !cursor.is('ON')) cursor.next();
  const isOverTable =
    cursor.take('ON') &&
    (cursor.take('EXTERNAL', 'TABLE') ||
      cursor.take('TABLE') ||
      cursor.take('VIEW') ||
      cursor.take('DYNAMIC', 'TABLE'));
  if (!isOverTable) {
    rest(cursor);
    return { kind: 'none' };
  }
  const relation = inPast({ kind: 'table', name: parseTableName(cursor), alias: null, columnAliases: [] });
  rest(cursor);
  return { ...emptyCreate('view', target, words), query: { kind: 'relation', with: [], relation } };
}

/** ClickHouse: `CREATE DICTIONARY d (…) … SOURCE(CLICKHOUSE(TABLE 't' DB 'db'))` takes its columns from that table. */
function parseDictionary(cursor: Cursor, words: ReadonlySet<string>): Statement {
  cursor.next();
  cursor.take('IF', 'NOT', 'EXISTS');
  const target = parseTableName(cursor);
  const columns = cursor.isSymbol('(') ? parseColumns(cursor).columns : [];
  let table: string | null = null;
  let database: string | null = null;
  while (!cursor.atEnd) {
    const { text, kind } = cursor.next();
    if (kind !== 'word' || cursor.peek().kind !== 'string') continue;
    if (text === 'TABLE') table = cursor.next().text;
    else if (text === 'DB') database = cursor.next().text;
  }
  const create = { ...emptyCreate('table', target, words), columns };
  if (table === null) return create;
  const name = [database, table]
    .filter((part) => part !== null && part !== '')
    .map((text) => ({ text: text ?? '', quoted: true }));
  const items = columns.map(({ name: text }): SelectItem => ({
    expr: { kind: 'column', parts: [{ text, quoted: true }] },
    alias: null,
    aliases: [],
  }));
  return { ...create, query: { ...emptySelect, items, from: { kind: 'table', name, alias: null, columnAliases: [] } } };
}

const statementStart = /^(?:INSERT|MERGE|UPDATE|DELETE|SELECT|WITH|COPY|CREATE|TRUNCATE|AUTO|APPLY)$/;

/** Snowflake's TASK and PIPE, Databricks' FLOW: the statement they run stands behind AS. */
function parseScheduled(cursor: Cursor): Statement {
  while (!cursor.atEnd) {
    if (cursor.is('AS') && cursor.peek(1).kind === 'word' && statementStart.test(cursor.peek(1).text)) {
      cursor.next();
      return cursor.is('AUTO', 'CDC') || cursor.is('APPLY', 'CHANGES')
        ? parseChanges(cursor)
        : cursor.grammar.statement(cursor);
    }
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  return { kind: 'none' };
}

function skipOption(cursor: Cursor): void {
  while (!cursor.atEnd && !cursor.is('VIEW') && !cursor.is('SQL', 'SECURITY')) cursor.next();
  if (cursor.take('SQL', 'SECURITY')) cursor.next();
}

const temporaryWords = ['TEMPORARY', 'TEMP', 'VOLATILE', 'PRIVATE'];

function emptyCreate(what: Create['what'], target: TableName, words: ReadonlySet<string>): Create {
  const temporary = temporaryWords.some((word) => words.has(word));
  return {
    kind: 'create',
    what,
    temporary,
    target,
    to: null,
    columns: [],
    comment: null,
    like: [],
    clone: null,
    query: null,
    isRecursive: words.has('RECURSIVE'),
    isRefreshed: ['DYNAMIC', 'STREAMING', 'LIVE', 'MATERIALIZED'].some((word) => words.has(word)),
  };
}

function parseTable(cursor: Cursor, words: ReadonlySet<string>): Statement {
  const mayExist = cursor.take('IF', 'NOT', 'EXISTS');
  const target = parseTableName(cursor);
  let create: Create = { ...emptyCreate('table', target, words), mayExist };
  let like: readonly TableName[] = [];
  const behindName = cursor.mark();
  for (;;) {
    const isFirst = cursor.mark() === behindName;
    if (isFirst && cursor.isSymbol('(') && create.columns.length === 0 && !cursor.opensQuery()) {
      const { columns, like: liked } = parseColumns(cursor);
      create = { ...create, columns };
      like = [...like, ...liked];
    } else if (cursor.take('LIKE') || cursor.take('SHALLOW', 'CLONE') || cursor.take('DEEP', 'CLONE')) {
      const isClone = cursor.peek(-1).text === 'CLONE';
      if (isClone) {
        create = { ...create, ...parseClone(cursor) };
        continue;
      }
      const parens = cursor.takeSymbol('(');
      like = [...like, parseTableName(cursor)];
      if (parens) closeParens(cursor);
    } else if (cursor.take('PARTITIONED', 'BY') && cursor.isSymbol('(')) {
      // Hive, Athena: columns that are declared only here.
      const { columns } = parseColumns(cursor);
      create = { ...create, columns: [...create.columns, ...columns.filter((item) => item.type !== null)] };
    } else if ((cursor.is('STORE', 'AS') || cursor.is('USING', 'TEMPLATE')) && cursor.isSymbol('(', 2)) {
      // Dremio: the format of its files; Snowflake: what tells its columns.
      for (let word = 0; word < 2; word++) cursor.next();
      cursor.skipParens();
    } else if (cursor.take('CLONE') || cursor.take('COPY')) create = { ...create, ...parseClone(cursor) };
    else if (cursor.is('COMMENT') || (cursor.is('OPTIONS') && cursor.isSymbol('(', 1)))
      create = { ...create, comment: parseComments(cursor) ?? create.comment };
    else if (startsQuery(cursor)) return { ...create, like, query: parseBody(cursor) };
    else if (isFirst && cursor.is('AS') && isNameBehind(cursor)) {
      // ClickHouse: `CREATE TABLE a AS b` copies the structure; Teradata: `AS b WITH DATA` the rows.
      cursor.next();
      const source = parseTableName(cursor);
      if (cursor.is('WITH', 'DATA'))
        create = {
          ...create,
          query: wholeTable(source),
        };
      else like = [...like, source];
    } else if (cursor.atEnd) return { ...create, like };
    else if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}

/** `CLONE t`, `CLONE t BEFORE (…)`, `SHALLOW CLONE t VERSION AS OF 3`. */
function parseClone(cursor: Cursor): Pick<Create, 'clone' | 'isPastClone'> {
  const source = parseTimedTable(cursor);
  if (source.kind !== 'table') cursor.fail();
  return { clone: source.name, isPastClone: source.isPast === true };
}

function wholeTable(name: TableName): Query {
  return { kind: 'relation', with: [], relation: { kind: 'table', name, alias: null, columnAliases: [] } };
}

function startsQuery(cursor: Cursor): boolean {
  const ahead = cursor.is('AS') ? 1 : 0;
  const { kind, text } = cursor.peek(ahead);
  if (kind === 'symbol' && text === '(') {
    if (ahead === 0) return cursor.opensQuery();
    const mark = cursor.mark();
    cursor.next();
    const opens = cursor.opensQuery() || cursor.isSymbol('(');
    cursor.reset(mark);
    return opens;
  }
  if (kind !== 'word') return false;
  if (text === 'SELECT' || text === 'SEL' || text === 'VALUES') return ahead === 1 || text !== 'VALUES';
  if (text === 'TABLE' || text === 'FROM') return ahead === 1;
  if (text === 'PIVOT' || text === 'UNPIVOT') return ahead === 1 && cursor.dialect.prefixAliases;
  // `WITH (option = …)` is no query; `WITH cte AS (`, `WITH cte (a) AS (` is.
  return (
    text === 'WITH' &&
    cursor.peek(ahead + 1).kind !== 'symbol' &&
    ((cursor.peek(ahead + 2).text === 'AS' && cursor.peek(ahead + 3).kind !== 'word') ||
      (cursor.peek(ahead + 2).text === 'AS' && /^(?:NOT|MATERIALIZED)$/.test(cursor.peek(ahead + 3).text)) ||
      (ahead === 1 && cursor.isSymbol('(', ahead + 2)) ||
      cursor.peek(ahead + 1).text === 'RECURSIVE')
  );
}

function isNameBehind(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek(1);
  return (
    kind === 'name' || (kind === 'word' && !/^(?:SELECT|WITH|VALUES|DEFAULT|IDENTITY|REPLICA|PARQUET|ORC)$/.test(text))
  );
}

function parseBody(cursor: Cursor): Query {
  cursor.take('AS');
  const query = cursor.grammar.query(cursor);
  // WITH DATA, PRIMARY INDEX, ON COMMIT …: how the rows are kept.
  if (
    cursor.is('WITH') ||
    cursor.is('ON') ||
    cursor.is('PRIMARY') ||
    cursor.is('UNIQUE') ||
    cursor.is('AND') ||
    cursor.is('PARTITION') ||
    cursor.is('NO') ||
    cursor.is('DATA') ||
    cursor.is('COMMENT') ||
    cursor.is('INDEX') ||
    cursor.is('DISTRIBUTED') ||
    cursor.is('SEGMENTED') ||
    cursor.is('UNSEGMENTED')
  )
    rest(cursor);
  return query;
}

function parseView(cursor: Cursor, words: ReadonlySet<string>): Statement {
  const mayExist = cursor.take('IF', 'NOT', 'EXISTS');
  const target = parseTableName(cursor);
  const what = words.has('MATERIALIZED') ? 'materialized-view' : 'view';
  let create: Create = { ...emptyCreate(what, target, words), mayExist, columns: parseViewColumns(cursor) };
  for (;;) {
    if (cursor.is('TO') && cursor.peek(1).kind !== 'symbol' && create.to === null) {
      cursor.next();
      const to = parseTableName(cursor);
      const columns = parseViewColumns(cursor);
      create = { ...create, to, columns: columns.length > 0 ? columns : create.columns };
    } else if (cursor.is('COMMENT') || (cursor.is('OPTIONS') && cursor.isSymbol('(', 1)))
      create = { ...create, comment: parseComments(cursor) ?? create.comment };
    else if (cursor.take('AS', 'REPLICA', 'OF')) return { ...create, query: wholeTable(parseTableName(cursor)) };
    // Hive: the format of a materialised view's files.
    else if (cursor.take('STORED', 'AS')) cursor.next();
    else if (cursor.is('AS') || startsQuery(cursor)) return { ...create, query: parseBody(cursor) };
    else if (cursor.atEnd) return create;
    else if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}
