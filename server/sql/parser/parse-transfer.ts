import { parseTableName } from './parse-arguments.ts';
import { emptyInsert } from './parse-change.ts';
import { parseColumnNames } from './parse-relation.ts';
import type { Cursor } from './cursor.ts';
import type { Query, Relation, Statement } from '../ast/nodes.ts';

function rest(cursor: Cursor): void {
  while (!cursor.atEnd) cursor.next();
}

function readAll(relation: Relation): Statement {
  return { kind: 'query', query: { kind: 'relation', with: [], relation } };
}

function bracketed(cursor: Cursor): Query {
  cursor.expectSymbol('(');
  const query = cursor.grammar.query(cursor);
  cursor.skipToClose();
  cursor.expectSymbol(')');
  return query;
}

/**
 * COPY: into a table from outside (PostgreSQL `COPY t FROM`, Redshift, Snowflake `COPY INTO t FROM @stage`), or out of a
 * table or query (`COPY t TO`, `COPY INTO @stage FROM t`).
 */
export function parseCopy(cursor: Cursor): Statement {
  cursor.next();
  const into = cursor.take('INTO');
  if (cursor.opensQuery()) {
    const query = bracketed(cursor);
    rest(cursor);
    return { kind: 'query', query };
  }
  const isOutside = cursor.isSymbol('@') || cursor.peek().text.startsWith('@') || cursor.peek().kind === 'string';
  if (into && isOutside) return parseCopyOut(cursor);
  const target = parseTableName(cursor);
  const columns = cursor.isSymbol('(') ? parseColumnNames(cursor) : [];
  if (cursor.is('TO')) {
    rest(cursor);
    return readAll({ kind: 'table', name: target, alias: null, columnAliases: [] });
  }
  const query = cursor.take('FROM') && cursor.opensQuery() ? bracketed(cursor) : null;
  rest(cursor);
  return { ...emptyInsert, target, columns, query };
}

function parseCopyOut(cursor: Cursor): Statement {
  while (!cursor.atEnd && !cursor.is('FROM')) cursor.next();
  if (!cursor.take('FROM')) return { kind: 'none' };
  if (cursor.opensQuery()) {
    const query = bracketed(cursor);
    rest(cursor);
    return { kind: 'query', query };
  }
  const relation: Relation = { kind: 'table', name: parseTableName(cursor), alias: null, columnAliases: [] };
  rest(cursor);
  return readAll(relation);
}

/** Redshift writes UNLOAD's query as a string, Athena and Trino in parentheses. */
export function parseUnload(cursor: Cursor): Statement {
  cursor.next();
  if (cursor.opensQuery()) {
    const query = bracketed(cursor);
    rest(cursor);
    return { kind: 'query', query };
  }
  const text = cursor.isSymbol('(') ? cursor.peek(1) : cursor.peek();
  rest(cursor);
  return text.kind === 'string' ? { kind: 'text', sql: text.text } : { kind: 'opaque', what: 'UNLOAD' };
}

/** BigQuery: `EXPORT DATA OPTIONS (…) AS SELECT …`. */
export function parseExport(cursor: Cursor): Statement {
  cursor.next();
  while (!cursor.atEnd && !cursor.is('AS')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  if (!cursor.take('AS')) return { kind: 'none' };
  return { kind: 'query', query: cursor.grammar.query(cursor) };
}

/** `LOAD DATA … INTO TABLE t`: rows from files outside. */
export function parseLoad(cursor: Cursor): Statement {
  cursor.next();
  while (!cursor.atEnd && !cursor.is('INTO') && !cursor.is('OVERWRITE')) cursor.next();
  if (cursor.atEnd) return { kind: 'none' };
  cursor.next();
  cursor.take('TABLE');
  const target = parseTableName(cursor);
  rest(cursor);
  return { ...emptyInsert, target };
}
