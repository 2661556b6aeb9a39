import { findColumn } from './rowset.ts';
import { namedRelation } from './named-relation.ts';
import { namedValue } from './scope.ts';
import type { Name } from '../ast/nodes.ts';
import type { ColumnSlot } from './rowset.ts';
import type { Scope } from './scope.ts';

/** The column that the first parts of a reference name, and the members that the other parts lead to. */
export interface FoundSlot {
  readonly slot: ColumnSlot;
  readonly rest: readonly string[];
}

/** The same search as for what a reference is made from, for the column itself; null where no single known column is meant. */
export function findSlot(parts: readonly Name[], scope: Scope): FoundSlot | null {
  const texts = parts.map((part) => part.text);
  for (let at: Scope | null = scope; at !== null && parts.length > 1; at = at.parent) {
    const named = namedRelation(parts, at);
    if (named === null) continue;
    const slot = findColumn(named.bound.rowset, texts[named.used] ?? '');
    return slot === null ? null : { slot, rest: texts.slice(named.used + 1) };
  }
  const [first, ...rest] = texts;
  if (first === undefined) return null;
  const [field, ...further] = rest;
  const record = field === undefined ? null : scope.context.around.record(first);
  if (record !== null && field !== undefined) {
    const slot = findColumn(record, field);
    return slot === null ? null : { slot, rest: further };
  }
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const slot = slotHere(first, at);
    if (slot !== null) return { slot, rest };
  }
  return null;
}

/** The one column of that name, or the select item of that alias. */
function slotHere(name: string, scope: Scope): ColumnSlot | null {
  if (scope.parameters?.has(name.toLowerCase()) === true) return null;
  const found = scope.relations.flatMap((bound) => (bound.hidden ? [] : (findColumn(bound.rowset, name) ?? [])));
  if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null;
  return namedValue(name, scope) ?? null;
}
