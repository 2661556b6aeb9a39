import { parseTableName } from './parse-arguments.ts';
import { parseAssignmentList } from './parse-change.ts';
import { closeParens, parseType } from './parse-parts.ts';
import type { Cursor } from './cursor.ts';
import type { ColumnDefinition, Expr, Query, Statement, TableName } from '../ast/nodes.ts';

type Create = Extract<Statement, { kind: 'create' }>;

function rest(cursor: Cursor): void {
  while (!cursor.atEnd) cursor.next();
}

/** Words between CREATE and TABLE or VIEW. */
const manners = new Set(
  (
    'OR REPLACE ALTER REFRESH TEMPORARY TEMP GLOBAL LOCAL PRIVATE VOLATILE TRANSIENT EXTERNAL MULTISET SET UNLOGGED FOREIGN HYBRID ICEBERG ' +
    'DYNAMIC STREAMING LIVE SECURE MATERIALIZED RECURSIVE FORCE NO NOT FOREIGN EDITIONABLE NONEDITIONABLE SNAPSHOT BRANCH COLUMN ROW IMMUTABLE BLOCKCHAIN EVENT INTERACTIVE PROTECTED'
  ).split(' '),
);

/** CREATE of a table or view in all dialects; of anything else no flow is known. */
export function parseCreate(cursor: Cursor): Statement {
  const words = new Set<string>([cursor.next().text]);
  for (;;) {
    if (cursor.isAny(manners)) words.add(cursor.next().text);
    else if (/^(?:ALGORITHM|DEFINER)$/.test(cursor.peek().text) || cursor.is('SQL', 'SECURITY')) skipOption(cursor);
    else break;
  }
  if (cursor.take('TABLE')) return parseTable(cursor, words);
  if (cursor.take('VIEW')) return parseView(cursor, words);
  rest(cursor);
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
  };
}

function parseTable(cursor: Cursor, words: ReadonlySet<string>): Statement {
  cursor.take('IF', 'NOT', 'EXISTS');
  const target = parseTableName(cursor);
  let create = emptyCreate('table', target, words);
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
      const parens = cursor.takeSymbol('(');
      const source = parseTableName(cursor);
      if (parens) closeParens(cursor);
      if (isClone) create = { ...create, clone: source };
      else like = [...like, source];
    } else if (cursor.take('PARTITIONED', 'BY') && cursor.isSymbol('(')) {
      // Hive, Athena: columns that are declared only here.
      const { columns } = parseColumns(cursor);
      create = { ...create, columns: [...create.columns, ...columns.filter((item) => item.type !== null)] };
    } else if (cursor.take('CLONE') || cursor.take('COPY')) create = { ...create, clone: parseTableName(cursor) };
    else if (cursor.is('COMMENT')) create = { ...create, comment: parseComments(cursor) ?? create.comment };
    else if (startsQuery(cursor)) return { ...create, like, query: parseBody(cursor) };
    else if (isFirst && cursor.is('AS') && isNameBehind(cursor)) {
      // ClickHouse: `CREATE TABLE a AS b` copies the structure; Teradata: `AS b WITH DATA` the rows.
      cursor.next();
      const source = parseTableName(cursor);
      if (cursor.is('WITH', 'DATA'))
        create = {
          ...create,
          query: {
            kind: 'relation',
            with: [],
            relation: { kind: 'table', name: source, alias: null, columnAliases: [] },
          },
        };
      else like = [...like, source];
    } else if (cursor.atEnd) return { ...create, like };
    else if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
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
    cursor.is('DISTRIBUTED')
  )
    rest(cursor);
  return query;
}

/** Words that start a table constraint in place of a column. */
const constraintWords = new Set([
  'CONSTRAINT',
  'PRIMARY',
  'FOREIGN',
  'UNIQUE',
  'CHECK',
  'INDEX',
  'KEY',
  'EXCLUDE',
  'FULLTEXT',
  'SPATIAL',
  'PERIOD',
  'PROJECTION',
  'DISTKEY',
  'SORTKEY',
]);

function parseColumns(cursor: Cursor): {
  readonly columns: readonly ColumnDefinition[];
  readonly like: readonly TableName[];
} {
  cursor.expectSymbol('(');
  const columns: ColumnDefinition[] = [];
  const like: TableName[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (cursor.is('LIKE') && cursor.peek(1).kind !== 'symbol') {
      cursor.next();
      like.push(parseTableName(cursor));
      skipToComma(cursor);
    } else if (cursor.isAny(constraintWords) && !isColumn(cursor)) skipToComma(cursor);
    else columns.push(parseColumn(cursor));
    cursor.takeSymbol(',');
  }
  cursor.expectSymbol(')');
  return { columns, like };
}

/** `key TEXT` and `index INT` are columns; `KEY (a)`, `PRIMARY KEY`, `INDEX i (a)` are not. */
function isColumn(cursor: Cursor): boolean {
  const next = cursor.peek(1);
  if (next.kind !== 'word') return false;
  if (/^(?:FULLTEXT|SPATIAL)$/.test(cursor.peek().text)) return !/^(?:KEY|INDEX)$/.test(next.text);
  if (/^(?:KEY|FOR|TYPE|EXCLUSION)$/.test(next.text)) return false;
  const after = cursor.peek(2);
  if (after.kind === 'symbol')
    return after.text === ',' || after.text === ')' || (after.text === '(' && cursor.peek(3).kind === 'number');
  return after.kind === 'word' && cursor.peek().text !== 'CONSTRAINT' && columnWords.has(after.text);
}

/** What may follow a column's type. */
const columnWords = new Set(
  'NOT NULL DEFAULT UNIQUE PRIMARY COMMENT GENERATED AS COLLATE CHECK REFERENCES ENCODE UNSIGNED AUTO_INCREMENT CHARACTER OPTIONS'.split(
    ' ',
  ),
);

function skipToComma(cursor: Cursor): void {
  while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}

const noTypeBehind = new Set([
  'AS',
  'GENERATED',
  'DEFAULT',
  'NOT',
  'NULL',
  'PRIMARY',
  'COMMENT',
  'OPTIONS',
  'WITH',
  'ENCODE',
  'CONSTRAINT',
  'COLLATE',
  'UNIQUE',
  'CHECK',
]);

function parseColumn(cursor: Cursor): ColumnDefinition {
  const { text: name } = cursor.name();
  const typed = (cursor.peek().kind === 'word' || cursor.peek().kind === 'name') && !cursor.isAny(noTypeBehind);
  cursor.takeSymbol(':');
  const type = typed || cursor.peek(-1).text === ':' ? parseType(cursor) : null;
  let comment: string | null = null;
  let computed: Expr | null = null;
  while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
    if (cursor.is('COMMENT') || cursor.is('OPTIONS')) comment = parseComments(cursor) ?? comment;
    else if (
      (cursor.is('AS') || cursor.is('MATERIALIZED') || cursor.is('ALIAS')) &&
      !cursor.is('AS', 'IDENTITY') &&
      !cursor.is('AS', 'ROW') &&
      !cursor.is('AS', 'SECURITYTAG')
    ) {
      cursor.next();
      if (cursor.isSymbol('(') || type === null || cursor.dialect.parametricCalls)
        computed = cursor.grammar.expression(cursor);
    } else if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  return { name, type, comment, computed };
}

/** `COMMENT 'x'`, `COMMENT = 'x'`, BigQuery's `OPTIONS (description = "x")`. */
function parseComments(cursor: Cursor): string | null {
  if (cursor.next().text === 'OPTIONS') {
    if (!cursor.takeSymbol('(')) return null;
    let found: string | null = null;
    while (!cursor.atEnd && !cursor.isSymbol(')')) {
      if (cursor.is('DESCRIPTION') && cursor.isSymbol('=', 1) && cursor.peek(2).kind === 'string')
        found = cursor.peek(2).text;
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
    }
    cursor.takeSymbol(')');
    return found;
  }
  cursor.takeSymbol('=');
  if (cursor.peek().kind !== 'string') return null;
  return cursor.next().text;
}

function parseView(cursor: Cursor, words: ReadonlySet<string>): Statement {
  cursor.take('IF', 'NOT', 'EXISTS');
  const target = parseTableName(cursor);
  let create = emptyCreate(words.has('MATERIALIZED') ? 'materialized-view' : 'view', target, words);
  for (;;) {
    if (cursor.isSymbol('(') && create.columns.length === 0 && !cursor.opensQuery())
      create = { ...create, columns: parseColumns(cursor).columns };
    else if (cursor.is('TO') && cursor.peek(1).kind !== 'symbol' && create.to === null) {
      cursor.next();
      create = { ...create, to: parseTableName(cursor) };
    } else if (cursor.is('COMMENT') || (cursor.is('OPTIONS') && cursor.isSymbol('(', 1)))
      create = { ...create, comment: parseComments(cursor) ?? create.comment };
    else if (cursor.is('AS') || startsQuery(cursor)) return { ...create, query: parseBody(cursor) };
    else if (cursor.atEnd) return create;
    else if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}

/** ALTER: only renames, swaps and ClickHouse's or Redshift's moves of rows matter to lineage. */
export function parseAlter(cursor: Cursor): Statement {
  cursor.next();
  while (cursor.isAny(manners) || cursor.is('DYNAMIC')) cursor.next();
  if (!cursor.take('TABLE') && !cursor.take('VIEW')) {
    rest(cursor);
    return { kind: 'none' };
  }
  cursor.take('IF', 'EXISTS');
  cursor.take('ONLY');
  const table = parseTableName(cursor);
  const statement = parseAction(cursor, table);
  rest(cursor);
  return statement;
}

function parseAction(cursor: Cursor, table: TableName): Statement {
  while (!cursor.atEnd) {
    if (cursor.take('RENAME')) {
      if (cursor.take('TO') || cursor.take('AS'))
        return { kind: 'rename', from: table, to: qualifyLike(parseTableName(cursor), table) };
      if (!cursor.take('COLUMN') && cursor.peek(1).text !== 'TO')
        return { kind: 'rename', from: table, to: qualifyLike(parseTableName(cursor), table) };
      cursor.take('IF', 'EXISTS');
      const from = cursor.name().text;
      cursor.take('TO');
      return { kind: 'rename-column', table, from, to: cursor.name().text };
    }
    // ClickHouse: mutations.
    if (cursor.is('DELETE', 'WHERE') || (cursor.is('UPDATE') && cursor.isSymbol('=', 2)))
      return parseMutation(cursor, table);
    if (cursor.take('SWAP', 'WITH')) return { kind: 'swap', a: table, b: qualifyLike(parseTableName(cursor), table) };
    if (cursor.take('SWITCH')) return parseSwitch(cursor, table);
    if (cursor.take('APPEND', 'FROM')) return { kind: 'move', from: parseTableName(cursor), to: table };
    if ((cursor.is('REPLACE') || cursor.is('ATTACH') || cursor.is('EXCHANGE')) && cursor.peek(1).text === 'PARTITION') {
      const isMove = !cursor.is('ATTACH');
      while (!cursor.atEnd && !cursor.is('FROM') && !cursor.is('TABLE')) cursor.next();
      if (isMove && !cursor.atEnd) {
        cursor.next();
        return { kind: 'move', from: parseTableName(cursor), to: table };
      }
      return { kind: 'none' };
    }
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  return { kind: 'none' };
}

function parseMutation(cursor: Cursor, table: TableName): Statement {
  const target = { kind: 'table', name: table, alias: null, columnAliases: [] } as const;
  const assignments = cursor.next().text === 'UPDATE' ? parseAssignmentList(cursor) : [];
  const where = cursor.take('WHERE') ? [cursor.grammar.expression(cursor)] : [];
  const base = { with: [], target, from: null, where, returning: [], output: null };
  return assignments.length === 0 ? { kind: 'delete', ...base } : { kind: 'update', ...base, assignments };
}

/** T-SQL: `ALTER TABLE a SWITCH [PARTITION n] TO b` hands the rows of a to b. */
function parseSwitch(cursor: Cursor, table: TableName): Statement {
  while (!cursor.atEnd && !cursor.is('TO')) cursor.next();
  if (!cursor.take('TO')) return { kind: 'none' };
  return { kind: 'move', from: table, to: parseTableName(cursor) };
}

/** `ALTER TABLE s.a RENAME TO b` leaves the table in its schema. */
export function qualifyLike(name: TableName, like: TableName): TableName {
  return name.length >= like.length ? name : [...like.slice(0, like.length - name.length), ...name];
}

export function parseDrop(cursor: Cursor): Statement {
  cursor.next();
  while (cursor.isAny(manners)) cursor.next();
  if (!cursor.take('TABLE') && !cursor.take('VIEW')) {
    rest(cursor);
    return { kind: 'none' };
  }
  cursor.take('IF', 'EXISTS');
  const tables = [parseTableName(cursor)];
  while (cursor.takeSymbol(',')) tables.push(parseTableName(cursor));
  rest(cursor);
  return { kind: 'drop', tables };
}

/** MySQL, Teradata: `RENAME TABLE a TO b, c TO d`; ClickHouse: `EXCHANGE TABLES a AND b`. */
export function parseRename(cursor: Cursor): Statement {
  const isExchange = cursor.next().text === 'EXCHANGE';
  if (!cursor.take('TABLE') && !cursor.take('TABLES')) {
    // Db2 leaves the word out; anything else (dictionaries, databases) is no table.
    if (cursor.peek(1).text !== 'TO') {
      rest(cursor);
      return { kind: 'none' };
    }
  }
  const pairs: { readonly from: TableName; readonly to: TableName }[] = [];
  do {
    const from = parseTableName(cursor);
    if (!cursor.take('TO') && !cursor.take('AS')) cursor.expect('AND');
    pairs.push({ from, to: qualifyLike(parseTableName(cursor), from) });
  } while (cursor.takeSymbol(','));
  rest(cursor);
  const [first] = pairs;
  if (first === undefined) return { kind: 'none' };
  if (isExchange) return { kind: 'swap', a: first.from, b: first.to };
  return pairs.length === 1 ? { kind: 'rename', ...first } : { kind: 'renames', pairs };
}

export function parseComment(cursor: Cursor): Statement {
  cursor.next();
  cursor.take('IF', 'EXISTS');
  cursor.take('ON');
  const kind = cursor.next().text;
  if (kind === 'MATERIALIZED') cursor.next();
  cursor.take('IF', 'EXISTS');
  const name = parseTableName(cursor);
  if (!cursor.take('IS')) cursor.take('AS');
  cursor.takeSymbol('=');
  const value = cursor.peek();
  rest(cursor);
  const text = value.kind === 'string' ? value.text : '';
  if (kind === 'COLUMN') return { kind: 'comment', table: name.slice(0, -1), column: name.at(-1)?.text ?? '', text };
  if (kind === 'TABLE' || kind === 'VIEW' || kind === 'MATERIALIZED')
    return { kind: 'comment', table: name, column: null, text };
  return { kind: 'none' };
}
