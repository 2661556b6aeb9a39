import type { Expr } from './nodes.ts';

/** An expression with its parts replaced: `change` gives what stands for a part, null to go into it. Subqueries stay. */
export function mapExpression(expr: Expr, change: (part: Expr) => Expr | null): Expr {
  const changed = change(expr);
  if (changed !== null) return changed;
  const inner = (part: Expr): Expr => mapExpression(part, change);
  switch (expr.kind) {
    case 'call':
      return {
        ...expr,
        args: expr.args.map(inner),
        filter: expr.filter === null ? null : inner(expr.filter),
        order: expr.order.map(inner),
      };
    case 'case':
      return { ...expr, conditions: expr.conditions.map(inner), values: expr.values.map(inner) };
    case 'cast':
    case 'in':
      return { ...expr, arg: inner(expr.arg), ...(expr.kind === 'in' ? { list: expr.list.map(inner) } : {}) };
    case 'window': {
      const { over } = expr;
      return {
        ...expr,
        call: inner(expr.call),
        over: { ...over, partition: over.partition.map(inner), order: over.order.map(inner) },
      };
    }
    case 'field':
      return { ...expr, base: inner(expr.base) };
    case 'lambda':
      return { ...expr, body: inner(expr.body) };
    case 'named':
      return { ...expr, value: inner(expr.value) };
    default:
      return expr;
  }
}
