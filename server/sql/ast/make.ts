import type { CallExpr, Expr } from './nodes.ts';

/** Stands for a value that no column feeds. */
export const nothing: Expr = { kind: 'literal', type: 'other', value: '' };

/** A function or operator over its arguments. */
export function call(name: string, args: readonly Expr[], more: Partial<CallExpr> = {}): CallExpr {
  return { kind: 'call', name: name.toUpperCase(), args, distinct: false, filter: null, order: [], ...more };
}
