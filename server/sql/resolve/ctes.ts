import { renameColumns } from './rowset.ts';
import type { Name } from '../ast/nodes.ts';
import type { CteScope } from './context.ts';
import type { ColumnSlot, Rowset } from './rowset.ts';
import type { Scope } from './scope.ts';

/** The columns of the CTE of that name; null when none is in sight. */
export function findCte(name: Name, ctes: CteScope | null): Rowset | null {
  const wanted = name.text.toLowerCase();
  for (let entry = ctes; entry !== null; entry = entry.parent) {
    if (entry.valueIn !== null || entry.name.toLowerCase() !== wanted) continue;
    if (entry.rowset !== null) return entry.rowset;
    if (entry.busy) {
      if (entry.partial !== null) {
        entry.recursive = true;
        return renameColumns(entry.partial, entry.columns);
      }
      // Not recursive after all: a name that hides a table of the same name inside its own definition.
      continue;
    }
    entry.busy = true;
    try {
      entry.rowset = entry.resolve();
    } finally {
      entry.busy = false;
    }
    return entry.rowset;
  }
  return null;
}

/**
 * A value named in WITH over the relations of the query it belongs to; null when none of that name is in sight. `isOwn`: only
 * values of this scope's own WITH. Source: "WITH" in ClickHouse's documentation, a common scalar expression stands for itself
 * wherever its name is used.
 */
export function findValue(name: Name, scope: Scope, isOwn: boolean): ColumnSlot | null {
  const wanted = name.text.toLowerCase();
  const end = isOwn ? (scope.parent?.ctes ?? null) : null;
  for (let entry = scope.ctes; entry !== null && entry !== end; entry = entry.parent) {
    // A value inside its own definition is a column of that name.
    if (entry.valueIn === null || entry.busy || entry.name.toLowerCase() !== wanted) continue;
    const home = homeOf(entry, scope);
    const { relations } = home;
    const { seen } = entry;
    if (seen !== null && seen.relations === relations && seen.count === relations.length) return seen.slot;
    entry.busy = true;
    try {
      const slot = entry.valueIn(home);
      entry.rowset = [slot];
      entry.seen = { relations, count: relations.length, slot };
      return slot;
    } finally {
      entry.busy = false;
    }
  }
  return null;
}

/** The outermost scope around a use that sees the value and has relations: that of the query with the WITH. */
function homeOf(entry: CteScope, scope: Scope): Scope {
  let home = scope;
  for (let at = scope.parent; at !== null; at = at.parent) {
    if (!sees(at, entry)) break;
    if (at.relations.length > 0) home = at;
  }
  return home;
}

function sees(scope: Scope, wanted: CteScope): boolean {
  for (let entry = scope.ctes; entry !== null; entry = entry.parent) if (entry === wanted) return true;
  return false;
}
