import { memberPathOf } from './json-path.ts';
import { column, findColumn, isOpen, lazily, meet } from './rowset.ts';
import { pickMember } from './slot-members.ts';
import { findSlot } from './find-slot.ts';
import { typeMembers } from './type-members.ts';
import type { CallExpr, Expr, Name } from '../ast/nodes.ts';
import { apply, merge } from './inputs.ts';
import type { Input, Step } from './inputs.ts';
import type { ColumnSlot, Rowset } from './rowset.ts';
import type { Scope } from './scope.ts';

/** Works out what a value is made from: handed in, because values hold structs that hold values. */
export type Evaluate = (expr: Expr, scope: Scope) => readonly Input[];

/** Values from pairs of a key and a value. */
const ofPairs = new Set(
  'NAMED_STRUCT OBJECT_CONSTRUCT OBJECT_CONSTRUCT_KEEP_NULL JSON_BUILD_OBJECT JSONB_BUILD_OBJECT JSON_OBJECT MAP MAP_FROM_ENTRIES VAR_MAP'.split(
    ' ',
  ),
);
/** Values that have the members of their first argument; of a list, those of its elements. */
const passing = new Set(
  (
    'TO_JSON TO_JSON_STRING TO_JSONB PARSE_JSON TRY_PARSE_JSON JSON_PARSE SAFE_PARSE_JSON TO_VARIANT TO_OBJECT AS_OBJECT JSON JSON_EXTRACT STRICT_CAST ' +
    'ARRAY_AGG LIST COLLECT_LIST COLLECT_SET JSON_AGG JSONB_AGG JSON_ARRAYAGG ARRAY_REVERSE ARRAY_DISTINCT FLATTEN UNNEST EXPLODE EXPLODE_OUTER SLICE ' +
    'ARRAY_SLICE ELEMENT_AT [] ARRAYJOIN'
  ).split(' '),
);
/** Functions that give one of their values, or a list of them, whole. */
const taking = new Set(
  'ANY_VALUE FIRST_VALUE LAST_VALUE LAG LEAD MAX_BY MIN_BY ARG_MAX ARG_MIN ARGMAX ARGMIN ANY ANYLAST ANYHEAVY GROUPARRAY GROUPUNIQARRAY'.split(
    ' ',
  ),
);
const choosing = new Set(['COALESCE', 'IFNULL', 'NVL', 'IF', 'IFF', 'IIF', 'NULLIF']);

/**
 * The members of a structured value that the statement itself puts together, or that a known type declares; null when they are
 * not known. A list has the members of its elements.
 */
export function shapeOf(expr: Expr, scope: Scope, evaluate: Evaluate): Rowset | null {
  switch (expr.kind) {
    case 'column': {
      const found = findSlot(expr.parts, scope);
      return found === null ? rowShape(expr.parts, scope) : walk(found.slot, found.rest);
    }
    case 'field': {
      const base = shapeOf(expr.base, scope, evaluate);
      const member = base === null ? null : pickMember(base, expr.name);
      return member?.members?.() ?? null;
    }
    case 'named':
      return shapeOf(expr.value, scope, evaluate);
    case 'window':
      return steered(shapeOf(expr.call, scope, evaluate), expr, scope, evaluate);
    case 'cast':
      return castShape(shapeOf(expr.arg, scope, evaluate), expr.type);
    case 'case':
      return steered(shapeOfAny(expr.values, scope, evaluate), expr, scope, evaluate);
    case 'query':
      return shapeOfRows(scope.context.lastRowset(expr.query) ?? scope.context.subquery(expr.query, scope));
    case 'call':
      return shapeOfCall(expr, scope, evaluate);
    default:
      return null;
  }
}

/** A relation's alias in place of a column is its whole row, with the columns for members. */
function rowShape([first, second]: readonly Name[], scope: Scope): Rowset | null {
  if (first === undefined || second !== undefined) return null;
  const lower = first.text.toLowerCase();
  const row = scope.relations.find(
    (bound) => bound.alias?.toLowerCase() === lower && (!bound.generator || findColumn(bound.rowset, lower) === null),
  );
  return row === undefined || isOpen(row.rowset) ? null : row.rowset;
}

/** `(SELECT struct …)`: of one column, its members; of several, a row of them. */
function shapeOfRows(rowset: Rowset | null): Rowset | null {
  const [only] = rowset ?? [];
  if (rowset === null || rowset.length > 1) return rowset;
  return only?.kind === 'column' ? (only.members?.() ?? null) : null;
}

function walk(slot: ColumnSlot, path: readonly string[]): Rowset | null {
  let members = slot.members?.() ?? null;
  for (const name of path) {
    if (members === null) return null;
    members = pickMember(members, name)?.members?.() ?? null;
  }
  return members;
}

/** Members with what steers the whole value. */
function steered(shape: Rowset | null, expr: Expr, scope: Scope, evaluate: Evaluate): Rowset | null {
  if (shape === null) return null;
  const steering = evaluate(expr, scope).filter(({ kind }) => kind === 'CONDITIONAL' || kind === 'WINDOW');
  return steering.length === 0 ? shape : shape.map((slot) => ({ ...slot, inputs: merge(slot.inputs, steering) }));
}

/** Values of which any may be taken; constants have no members. */
function shapeOfAny(values: readonly Expr[], scope: Scope, evaluate: Evaluate): Rowset | null {
  const filled = values.filter((value) => value.kind !== 'literal');
  // Rows of several relations meet by a type that the text does not show: what comes out stays one star.
  if (filled.length > 1 && filled.some((value) => value.kind === 'column' && rowShape(value.parts, scope) !== null))
    return null;
  return filled.length === 0 ? null : meet(filled.map((value) => shapeOf(value, scope, evaluate)));
}

function shapeOfCall(expr: CallExpr, scope: Scope, evaluate: Evaluate): Rowset | null {
  const { name, args } = expr;
  const member = (key: string, value: Expr): ColumnSlot => ({
    ...column(key, evaluate(value, scope)),
    members: lazily(() => shapeOf(value, scope, evaluate)),
  });
  if (name === 'STRUCT' || name === 'ROW' || name === 'TUPLE' || name === 'STRUCT_PACK' || name === 'OBJECT')
    return structMembers(args, scope, member);
  if (name === 'ARRAY') return shapeOfAny(args, scope, evaluate);
  if (ofPairs.has(name)) {
    const [only] = args;
    // `MAP {'a': x}`.
    if (name === 'MAP' && args.length === 1 && only !== undefined) return shapeOf(only, scope, evaluate);
    const pairs = pairsOf(args);
    return pairs?.map(([key, value]) => member(key, value)) ?? null;
  }
  if (choosing.has(name)) {
    const values = name.startsWith('I') && name !== 'IFNULL' ? args.slice(1) : args;
    return steered(shapeOfAny(values, scope, evaluate), expr, scope, evaluate);
  }
  const [taken] = args;
  if (taking.has(name) && taken !== undefined) {
    const step: Step = { kind: 'AGGREGATION', effect: 'keep', fn: name };
    const shape =
      shapeOf(taken, scope, evaluate)?.map((slot) => ({ ...slot, inputs: apply(slot.inputs, step) })) ?? null;
    return steered(shape, expr, scope, evaluate);
  }
  const way = memberPathOf(expr);
  if (way !== null) {
    const base = shapeOf(way.base, scope, evaluate);
    return base === null ? null : walk({ ...column('', []), members: () => base }, way.path);
  }
  const [first] = args;
  return passing.has(name) && first !== undefined ? shapeOf(first, scope, evaluate) : null;
}

/** `STRUCT(a, f(b) AS c, p.*)`: a star stands for the columns of its relation; null where it changes them. */
function structMembers(
  args: readonly Expr[],
  scope: Scope,
  member: (key: string, value: Expr) => ColumnSlot,
): Rowset | null {
  const slots = args.map((arg, at): Rowset | null => {
    if (arg.kind !== 'star') return [member(nameOf(arg) ?? `col${at + 1}`, arg.kind === 'named' ? arg.value : arg)];
    const changed = [arg.except, arg.replace, arg.rename, arg.tests ?? [], arg.names ?? [], arg.applied ?? []];
    if (arg.base !== null || arg.like !== null || changed.some((list) => list.length > 0)) return null;
    const qualifier = arg.qualifier.at(-1)?.text.toLowerCase();
    const named = scope.relations.filter(
      (bound) => qualifier === undefined || bound.alias?.toLowerCase() === qualifier,
    );
    return named.some((bound) => isOpen(bound.rowset)) ? null : named.flatMap((bound) => bound.rowset);
  });
  return slots.some((slot) => slot === null) ? null : slots.flatMap((slot) => slot ?? []);
}

/** The name that a member of STRUCT(…) has. */
function nameOf(expr: Expr): string | null {
  if (expr.kind === 'named') return expr.name;
  if (expr.kind === 'column') return expr.parts.at(-1)?.text ?? null;
  return expr.kind === 'field' ? expr.name : null;
}

/** Keys with their values; null when a key is not constant or a value is missing. */
function pairsOf(args: readonly Expr[]): readonly (readonly [string, Expr])[] | null {
  const pairs: [string, Expr][] = [];
  for (let at = 0; at < args.length; at += 2) {
    const [key, value] = [args[at], args[at + 1]];
    if (key?.kind !== 'literal' || value === undefined) return null;
    pairs.push([key.value, value]);
  }
  return pairs;
}

/** `CAST(ROW(a, b) AS ROW(x INT, y INT))`: members take the type's names by position. */
function castShape(shape: Rowset | null, type: string): Rowset | null {
  if (shape === null) return null;
  const names = typeMembers(type)?.map((member) => member.name) ?? [];
  const isNamed = names.length === shape.length;
  return shape.map((slot, at) => {
    const inputs = apply(slot.inputs, { kind: 'TRANSFORMATION', effect: 'keep', fn: 'CAST' });
    if (slot.kind === 'tail') return { ...slot, inputs };
    return { ...slot, inputs, name: isNamed ? (names[at] ?? slot.name) : slot.name };
  });
}
