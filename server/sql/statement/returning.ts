import { resolveItemsOver } from '../resolve/query.ts';
import { column, tail } from '../resolve/rowset.ts';
import type { Bound, Scope } from '../resolve/scope.ts';
import type { Returning } from '../ast/nodes.ts';
import type { Rowset } from '../resolve/rowset.ts';

/** The changed rows as they were and as they are. */
interface BothRows {
  readonly old: Rowset;
  readonly new: Rowset;
}

/** The rows that RETURNING gives. In PostgreSQL it names the rows before and behind the change as well ("Returning Data from Modified Rows"). */
export function returnedRows({ returning, rowNames }: Returning, scope: Scope, rows: BothRows): Rowset {
  if (returning.length === 0 || !scope.context.dialect.returnsBothRows) return resolveItemsOver(returning, scope);
  const named = (which: 'old' | 'new'): Bound => ({
    alias: rowNames?.[which] ?? which,
    path: [],
    rowset: rows[which],
    table: null,
    generator: false,
    hidden: true,
  });
  return resolveItemsOver(returning, { ...scope, relations: [...scope.relations, named('old'), named('new')] });
}

/** The row that was not there before an INSERT, and is not behind a DELETE: all of it is NULL. */
export function noRow(rowset: Rowset): Rowset {
  return rowset.map((slot) => (slot.kind === 'column' ? column(slot.name, []) : tail([])));
}
