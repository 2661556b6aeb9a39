import { renameColumns } from './rowset.ts';
import type { Name } from '../ast/nodes.ts';
import type { CteScope } from './context.ts';
import type { Input } from './inputs.ts';
import type { Rowset } from './rowset.ts';

/** The columns of the CTE of that name; null when none is in sight. */
export function findCte(name: Name, ctes: CteScope | null): Rowset | null {
  const wanted = name.text.toLowerCase();
  for (let entry = ctes; entry !== null; entry = entry.parent) {
    if (entry.name.toLowerCase() !== wanted) continue;
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

/** A value named in WITH; null when none of that name is in sight. */
export function findValue(name: Name, ctes: CteScope | null): readonly Input[] | null {
  const wanted = name.text.toLowerCase();
  for (let entry = ctes; entry !== null; entry = entry.parent) {
    if (!entry.isValue || entry.name.toLowerCase() !== wanted) continue;
    entry.rowset ??= entry.resolve();
    return entry.rowset[0]?.inputs ?? [];
  }
  return null;
}
