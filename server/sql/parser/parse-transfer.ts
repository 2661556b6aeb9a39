import { parseTableName } from './parse-arguments.ts';
import { emptyInsert } from './parse-insert.ts';
import { parseExchangeIn, parseExchangeOut } from './parse-exchange.ts';
import { parseColumnNames } from './relation-parts.ts';
import { bracketed, everything, loaded } from './transfer-rows.ts';
import type { Cursor } from './cursor.ts';
import type { Statement, TableName } from '../ast/nodes.ts';

function rest(cursor: Cursor): void {
  while (!cursor.atEnd) cursor.next();
}

/** A file, bucket or stage that stands here: a string or `@stage/path`; null when something else does. */
function locationHere(cursor: Cursor): TableName | null {
  const token = cursor.peek();
  if (token.kind === 'string') {
    cursor.next();
    return [{ text: token.text, quoted: true }];
  }
  if (!cursor.isSymbol('@') && !(token.kind === 'word' && token.text.startsWith('@'))) return null;
  cursor.next();
  while (!cursor.atEnd && !cursor.peek().spaced && !cursor.isSymbol('(') && !cursor.isSymbol(')')) cursor.next();
  return [{ text: cursor.sql.slice(token.start, cursor.peek(-1).end), quoted: true }];
}

/**
 * COPY: into a table from outside (PostgreSQL `COPY t FROM`, Redshift, Snowflake `COPY INTO t FROM @stage`), or out of a
 * table or query (`COPY t TO`, `COPY INTO @stage FROM t`).
 */
export function parseCopy(cursor: Cursor): Statement {
  cursor.next();
  cursor.take('INTO');
  if (cursor.opensQuery()) {
    const query = bracketed(cursor);
    const target = cursor.take('TO') ? locationHere(cursor) : null;
    rest(cursor);
    return target === null ? { kind: 'query', query } : { ...emptyInsert, target, query };
  }
  const outside = locationHere(cursor);
  if (outside !== null) return parseCopyOut(cursor, outside);
  const table = parseTableName(cursor);
  const columns = cursor.isSymbol('(') ? parseColumnNames(cursor) : [];
  if (cursor.take('TO')) {
    const target = locationHere(cursor);
    rest(cursor);
    return target === null
      ? { kind: 'query', query: everything(table, columns) }
      : { ...emptyInsert, target, query: everything(table, columns) };
  }
  cursor.take('FROM');
  const loads = !cursor.opensQuery();
  const query = loads ? loaded(locationHere(cursor)) : bracketed(cursor);
  rest(cursor);
  return { ...emptyInsert, target: table, columns, query, loads };
}

function parseCopyOut(cursor: Cursor, target: TableName): Statement {
  while (!cursor.atEnd && !cursor.is('FROM')) cursor.next();
  if (!cursor.take('FROM')) return { kind: 'none' };
  const query = cursor.opensQuery() ? bracketed(cursor) : everything(parseTableName(cursor));
  rest(cursor);
  return { ...emptyInsert, target, query };
}

/** Redshift takes quotes inside the query doubled or behind a backslash: up to the string that TO or the parenthesis follows. */
function unloadText(cursor: Cursor): string {
  const { start } = cursor.peek();
  let token = cursor.next();
  while (!cursor.atEnd && !cursor.isSymbol(')') && !cursor.is('TO')) token = cursor.next();
  const written = cursor.sql.slice(start, token.end);
  return written.startsWith("'") ? written.slice(1, -1).replaceAll(/\\'|''/g, "'") : token.text;
}

/** Redshift writes UNLOAD's query as a string, Athena and Trino in parentheses. */
export function parseUnload(cursor: Cursor): Statement {
  cursor.next();
  const query = cursor.opensQuery() ? bracketed(cursor) : null;
  let text: string | null = null;
  if (query === null) {
    const parens = cursor.takeSymbol('(');
    if (cursor.peek().kind === 'string') text = unloadText(cursor);
    if (parens) cursor.skipToClose();
    cursor.takeSymbol(')');
  }
  const target = cursor.take('TO') ? locationHere(cursor) : null;
  rest(cursor);
  if (query !== null) return target === null ? { kind: 'query', query } : { ...emptyInsert, target, query };
  return text === null ? { kind: 'opaque', what: 'UNLOAD' } : { kind: 'text', sql: text, target };
}

/** BigQuery: `EXPORT DATA OPTIONS (uri = '…') AS SELECT …`; Hive: `EXPORT TABLE t TO 'path'`; Db2: `EXPORT TO 'path' OF DEL SELECT …`. */
export function parseExport(cursor: Cursor): Statement {
  cursor.next();
  const exchange = parseExchangeOut(cursor);
  if (exchange !== null) return exchange;
  if (cursor.take('TABLE')) {
    const table = parseTableName(cursor);
    while (!cursor.atEnd && !cursor.is('TO')) cursor.next();
    const place = cursor.take('TO') ? locationHere(cursor) : null;
    rest(cursor);
    return place === null ? { kind: 'none' } : { ...emptyInsert, target: place, query: everything(table) };
  }
  if (cursor.take('TO')) {
    const place = locationHere(cursor);
    while (!cursor.atEnd && !cursor.is('SELECT') && !cursor.is('WITH') && !cursor.opensQuery()) cursor.next();
    if (cursor.atEnd || place === null) return { kind: 'none' };
    return { ...emptyInsert, target: place, query: cursor.grammar.query(cursor) };
  }
  let target: TableName | null = null;
  while (!cursor.atEnd && !cursor.is('AS')) {
    if (cursor.is('URI') && cursor.isSymbol('=', 1) && cursor.peek(2).kind === 'string')
      target = [{ text: cursor.peek(2).text, quoted: true }];
    cursor.next();
  }
  if (!cursor.take('AS')) return { kind: 'none' };
  const query = cursor.grammar.query(cursor);
  return target === null ? { kind: 'query', query } : { ...emptyInsert, target, query };
}

/** `LOAD DATA INPATH '…' INTO TABLE t`, `LOAD DATA INFILE '…' INTO TABLE t (a, b)`, BigQuery's `LOAD DATA INTO t FROM FILES (…)`. */
export function parseLoad(cursor: Cursor): Statement {
  cursor.next();
  let source: TableName | null = null;
  while (!cursor.atEnd && !cursor.is('INTO') && !(cursor.is('OVERWRITE') && cursor.peek(1).text !== 'INTO')) {
    const { kind, text } = cursor.next();
    if (kind === 'string') source = [{ text, quoted: true }];
  }
  if (cursor.atEnd) return { kind: 'none' };
  cursor.next();
  cursor.take('TABLE');
  const target = parseTableName(cursor);
  while (!cursor.atEnd) {
    // BigQuery: `FROM FILES (uris = ['gs://…'])`.
    if (cursor.is('URIS') && cursor.isSymbol('=', 1) && cursor.peek(3).kind === 'string')
      source = [{ text: cursor.peek(3).text, quoted: true }];
    cursor.next();
  }
  return { ...emptyInsert, target, query: loaded(source), loads: true };
}

/** Hive: `IMPORT [EXTERNAL] TABLE t FROM 'path'`; Db2: `IMPORT FROM 'path' OF DEL INSERT INTO t`. */
export function parseImport(cursor: Cursor): Statement {
  cursor.next();
  if (cursor.is('INTO')) return parseExchangeIn(cursor);
  cursor.take('EXTERNAL');
  let target = cursor.take('TABLE') ? parseTableName(cursor) : null;
  let source: TableName | null = null;
  while (!cursor.atEnd) {
    if (cursor.take('FROM')) source = locationHere(cursor);
    else if (cursor.take('INSERT', 'INTO')) target = parseTableName(cursor);
    else cursor.next();
  }
  return target === null ? { kind: 'none' } : { ...emptyInsert, target, query: loaded(source), loads: true };
}

/** T-SQL: `BULK INSERT t FROM 'file'`. */
export function parseBulk(cursor: Cursor): Statement {
  cursor.next();
  if (!cursor.take('INSERT')) {
    rest(cursor);
    return { kind: 'none' };
  }
  const target = parseTableName(cursor);
  const source = cursor.take('FROM') ? locationHere(cursor) : null;
  rest(cursor);
  return { ...emptyInsert, target, query: loaded(source), loads: true };
}
