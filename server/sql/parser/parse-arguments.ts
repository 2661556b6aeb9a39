import { isTrailer, manners, separators, takeManner, takeSeparator, trailers } from './argument-words.ts';
import { clauseWords } from './keywords.ts';
import { aliased, closeParens } from './parse-parts.ts';
import type { ArgumentPlace } from './argument-words.ts';
import type { Cursor } from './cursor.ts';
import type { Expr, TableName } from '../ast/nodes.ts';

/** What stands between the parentheses of a call. */
export interface Arguments {
  readonly args: readonly Expr[];
  readonly distinct: boolean;
  readonly order: readonly Expr[];
  /** `HAVING MAX x`: which row's value is taken. */
  readonly having: Expr | null;
  /** Names that JSON_TABLE, XMLTABLE and the like declare. */
  readonly declared: readonly string[];
}

/** Expressions between commas, up to the sign that closes the list. */
export function parseList(cursor: Cursor, close = ')'): readonly Expr[] {
  const list: Expr[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(close)) {
    list.push(aliased(cursor.grammar.expression(cursor), cursor));
    if (!cursor.takeSymbol(',')) break;
  }
  return list;
}

/** `(x, y) -> expression`, `x -> expression`. */
export function parseLambda(cursor: Cursor): Expr {
  const params: string[] = [];
  const parens = cursor.takeSymbol('(');
  if (cursor.take('LAMBDA')) {
    // DuckDB: `lambda x, y : expression`.
    do params.push(cursor.name().text);
    while (cursor.takeSymbol(','));
    cursor.expectSymbol(':');
    return { kind: 'lambda', params, body: cursor.grammar.expression(cursor) };
  }
  while (!cursor.isSymbol('->') && !cursor.isSymbol(')')) {
    if (!cursor.takeSymbol(',')) {
      params.push(cursor.name().text);
      // Snowflake: `x INT -> …`.
      if (isNameAt(cursor, 0)) cursor.next();
    }
    if (!parens) break;
  }
  if (parens) cursor.expectSymbol(')');
  cursor.expectSymbol('->');
  return { kind: 'lambda', params, body: cursor.grammar.expression(cursor) };
}

/** True when `x ->` or `(x, y) ->` stands here and the dialect's arrow is a lambda, not a JSON path. */
export function isLambda(cursor: Cursor): boolean {
  if (!cursor.dialect.arrowLambda) return false;
  if (!cursor.isSymbol('(')) {
    if (cursor.is('LAMBDA') && isNameAt(cursor, 1)) return cursor.isSymbol(':', 2) || cursor.isSymbol(',', 2);
    const arrow = isNameAt(cursor, 1) ? 2 : 1;
    if (cursor.dialect.arrowPath && cursor.peek(arrow + 1).kind === 'string') return false;
    return isNameAt(cursor, 0) && cursor.isSymbol('->', arrow);
  }
  let ahead = 1;
  while (isNameAt(cursor, ahead)) {
    ahead += isNameAt(cursor, ahead + 1) ? 2 : 1;
    if (!cursor.isSymbol(',', ahead)) break;
    ahead += 1;
  }
  return cursor.isSymbol(')', ahead) && cursor.isSymbol('->', ahead + 1);
}

function isNameAt(cursor: Cursor, ahead: number): boolean {
  const { kind } = cursor.peek(ahead);
  return kind === 'word' || kind === 'name';
}

/**
 * Reads the arguments of a call, with the words that SQL's own functions put between them; `(` stands here. `countsRows`: a
 * star among them means the rows, as in `count(*)`, and no column.
 */
export function parseArguments(cursor: Cursor, countsRows = false): Arguments {
  cursor.expectSymbol('(');
  const args: Expr[] = [];
  const order: Expr[] = [];
  const declared: string[] = [];
  let having: Expr | null = null;
  const distinct = cursor.is('DISTINCT') ? cursor.take('DISTINCT') : false;
  if (cursor.is('ALL') && !cursor.isSymbol(',', 1) && !cursor.isSymbol(')', 1)) cursor.next();
  let behind: ArgumentPlace = 'open';
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (cursor.takeSymbol(',')) {
      behind = 'comma';
      continue;
    }
    // Teradata's table operators: `ON (SELECT …)`.
    if (args.length === 0 && cursor.is('ON') && cursor.take('ON')) continue;
    if (cursor.take('ORDER', 'BY')) order.push(...parseKeys(cursor));
    else if (cursor.take('IGNORE', 'NULLS') || cursor.take('RESPECT', 'NULLS')) continue;
    else if (cursor.take('HAVING', 'MAX') || cursor.take('HAVING', 'MIN')) having = cursor.grammar.expression(cursor);
    else if (cursor.is('COLUMNS') && cursor.isSymbol('(', 1) && args.length > 0) {
      cursor.next();
      parseDeclared(cursor, declared);
    } else if (cursor.is('COLUMNS') && args.length > 0 && isNameAt(cursor, 1)) {
      cursor.next();
      readDeclared(cursor, declared);
    } else if (args.length > 0 && isWordBehindUsing(cursor)) passToClose(cursor);
    // Teradata: `CASE_N(a < 10, NO CASE OR UNKNOWN)`, `RANGE_N(… , NO RANGE)`.
    else if (args.length > 0 && (cursor.is('NO', 'CASE') || cursor.is('NO', 'RANGE'))) skipTrailer(cursor);
    else if (takeSeparator(cursor, behind)) {
      behind = 'separator';
      continue;
    } else if (takeManner(cursor, behind)) {
      if (behind !== 'operand') behind = 'separator';
      continue;
    }
    // Behind the last argument.
    else if (args.length > 0 && isTrailer(cursor, behind)) skipTrailer(cursor);
    else args.push(...parseArgument(cursor, countsRows));
    behind = 'operand';
  }
  cursor.expectSymbol(')');
  return { args, distinct, order, having, declared };
}

/**
 * `CONVERT(x USING utf8mb4)` and Teradata's `TRANSLATE(x USING UNICODE_TO_LATIN WITH ERROR)`: a character set. Vertica's
 * `LISTAGG(x USING PARAMETERS separator = ';')`: constants.
 */
function isWordBehindUsing(cursor: Cursor): boolean {
  if (!cursor.is('USING') || !isNameAt(cursor, 1)) return false;
  return cursor.is('USING', 'PARAMETERS') || cursor.isSymbol(')', 2) || cursor.peek(2).text === 'WITH';
}

/** Goes past words that are known to hold no column, up to the parenthesis that closes. */
export function passToClose(cursor: Cursor): void {
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}

/** Keys of ORDER BY, with their directions. */
export function parseKeys(cursor: Cursor): readonly Expr[] {
  const keys: Expr[] = [];
  do {
    if (cursor.is('ALL') && !cursor.isSymbol('.', 1) && !cursor.isSymbol('(', 1)) cursor.next();
    else keys.push(cursor.grammar.expression(cursor));
    while (cursor.take('ASC') || cursor.take('DESC') || cursor.take('NULLS', 'FIRST') || cursor.take('NULLS', 'LAST'));
    if (cursor.take('USING')) cursor.next();
    if (cursor.take('WITH', 'FILL'))
      while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')') && !cursor.isAny(clauseWords))
        cursor.next();
  } while (cursor.takeSymbol(',') && !endsList(cursor));
  return keys;
}

/** Behind a comma that ends its list. */
export function endsList(cursor: Cursor): boolean {
  return cursor.dialect.trailingCommas === 'lists' && (cursor.atEnd || cursor.isSymbol(')') || cursor.isSymbol(';'));
}

function skipTrailer(cursor: Cursor): void {
  while (!cursor.atEnd && !cursor.isSymbol(')') && !cursor.isSymbol(',') && !cursor.is('ORDER', 'BY')) {
    if (cursor.is('COLUMNS')) return;
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}

function parseArgument(cursor: Cursor, countsRows = false): readonly Expr[] {
  if ((cursor.is('TABLE') || cursor.is('MODEL')) && (cursor.isSymbol('(', 1) || isNameAt(cursor, 1)))
    return parseTableArgument(cursor);
  // MySQL: `f(@v := value)` sets a variable.
  const isNamed = cursor.isSymbol('=>', 1) || (cursor.isSymbol(':=', 1) && !cursor.peek().text.startsWith('@'));
  const named = isNameAt(cursor, 0) && isNamed;
  if (named) {
    const { text } = cursor.name();
    cursor.next();
    return parseArgument(cursor).map((value) => ({ kind: 'named', name: text, value }));
  }
  if (cursor.opensQuery() || cursor.is('SELECT') || cursor.is('WITH')) {
    const value = cursor.isSymbol('(') ? null : cursor.grammar.query(cursor);
    if (value !== null) return [{ kind: 'query', role: 'value', query: value }];
  }
  const expr = cursor.grammar.expression(cursor);
  if (cursor.take('AS')) return [{ kind: 'named', name: cursor.name().text, value: expr }];
  if (cursor.takeSymbol(':')) return [expr, cursor.grammar.expression(cursor)];
  if (expr.kind === 'star' && expr.qualifier.length === 0) return countsRows ? [] : [expr];
  if (
    !cursor.isSymbol(',') &&
    !cursor.isSymbol(')') &&
    cursor.peek().kind !== 'word' &&
    cursor.peek().kind !== 'symbol'
  ) {
    // A name or literal straight behind an argument: `XMLELEMENT(NAME "x", …)`, `f(a "b")`.
    cursor.next();
  } else if (!cursor.isSymbol(',') && !cursor.isSymbol(')') && !isContinued(cursor)) {
    cursor.skipToClose();
  }
  return [expr];
}

function isContinued(cursor: Cursor): boolean {
  return (
    cursor.isAny(separators) ||
    cursor.isAny(manners) ||
    cursor.isAny(trailers) ||
    cursor.is('ORDER', 'BY') ||
    cursor.is('COLUMNS') ||
    cursor.is('HAVING')
  );
}

/** `TABLE(t) PARTITION BY …`, `TABLE t`, `MODEL m`: a relation given to a table function. */
function parseTableArgument(cursor: Cursor): readonly Expr[] {
  const isModel = cursor.next().text === 'MODEL';
  if (cursor.isSymbol('(') && cursor.opensQuery()) {
    cursor.next();
    const query = cursor.grammar.query(cursor);
    closeParens(cursor);
    return [{ kind: 'query', role: 'value', query }];
  }
  const parens = cursor.takeSymbol('(');
  const name = parseTableName(cursor);
  if (parens) closeParens(cursor);
  if (isModel) return [];
  const relation = { kind: 'table', name, alias: null, columnAliases: [] } as const;
  return [{ kind: 'query', role: 'value', query: { kind: 'relation', with: [], relation } }];
}

/** A table's name of one to four parts; `a..b` has an empty middle part, `a-b.c` a dash in its first (BigQuery). */
export function parseTableName(cursor: Cursor): TableName {
  if (cursor.is('IDENTIFIER') && cursor.isSymbol('(', 1)) {
    // Snowflake, Databricks: IDENTIFIER('db.schema.table').
    const text = cursor.peek(2).kind === 'string' ? cursor.peek(2).text : null;
    if (text === null) cursor.fail();
    cursor.next();
    cursor.skipParens();
    return text.split('.').map((part) => ({ text: part.replaceAll(/["`]/g, ''), quoted: /["`]/.test(part) }));
  }
  const parts = [dashedName(cursor)];
  while (cursor.isSymbol('.') || cursor.isSymbol('..')) {
    if (cursor.next().text === '..') parts.push({ text: '', quoted: false });
    if (cursor.isSymbol('*')) {
      cursor.next();
      break;
    }
    parts.push(dashedName(cursor));
  }
  const last = parts.at(-1);
  // BigQuery: a wildcard at the end of the name.
  if (last !== undefined && cursor.dialect.quotedPath && cursor.isSymbol('*') && !cursor.peek().spaced) {
    cursor.next();
    parts[parts.length - 1] = { text: `${last.text}*`, quoted: last.quoted };
  }
  return parts;
}

function dashedName(cursor: Cursor): { readonly text: string; readonly quoted: boolean } {
  const token = cursor.peek();
  if (cursor.dialect.parametricCalls && cursor.isSymbol('{')) {
    // ClickHouse: `{name:Identifier}` is put in when the query runs.
    while (!cursor.atEnd && !cursor.takeSymbol('}')) cursor.next();
    return { text: cursor.sql.slice(token.start, cursor.peek(-1).end), quoted: true };
  }
  if (token.kind === 'number' || token.kind === 'template') {
    cursor.next();
    return { text: token.kind === 'number' ? token.text : 'template', quoted: false };
  }
  const name = cursor.name();
  if (name.quoted) return name;
  let { text } = name;
  while (cursor.dialect.quotedPath && cursor.isSymbol('-') && !cursor.peek().spaced && !cursor.peek(1).spaced) {
    cursor.next();
    const part = cursor.next();
    text += `-${cursor.sql.slice(part.start, part.end)}`;
  }
  return { text, quoted: false };
}

/** `COLUMNS (a INT PATH '$.a', NESTED PATH '…' COLUMNS (b INT), c FOR ORDINALITY)`. */
function parseDeclared(cursor: Cursor, names: string[]): void {
  cursor.expectSymbol('(');
  readDeclared(cursor, names);
  cursor.expectSymbol(')');
}

function readDeclared(cursor: Cursor, names: string[]): void {
  do {
    if (cursor.is('NESTED')) {
      while (!cursor.atEnd && !cursor.is('COLUMNS') && !cursor.isSymbol(')')) cursor.next();
      if (cursor.take('COLUMNS')) parseDeclared(cursor, names);
    } else names.push(cursor.name().text);
    while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
    }
  } while (cursor.takeSymbol(','));
}
