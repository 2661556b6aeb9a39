import { merge } from './inputs.ts';
import { column } from './rowset.ts';
import { columnOf } from './scope.ts';
import type { Slot } from './rowset.ts';
import type { Bound, Scope } from './scope.ts';

interface Shown {
  readonly bound: Bound;
  readonly slot: Slot;
  /** Lower case; empty for a stretch of unknown columns. */
  readonly name: string;
}

/**
 * What `*` shows, in its order: each USING or NATURAL column once, before the other columns of its join (SQL:2016, 7.10). MySQL
 * goes by the left side's order among them; DuckDB and SQLite leave them where the left side has them.
 */
export function starOrder(scope: Scope): readonly Slot[] {
  let shown = eachOnce(scope);
  const { joinedColumns } = scope.context.dialect;
  if (joinedColumns === 'in-place') return shown.map((item) => item.slot);
  for (const { names, relations } of scope.joins) {
    const inside = shown.filter((item) => relations.has(item.bound));
    const first = new Map<string, Shown>();
    for (const item of inside) if (names.includes(item.name) && !first.has(item.name)) first.set(item.name, item);
    const joined =
      joinedColumns === 'left-order' ? [...first.values()] : names.flatMap((name) => first.get(name) ?? []);
    const moved = new Set(joined);
    const start = shown.findIndex((item) => relations.has(item.bound));
    shown = [
      ...shown.slice(0, Math.max(start, 0)),
      ...joined,
      ...shown.slice(Math.max(start, 0)).filter((item) => !moved.has(item)),
    ];
  }
  return shown.map((item) => item.slot);
}

/** The columns of all relations as they stand; a joined column where it comes first. */
function eachOnce(scope: Scope): readonly Shown[] {
  const shown: Shown[] = [];
  const seen = new Set<string>();
  for (const bound of scope.relations) {
    if (bound.hidden) continue;
    for (const slot of bound.rowset) {
      const name = slot.kind === 'column' ? slot.name.toLowerCase() : '';
      const joined = slot.kind === 'column' ? scope.merged.get(name) : undefined;
      if (slot.kind !== 'column' || joined === undefined || !joined.has(bound)) shown.push({ bound, slot, name });
      else if (!seen.has(name)) {
        seen.add(name);
        const inputs = merge(...[...joined].map((one) => columnOf(one, name) ?? []));
        shown.push({ bound, slot: column(slot.name, inputs), name });
      }
    }
  }
  return shown;
}
