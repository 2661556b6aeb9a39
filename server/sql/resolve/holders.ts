import { findColumn } from './rowset.ts';
import type { Bound, Scope } from './scope.ts';

/** The relations that are known to have a column of that name; one that answers to any case only where no other does. */
export function holders(scope: Scope, name: string): readonly Bound[] {
  const found = scope.relations.filter((bound) => !bound.hidden && findColumn(bound.rowset, name) !== null);
  if (found.length < 2 || scope.context.dialect.twins === null) return found;
  const lower = name.toLowerCase();
  const exact = found.filter((bound) => findColumn(bound.rowset, name)?.name.toLowerCase() === lower);
  return exact.length > 0 ? exact : found;
}
