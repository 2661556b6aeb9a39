import type { Expr, SelectQuery, WindowSpec } from '../ast/nodes.ts';

/** A window with the keys of the one it names. */
function builtOn(spec: WindowSpec, specs: ReadonlyMap<string, WindowSpec>): WindowSpec {
  const base = spec.name === null ? undefined : specs.get(spec.name.toLowerCase());
  if (base === undefined) return spec;
  return {
    name: base.name,
    partition: [...base.partition, ...spec.partition],
    order: [...base.order, ...spec.order],
  };
}

/** Puts the definition of `WINDOW w AS (…)` where `OVER w` stands. */
export function withWindows(query: SelectQuery): (expr: Expr) => Expr {
  if (query.windows.length === 0) return (expr) => expr;
  const specs = new Map<string, WindowSpec>();
  // A window may build on one before it, never on a later one.
  for (const { name, spec } of query.windows) specs.set(name.toLowerCase(), builtOn(spec, specs));
  const visit = (expr: Expr): Expr => {
    if (expr.kind === 'window') {
      return { ...expr, over: builtOn(expr.over, specs) };
    }
    if (expr.kind === 'call') return { ...expr, args: expr.args.map(visit) };
    if (expr.kind === 'cast') return { ...expr, arg: visit(expr.arg) };
    if (expr.kind === 'case')
      return { ...expr, conditions: expr.conditions.map(visit), values: expr.values.map(visit) };
    return expr;
  };
  return visit;
}
