import { mapExpression } from '../ast/map-expression.ts';
import { chosenName } from './column-choice.ts';
import { evaluate, withParameters } from './expression.ts';
import { column, own, tail } from './rowset.ts';
import { expandStar } from './star.ts';
import type { Expr, Name, StarExpr } from '../ast/nodes.ts';
import type { Input } from './inputs.ts';
import type { Slot } from './rowset.ts';
import type { Scope } from './scope.ts';

/**
 * `max(COLUMNS('a.*'))`: a select item that is carried out once for each column that COLUMNS takes; null for any other item.
 * DuckDB names the results after the columns, ClickHouse after the whole expression. `place`: of the item in its list.
 */
export function eachColumn(expr: Expr, alias: Name | null, place: number, scope: Scope): readonly Slot[] | null {
  const stars = eachStars(expr);
  const [first] = stars;
  if (first === undefined) return null;
  const lists = new Map(stars.map((star) => [star, expandStar(star, scope)]));
  const width = Math.max(...[...lists.values()].map((slots) => slots.length));
  return Array.from({ length: width }, (_, at): Slot => {
    const inputs = evaluateWith(expr, new Map([...lists].map(([star, slots]) => [star, slots[at]])), scope);
    const slot = lists.get(first)?.[at];
    if (slot?.kind !== 'column') return tail([], inputs);
    if (alias !== null) return column(chosenName(first, alias.text, slot.name), inputs);
    const isNamed = expr === first || scope.context.dialect.prefixAliases;
    return column(isNamed ? slot.name : `_col${place}_${at}`, inputs, isNamed);
  });
}

function eachStars(expr: Expr): readonly StarExpr[] {
  const found: StarExpr[] = [];
  mapExpression(expr, (part) => {
    if (part.kind === 'star' && part.isEach === true) found.push(part);
    return null;
  });
  return found;
}

/** The expression with one column of each star in the star's place. */
function evaluateWith(expr: Expr, slots: ReadonlyMap<StarExpr, Slot | undefined>, scope: Scope): readonly Input[] {
  const given = new Map<string, readonly Input[]>();
  const filled = mapExpression(expr, (part) => {
    if (part.kind !== 'star' || !slots.has(part)) return null;
    const name = `\u0000${given.size}`;
    given.set(name, inputsOf(slots.get(part)));
    return { kind: 'column', parts: [{ text: name, quoted: true }] };
  });
  return evaluate(filled, withParameters(scope, given));
}

function inputsOf(slot: Slot | undefined): readonly Input[] {
  if (slot === undefined) return [];
  return slot.kind === 'column' ? slot.inputs : [...slot.tables.map((table) => own(table, '*')), ...slot.inputs];
}
