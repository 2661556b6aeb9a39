import { parseTableName } from './parse-arguments.ts';
import { parseType } from './parse-parts.ts';
import type { ColumnDefinition, Expr, TableName } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

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

/** Columns in parentheses, with the tables that LIKE names among them; constraints are left out. */
export function parseColumns(cursor: Cursor): {
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
    } else if (isConstraint(cursor)) skipToComma(cursor);
    else columns.push(parseColumn(cursor));
    cursor.takeSymbol(',');
  }
  cursor.expectSymbol(')');
  return { columns, like };
}

/**
 * The list of a view's columns stands right behind its name, but for ClickHouse's cluster, Snowflake's grants and Oracle's
 * sharing. Parentheses further on belong to options.
 */
export function parseViewColumns(cursor: Cursor): readonly ColumnDefinition[] {
  const behindName = cursor.mark();
  if (cursor.take('ON', 'CLUSTER')) cursor.next();
  cursor.take('COPY', 'GRANTS');
  if (cursor.is('SHARING') && cursor.isSymbol('=', 1)) for (let word = 0; word < 3; word++) cursor.next();
  if (cursor.isSymbol('(') && !cursor.opensQuery()) return parseColumns(cursor).columns;
  cursor.reset(behindName);
  return [];
}

/** A table constraint or index stands here, not a column. */
export function isConstraint(cursor: Cursor): boolean {
  return cursor.isAny(constraintWords) && !isColumn(cursor);
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
  'MATERIALIZED',
  'ALIAS',
  'EPHEMERAL',
]);

/** One column's definition, up to the comma or parenthesis behind it. */
export function parseColumn(cursor: Cursor): ColumnDefinition {
  const { text: name } = cursor.name();
  const typed = (cursor.peek().kind === 'word' || cursor.peek().kind === 'name') && !cursor.isAny(noTypeBehind);
  cursor.takeSymbol(':');
  const type = typed || cursor.peek(-1).text === ':' ? parseType(cursor) : null;
  let comment: string | null = null;
  let computed: Expr | null = null;
  let filling = fillingOf(type, cursor);
  while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
    filling = filling ?? fillingAt(cursor);
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
  if (computed !== null) filling = cursor.dialect.selfFilled === 'placed' ? 'default-only' : 'left-out';
  return { name, type, comment, computed, ...(filling === null ? {} : { selfFilled: filling }) };
}

type Filling = NonNullable<ColumnDefinition['selfFilled']>;

/** T-SQL: a row version is given DEFAULT where it has a place ("rowversion (Transact-SQL)"). */
function fillingOf(type: string | null, { dialect }: Cursor): Filling | null {
  return dialect.selfFilled === 'identity' && /^\[?(?:rowversion|timestamp)\b/i.test(type ?? '')
    ? 'default-only'
    : null;
}

/**
 * T-SQL: identities take no part, and the columns of a period are given DEFAULT ("INSERT", "Temporal tables"). ClickHouse: "An
 * insert without explicitly specified columns will skip columns of this type", EPHEMERAL ("CREATE TABLE").
 */
function fillingAt(cursor: Cursor): Filling | null {
  const { selfFilled, parametricCalls } = cursor.dialect;
  if (selfFilled === 'identity' && cursor.is('IDENTITY')) return 'left-out';
  if (selfFilled === 'identity' && cursor.is('AS', 'ROW')) return 'default-only';
  return parametricCalls && cursor.is('EPHEMERAL') ? 'left-out' : null;
}

/** `COMMENT 'x'`, `COMMENT = 'x'`, BigQuery's `OPTIONS (description = "x")`. */
export function parseComments(cursor: Cursor): string | null {
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
