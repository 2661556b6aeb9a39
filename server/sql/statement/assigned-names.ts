import { column, findColumn, inputsNamed, isOpen } from '../resolve/rowset.ts';
import type { Scope } from '../resolve/scope.ts';

/**
 * What a statement assigns to, its table has, though not all of its columns may be known: a bare name among them is no column of
 * another table, or the statement would be ambiguous.
 */
export function knowAssigned(scope: Scope, table: string, names: readonly string[]): void {
  const at = scope.relations.findIndex((bound) => bound.table === table && !bound.hidden);
  const bound = scope.relations[at];
  if (bound === undefined || !isOpen(bound.rowset)) return;
  const fresh = new Set(names.filter((name) => name !== '' && findColumn(bound.rowset, name) === null));
  const known = [...fresh].map((name) => column(name, inputsNamed(bound.rowset, name)));
  if (known.length > 0) scope.relations[at] = { ...bound, rowset: [...known, ...bound.rowset] };
}
