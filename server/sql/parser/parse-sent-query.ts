import { ansiDialect } from '../dialect/dialects.ts';
import { tableOfServer } from '../dialect/table-names.ts';
import { placedNames } from '../ast/placed-names.ts';
import { closeParens } from './parse-parts.ts';
import { Cursor, SqlSyntaxError } from './cursor.ts';
import { isName, unnamed } from './relation-parts.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Query, Relation, TableName } from '../ast/nodes.ts';

/**
 * A query that another server runs: BigQuery's `EXTERNAL_QUERY('project.location.connection', 'SELECT …')` and T-SQL's
 * `OPENQUERY(server, 'SELECT …')`. Its tables bear the name of the connection or server in front, as T-SQL's four parts do
 * ("Multipart names"). Null, with nothing taken: something else, or a text that is not understood.
 */
export function parseSentQuery(cursor: Cursor, name: string): Relation | null {
  const { dialect } = cursor;
  if (name === 'EXTERNAL_QUERY' && dialect.quotedPath) return sentTo(cursor, [ansiDialect, dialect], connection);
  if (name === 'OPENQUERY' && dialect.looseStatements) return sentTo(cursor, [dialect, ansiDialect], linkedServer);
  return null;
}

/** Takes what names the other side; gives the full name of a table there. */
type ReadPlace = (cursor: Cursor) => ((table: TableName) => TableName) | null;

const connection: ReadPlace = (cursor) => {
  const { kind, text } = cursor.next();
  const parts = text.split('.').map((part) => ({ text: part, quoted: false }));
  return kind === 'string' ? (table) => [...parts, ...table] : null;
};

const linkedServer: ReadPlace = (cursor) => {
  if (!isName(cursor)) return null;
  const server = cursor.name();
  return (table) => tableOfServer(server, table);
};

function sentTo(cursor: Cursor, dialects: readonly Dialect[], readPlace: ReadPlace): Relation | null {
  const mark = cursor.mark();
  cursor.expectSymbol('(');
  const place = readPlace(cursor);
  const text = place !== null && cursor.takeSymbol(',') ? cursor.next() : null;
  const query = text?.kind === 'string' ? wholeQuery(text.text, dialects, cursor) : null;
  if (place === null || query === null) {
    cursor.reset(mark);
    return null;
  }
  // BigQuery: options of the connection.
  while (!cursor.atEnd && !cursor.isSymbol(')')) cursor.next();
  closeParens(cursor);
  return { kind: 'query', query: placedNames(query, place), lateral: false, ...unnamed };
}

/** A query that is sent to the other side of a connection, its tables under the connection's name; null: it is not understood. */
export function queryOver(cursor: Cursor, text: string, front: TableName): Query | null {
  const query = wholeQuery(text, [cursor.dialect, ansiDialect], cursor);
  return query === null ? null : placedNames(query, (table) => [...front, ...table]);
}

function wholeQuery(text: string, dialects: readonly Dialect[], { grammar }: Cursor): Query | null {
  for (const dialect of dialects) {
    try {
      const inner = new Cursor(text, dialect, grammar);
      const query = grammar.query(inner);
      inner.takeSymbol(';');
      if (inner.atEnd && inner.skipped === 0) return query;
    } catch (error) {
      if (!(error instanceof SqlSyntaxError)) throw error;
    }
  }
  return null;
}
