import { evaluate } from './expression.ts';
import { apply, merge } from './inputs.ts';
import { column, tail, throughTail } from './rowset.ts';
import { starOrder } from './star-order.ts';
import type { Name, StarExpr } from '../ast/nodes.ts';
import type { Slot } from './rowset.ts';
import type { Bound, Scope } from './scope.ts';

/** The columns that a star stands for, after its changes. */
export function expandStar(star: StarExpr, scope: Scope): readonly Slot[] {
  const all = star.base !== null ? [tail([], evaluate(star.base, scope))] : starSlots(star, scope);
  const pattern = star.like === null ? null : likePattern(star.like);
  const slots = pattern === null ? all : all.filter((slot) => slot.kind === 'tail' || pattern.test(slot.name));
  const gone = new Set(star.except.map((name) => name.toLowerCase()));
  const renamed = new Map(star.rename.map(({ from, to }) => [from.toLowerCase(), to]));
  const replaced = new Map(star.replace.map(({ name, value }) => [name.toLowerCase(), evaluate(value, scope)]));
  if (gone.size + renamed.size + replaced.size === 0) return slots;
  const changed = slots.flatMap((slot): Slot[] => {
    if (slot.kind === 'tail')
      return [
        {
          ...slot,
          except: new Set([...slot.except, ...gone, ...renamed.keys(), ...replaced.keys()]),
        },
      ];
    const lower = slot.name.toLowerCase();
    if (gone.has(lower)) return [];
    const inputs = replaced.get(lower) ?? slot.inputs;
    return [column(renamed.get(lower) ?? slot.name, inputs)];
  });
  // Under a star of unknown width, the replaced and renamed columns still have known names.
  const present = new Set(changed.map((slot) => (slot.kind === 'column' ? slot.name.toLowerCase() : '')));
  const extra: Slot[] = [];
  const open = slots.filter((slot) => slot.kind === 'tail');
  if (open.length > 0) {
    for (const { name } of star.replace)
      if (!present.has(name.toLowerCase())) extra.push(column(name, replaced.get(name.toLowerCase()) ?? []));
    for (const { from, to } of star.rename)
      if (!present.has(to.toLowerCase()) && open.length === 1)
        extra.push(column(to, merge(...open.map((slot) => throughTail(slot, from)))));
  }
  return [...changed, ...extra];
}

/** A LIKE pattern as an expression over whole names. */
function likePattern(like: string): RegExp {
  const source = like
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/%+/g, '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 'i');
}

function starSlots(star: StarExpr, scope: Scope): readonly Slot[] {
  if (star.qualifier.length > 0) {
    const bound = findQualified(star.qualifier, scope);
    if (bound !== null) return [...bound.rowset];
    const inputs = evaluate({ kind: 'column', parts: star.qualifier }, scope);
    return inputs.length === 0 ? [] : [tail([], apply(inputs, { kind: 'TRANSFORMATION', effect: 'keep', fn: '' }))];
  }
  return starOrder(scope);
}

function findQualified(qualifier: readonly Name[], scope: Scope): Bound | null {
  const wanted = qualifier.map((part) => part.text.toLowerCase());
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const found = at.relations.find((bound) => {
      if (wanted.length === 1 && bound.alias?.toLowerCase() === wanted[0]) return true;
      const path = bound.path.map((part) => part.toLowerCase());
      return wanted.length > 1 && path.slice(-wanted.length).join('.') === wanted.join('.');
    });
    if (found !== undefined) return found;
  }
  return null;
}
