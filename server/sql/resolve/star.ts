import { chosenSlots } from './column-choice.ts';
import { evaluate, withParameters } from './expression.ts';
import { apply, merge } from './inputs.ts';
import { column, tail, throughTail, wholeRow } from './rowset.ts';
import { likeSource } from '../text/like-pattern.ts';
import { shapeOf } from './members.ts';
import { starOrder } from './star-order.ts';
import type { Expr, Name, StarExpr } from '../ast/nodes.ts';
import type { Step } from './inputs.ts';
import type { Rowset, Slot } from './rowset.ts';
import type { Bound, Scope } from './scope.ts';

/** The columns that a star stands for, after its changes. */
export function expandStar(star: StarExpr, scope: Scope): readonly Slot[] {
  return applied(star, changedSlots(star, scope), scope);
}

function changedSlots(star: StarExpr, scope: Scope): readonly Slot[] {
  const shown = star.base !== null ? memberSlots(star.base, scope) : starSlots(star, scope);
  const all = chosenSlots(star, shown, scope);
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
  return new RegExp(`^${likeSource(like)}$`, 'i');
}

/** ClickHouse: what APPLY does to each column; the results are named after the call. */
function applied(star: StarExpr, slots: readonly Slot[], scope: Scope): readonly Slot[] {
  return (star.applied ?? []).reduce<readonly Slot[]>(
    (before, { name, params, body }) =>
      before.map((slot) => {
        const given = slot.kind === 'column' ? slot.inputs : wholeRow([slot]);
        const inputs = evaluate(
          body,
          withParameters(scope, new Map(params.map((param) => [param.toLowerCase(), given]))),
        );
        if (slot.kind === 'tail') return tail([], inputs);
        return name === '' ? column(slot.name, inputs, false) : column(`${name}(${slot.name})`, inputs);
      }),
    slots,
  );
}

function starSlots(star: StarExpr, scope: Scope): readonly Slot[] {
  if (star.qualifier.length > 0) {
    const row = rowNamed(star.qualifier, scope);
    if (row !== null) return row;
    const whole: Expr = { kind: 'column', parts: star.qualifier };
    return memberSlots(whole, scope, { kind: 'TRANSFORMATION', effect: 'keep', fn: '' });
  }
  return starOrder(scope);
}

/** `(struct).*`: its members, or a stretch of unknown ones that its columns feed. */
function memberSlots(expr: Expr, scope: Scope, step?: Step): readonly Slot[] {
  // A query's columns are known once it was read.
  if (expr.kind === 'query') evaluate(expr, scope);
  const members = shapeOf(expr, scope, evaluate) ?? (expr.kind === 'column' ? rowNamed(expr.parts, scope) : null);
  if (members !== null) return members;
  const inputs = evaluate(expr, scope);
  if (step === undefined) return [tail([], inputs)];
  return inputs.length === 0 ? [] : [tail([], apply(inputs, step))];
}

/** The columns of a relation, or else of a record variable. */
function rowNamed(parts: readonly Name[], scope: Scope): Rowset | null {
  const [first, second] = parts;
  if (first === undefined) return null;
  const record = second === undefined ? scope.context.around.record(first.text) : null;
  return findQualified(parts, scope)?.rowset ?? record;
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
