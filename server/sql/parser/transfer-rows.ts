import { emptySelect } from '../ast/empty-select.ts';
import type { Cursor } from './cursor.ts';
import type { Name, Query, Relation, TableName } from '../ast/nodes.ts';

/** A query in parentheses. */
export function bracketed(cursor: Cursor): Query {
  cursor.expectSymbol('(');
  const query = cursor.grammar.query(cursor);
  cursor.skipToClose();
  cursor.expectSymbol(')');
  return query;
}

/** All columns of a table or a location, or those named. */
export function everything(name: TableName, columns: readonly Name[] = []): Query {
  const relation: Relation = { kind: 'table', name, alias: null, columnAliases: [] };
  if (columns.length === 0) return { kind: 'relation', with: [], relation };
  const items = columns.map(
    (column) => ({ expr: { kind: 'column', parts: [column] }, alias: null, aliases: [] }) as const,
  );
  return { ...emptySelect, items, from: relation };
}

/** Rows of a location go into a table; which column goes where is not in the text, only that they do. */
export function loaded(name: TableName | null): Query | null {
  if (name === null) return null;
  const relation: Relation = { kind: 'table', name, alias: null, columnAliases: [] };
  return { ...emptySelect, from: relation };
}
