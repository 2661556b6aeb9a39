import { noteFunction } from './usage.ts';
import { apply, cutTo, merge, rejoined, steer } from './inputs.ts';
import { chosenSlots } from './column-choice.ts';
import { isMapping, lambdaParameters } from '../functions/lambda-roles.ts';
import { rolesOf } from '../functions/argument-roles.ts';
import { ruleOf } from '../functions/function-table.ts';
import { joinsParts } from '../../model/parts.ts';
import { pieceOf } from './pieces.ts';
import { memberPathOf } from './json-path.ts';
import { shapeOf } from './members.ts';
import { memberInputs, pickMember } from './slot-members.ts';
import { resolveColumn } from './scope.ts';
import { findColumn, tailsFor, throughTail, wholeRow } from './rowset.ts';
import type { CallExpr, Expr, StarExpr, WindowSpec } from '../ast/nodes.ts';
import type { Input, Step } from './inputs.ts';
import type { Scope } from './scope.ts';

/** The columns an expression's value is made from, and how. */
export function evaluate(expr: Expr, scope: Scope): readonly Input[] {
  switch (expr.kind) {
    case 'column':
      return resolveColumn(expr.parts, scope);
    case 'literal':
      return [];
    case 'variable':
      return scope.context.around.variable(expr.name) ?? [];
    case 'call':
      return evaluateCall(expr, scope);
    case 'case':
      return merge(
        ...expr.values.map((value) => apply(evaluate(value, scope), caseStep)),
        steer(evaluateAll(expr.conditions, scope), 'CONDITIONAL'),
      );
    case 'cast':
      return apply(evaluate(expr.arg, scope), castStep);
    case 'window':
      return merge(evaluate(expr.call, scope), steer(windowKeys(expr.over, scope), 'WINDOW'));
    case 'query':
      return evaluateQuery(expr, scope);
    case 'in':
      return evaluateIn(expr, scope);
    case 'field': {
      const member = recordMember(expr, scope);
      if (member !== null) return member;
      return apply(evaluate(expr.base, scope), { kind: 'TRANSFORMATION', effect: 'keep', fn: '' });
    }
    case 'named':
      return evaluate(expr.value, scope);
    case 'lambda':
      return evaluate(expr.body, withEach(scope, expr.params, []));
    default:
      return expr.base === null ? evaluateStar(expr, scope) : evaluate(expr.base, scope);
  }
}

/** PostgreSQL: `(t).a` is a column of t, unless a column is called t. */
function isRow(name: string, scope: Scope): boolean {
  const lower = name.toLowerCase();
  return (
    scope.relations.some((bound) => !bound.generator && bound.alias?.toLowerCase() === lower) &&
    scope.relations.every((bound) => findColumn(bound.rowset, name) === null)
  );
}

/** PL/SQL: `rows(i).mail`, a member of a collection of records; `(t).mail`, a column of a relation. */
function recordMember(expr: Extract<Expr, { kind: 'field' }>, scope: Scope): readonly Input[] | null {
  const { base, name } = expr;
  const members = shapeOf(base, scope, evaluate);
  const known = members === null ? null : pickMember(members, name);
  if (known !== null)
    return base.kind === 'call' && base.name === 'JSON_EXTRACT' ? apply(known.inputs, pathStep) : known.inputs;
  const [row] = base.kind === 'column' && base.parts.length === 1 ? base.parts : [];
  if (row !== undefined && isRow(row.text, scope)) return resolveColumn([row, { text: name, quoted: false }], scope);
  const record = base.kind === 'call' ? scope.context.around.record(base.name) : null;
  if (record === null) return null;
  const found = findColumn(record, name);
  return found?.inputs ?? merge(...tailsFor(record, name).map((slot) => throughTail(slot, name)));
}

const pathStep: Step = { kind: 'TRANSFORMATION', effect: 'keep', fn: 'JSON_EXTRACT' };
const caseStep: Step = { kind: 'TRANSFORMATION', effect: 'keep', fn: 'CASE' };
const castStep: Step = { kind: 'TRANSFORMATION', effect: 'keep', fn: 'CAST' };

/** The columns that several expressions are made from. */
export function evaluateAll(exprs: readonly Expr[], scope: Scope): readonly Input[] {
  return merge(...exprs.map((expr) => evaluate(expr, scope)));
}

function evaluateStar(star: StarExpr, scope: Scope): readonly Input[] {
  const qualifier = star.qualifier.at(-1)?.text.toLowerCase();
  const bound = scope.relations.filter(
    (relation) => qualifier === undefined || relation.alias?.toLowerCase() === qualifier,
  );
  const gone = new Set(star.except.map((name) => name.toLowerCase()));
  const record = bound.length === 0 && qualifier !== undefined ? scope.context.around.record(qualifier) : null;
  const rowsets = record === null ? bound.map((relation) => relation.rowset) : [record];
  const slots = rowsets.flatMap((rowset) => chosenSlots(star, rowset, scope));
  return merge(
    wholeRow(slots.filter((slot) => slot.kind === 'tail' || !gone.has(slot.name.toLowerCase()))),
    evaluateAll(
      star.replace.map(({ value }) => value),
      scope,
    ),
  );
}

/** The scope with what lambdas and the like name. Keys in lower case. */
export function withParameters(scope: Scope, given: ReadonlyMap<string, readonly Input[]>): Scope {
  return { ...scope, parameters: new Map([...(scope.parameters ?? []), ...given]) };
}

function withEach(scope: Scope, names: readonly string[], inputs: readonly Input[]): Scope {
  return withParameters(scope, new Map(names.map((name) => [name.toLowerCase(), inputs])));
}

function windowKeys(spec: WindowSpec, scope: Scope): readonly Input[] {
  return evaluateAll([...spec.partition, ...spec.order], scope);
}

function evaluateQuery(expr: Extract<Expr, { kind: 'query' }>, scope: Scope): readonly Input[] {
  const rowset = scope.context.subquery(expr.query, scope);
  if (expr.role === 'exists') return [];
  const [first] = rowset;
  if (first === undefined) return [];
  return rowset.length === 1 && first.kind === 'column' ? first.inputs : wholeRow(rowset);
}

function evaluateIn(expr: Extract<Expr, { kind: 'in' }>, scope: Scope): readonly Input[] {
  const value = merge(evaluate(expr.arg, scope), evaluateAll(expr.list, scope));
  const inner = expr.query === null ? [] : wholeRow(scope.context.subquery(expr.query, scope));
  return merge(apply(value, { kind: 'TRANSFORMATION', effect: 'partial', fn: 'IN' }), steer(inner, 'CONDITIONAL'));
}

function evaluateCall(expr: CallExpr, scope: Scope): readonly Input[] {
  // Names of columns for a table function to work on, not their values.
  if (expr.name === 'DESCRIPTOR') return [];
  // PL/SQL: an element of a collection.
  const element = scope.context.around.variable(expr.name);
  if (element !== null) return element;
  if (isCursorAttribute(expr, scope)) return [];
  if (expr.name === ':=') return evaluateSetting(expr, scope);
  const inlined = scope.context.around.inline(expr, scope);
  if (inlined !== null) return inlined;
  if (expr.name.startsWith('DICTGET')) return evaluateDictionary(expr, scope);
  noteFunction(expr.name, expr.args, scope);
  const member = constructedMember(expr, scope);
  if (member !== null) return member;
  const rule = ruleOf(expr, scope.context.dialect.name);
  const isCondition = isChoice(expr.name);
  const step: Step = { ...rule, fn: spokenName(expr.name) };
  const { values: valued, conditions } = rolesOf(expr, scope.context.dialect.name);
  const plain = valued.filter((arg) => arg.kind !== 'lambda');
  const each = putTogether(expr, plain, scope);
  const bodies = valued.flatMap((arg) =>
    arg.kind === 'lambda'
      ? [evaluate(arg.body, withParameters(scope, lambdaParameters(expr.name, arg.params, each)))]
      : [],
  );
  // DuckDB's `[f(x) FOR x IN list IF g(x)]`: the second one chooses.
  const isComprehension = expr.name === 'LIST_TRANSFORM' && bodies.length > 1;
  const values = bodies.length > 0 && isMapping(expr.name) ? [] : merge(...each);
  const order = evaluateAll(expr.order, scope);
  const isOrdered = plain.every((arg) => arg.kind === 'literal') && expr.order.length > 0;
  if (!isOrdered) scope.context.use('SORT', order);
  const steering = expr.filter === null ? conditions : [...conditions, expr.filter];
  const isFilter = filters.has(expr.name.replaceAll('_', ''));
  const giving = isFilter ? 0 : isComprehension ? 1 : bodies.length;
  const given = merge(values, isOrdered ? order : [], ...bodies.slice(0, giving));
  const result = apply(given, isCondition ? { ...step, fn: '' } : step);
  const deciding = merge(evaluateAll(steering, scope), ...bodies.slice(giving));
  return merge(isCondition ? apply(result, caseStep) : result, steer(deciding, 'CONDITIONAL'));
}

/** What stands in each place of a call, where pieces of a value are cut from it or put together again. */
function putTogether(expr: CallExpr, args: readonly Expr[], scope: Scope): readonly (readonly Input[])[] {
  const each = args.map((arg) => evaluate(arg, scope));
  const piece = pieceOf(expr);
  if (piece !== null) return each.map((inputs) => cutTo(inputs, piece));
  const places = joinsParts(spokenName(expr.name));
  return places === null ? each : rejoined(each, places);
}

/** MySQL: `@v := value` gives the value and keeps it ("User-Defined Variables"). */
function evaluateSetting({ args }: CallExpr, scope: Scope): readonly Input[] {
  const [variable, value] = args;
  const inputs = value === undefined ? [] : evaluate(value, scope);
  if (variable?.kind === 'variable') scope.context.around.assign(variable.name, inputs);
  return inputs;
}

/** PL/SQL: `c%NOTFOUND` asks how a cursor stands, not what its rows hold. */
function isCursorAttribute({ name, args }: CallExpr, scope: Scope): boolean {
  const [cursor, attribute] = args.map((arg) =>
    arg.kind === 'column' && arg.parts.length === 1 ? arg.parts[0]?.text : '',
  );
  return name === '%' && cursorAttributes.test(attribute ?? '') && scope.context.around.record(cursor ?? '') !== null;
}

const cursorAttributes = /^(?:FOUND|NOTFOUND|ISOPEN|ROWCOUNT)$/i;

/** Functions whose lambda says which elements stay. */
const filters = new Set(['FILTER', 'ARRAYFILTER', 'LISTFILTER', 'MAPFILTER', 'ARRAYFIRST', 'ARRAYLAST', 'FINDFIRST']);

/** `j->>'mail'`, `JSON_VALUE(j, '$.mail')`: a member of a value that the statement put together. */
function constructedMember(expr: CallExpr, scope: Scope): readonly Input[] | null {
  const way = memberPathOf(expr);
  if (way === null || way.path.length === 0) return null;
  const members = shapeOf(way.base, scope, evaluate);
  const [first, ...rest] = way.path;
  const found = members === null ? null : pickMember(members, first ?? '');
  if (found === null) return null;
  return apply(memberInputs(found, rest), { kind: 'TRANSFORMATION', effect: 'keep', fn: spokenName(expr.name) });
}

/** Operators by a word: the chain of functions is joined by a sign itself. */
function spokenName(name: string): string {
  return Object.hasOwn(spoken, name) ? (spoken[name] ?? name) : name;
}

const spoken: Readonly<Record<string, string>> = {
  '||': 'CONCAT',
  '+': 'ADD',
  '-': 'SUBTRACT',
  '*': 'MULTIPLY',
  '/': 'DIVIDE',
  '%': 'MOD',
  '=': 'EQUALS',
  '<>': 'NOT EQUALS',
  '!=': 'NOT EQUALS',
  '<=>': 'EQUALS',
  '<': 'LESS',
  '<=': 'LESS',
  '>': 'GREATER',
  '>=': 'GREATER',
  '->': 'JSON_EXTRACT',
  '#>': 'JSON_EXTRACT',
  '#>>': 'JSON_EXTRACT',
  '~': 'MATCHES',
  '~*': 'MATCHES',
  '!~': 'MATCHES',
  '!~*': 'MATCHES',
  '->>': 'JSON_EXTRACT',
  '[]': 'ELEMENT',
  '': '',
};

/** IF and its kin are CASE in other words. */
function isChoice(name: string): boolean {
  return (
    name === 'IF' || name === 'IIF' || name === 'IFF' || name === 'NVL2' || name === 'DECODE' || name === 'MULTIIF'
  );
}

/**
 * ClickHouse: `dictGet('dictionary', 'attribute', key)` gives an attribute of the dictionary. A literal becomes a column only
 * where the dictionary is known to have it.
 */
function evaluateDictionary(expr: CallExpr, scope: Scope): readonly Input[] {
  const [dictionary, attribute, ...keys] = expr.args;
  const name =
    dictionary?.kind === 'literal'
      ? dictionary.value.split('.').map((text) => ({ text, quoted: false }))
      : dictionary?.kind === 'column'
        ? dictionary.parts
        : null;
  const key = apply(evaluateAll(keys, scope), { kind: 'TRANSFORMATION', effect: 'keep', fn: expr.name });
  if (name === null) return key;
  const { rowset } = scope.context.around.read(name);
  const column = attribute?.kind === 'literal' ? findColumn(rowset, attribute.value) : null;
  return merge(
    key,
    column === null ? [] : apply(column.inputs, { kind: 'TRANSFORMATION', effect: 'keep', fn: expr.name }),
  );
}
