import { apply, merge, steer } from './inputs.ts';
import { findRule, unlisted } from '../functions/function-table.ts';
import { resolveColumn } from './scope.ts';
import { wholeRow } from './rowset.ts';
import type { CallExpr, Expr, WindowSpec } from '../ast/nodes.ts';
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
    case 'field':
      return apply(evaluate(expr.base, scope), { kind: 'TRANSFORMATION', effect: 'keep', fn: '' });
    case 'named':
      return evaluate(expr.value, scope);
    case 'lambda':
      return evaluate(expr.body, withParameters(scope, expr.params, []));
    default:
      return expr.base === null ? evaluateStar(expr.qualifier.at(-1)?.text ?? null, scope) : evaluate(expr.base, scope);
  }
}

const caseStep: Step = { kind: 'TRANSFORMATION', effect: 'keep', fn: 'CASE' };
const castStep: Step = { kind: 'TRANSFORMATION', effect: 'keep', fn: 'CAST' };

export function evaluateAll(exprs: readonly Expr[], scope: Scope): readonly Input[] {
  return merge(...exprs.map((expr) => evaluate(expr, scope)));
}

function evaluateStar(qualifier: string | null, scope: Scope): readonly Input[] {
  const bound = scope.relations.filter(
    (relation) => qualifier === null || relation.alias?.toLowerCase() === qualifier.toLowerCase(),
  );
  return merge(...bound.map((relation) => wholeRow(relation.rowset)));
}

function withParameters(scope: Scope, names: readonly string[], inputs: readonly Input[]): Scope {
  const parameters = new Map(scope.parameters);
  for (const name of names) parameters.set(name.toLowerCase(), inputs);
  return { ...scope, parameters };
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
  return merge(apply(value, { kind: 'TRANSFORMATION', effect: 'keep', fn: 'IN' }), steer(inner, 'CONDITIONAL'));
}

function evaluateCall(expr: CallExpr, scope: Scope): readonly Input[] {
  const rule = findRule(expr.name) ?? unlisted;
  const step: Step = { kind: rule.kind, effect: rule.effect, fn: expr.name };
  const lambdas = expr.args.filter((arg) => arg.kind === 'lambda');
  const plain = expr.args.filter((arg) => arg.kind !== 'lambda');
  const values = evaluateAll(plain, scope);
  const bodies = lambdas.map((lambda) => evaluate(lambda.body, withParameters(scope, lambda.params, values)));
  const order = evaluateAll(expr.order, scope);
  const valued = plain.length === 0 || /^PERCENTILE|^MODE$/.test(expr.name) ? order : [];
  if (valued.length === 0) scope.context.use('SORT', order);
  const condition = expr.filter === null ? [] : evaluate(expr.filter, scope);
  return merge(apply(merge(values, valued, ...bodies), step), steer(condition, 'CONDITIONAL'));
}
