import { resolveColumn } from './scope.ts';
import { literalShape } from '../text/literal-shape.ts';
import type { Expr } from '../ast/nodes.ts';
import type { UsageSignal } from '../sql-lineage.ts';
import type { Input } from './inputs.ts';
import type { Scope } from './scope.ts';

/** How columns are used, gathered from one text: shapes and names, never a literal. */
export class UsageLog {
  readonly #signals = new Map<string, UsageSignal>();

  add(signal: UsageSignal): void {
    this.#signals.set(JSON.stringify(signal), signal);
  }

  get signals(): readonly UsageSignal[] {
    return [...this.#signals.values()];
  }
}

const comparisons = new Set([
  '=',
  '<>',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '<=>',
  'LIKE',
  'ILIKE',
  'RLIKE',
  'REGEXP',
  'BETWEEN',
]);

/** Notes what a condition compares: columns with literals (their shapes), and columns with columns (joins). */
export function noteComparison(expr: Expr, scope: Scope): void {
  const log = scope.context.around.usage;
  if (log === null) return;
  if (expr.kind === 'in') return noteLiterals([expr.arg], expr.list, scope, log);
  if (expr.kind !== 'call') return;
  if (expr.name === 'OR' || expr.name === 'AND' || expr.name === 'NOT') {
    for (const arg of expr.args) noteComparison(arg, scope);
    return;
  }
  if (!comparisons.has(expr.name)) return;
  noteLiterals(expr.args, expr.args, scope, log);
  const [left, right] = expr.args;
  if (expr.name !== '=' || left?.kind !== 'column' || right?.kind !== 'column') return;
  for (const a of plain(left, scope))
    for (const b of plain(right, scope))
      if (a.table !== b.table) log.add({ type: 'join', left: refOf(a), right: refOf(b) });
}

function noteLiterals(columns: readonly Expr[], values: readonly Expr[], scope: Scope, log: UsageLog): void {
  const shapes = new Set(
    values.flatMap((value) => (value.kind === 'literal' && value.type !== 'other' ? [literalShape(value.value)] : [])),
  );
  if (shapes.size === 0) return;
  for (const column of columns.flatMap((expr) => plain(expr, scope)))
    for (const shape of shapes) log.add({ type: 'literal-shape', column: refOf(column), shape });
}

/** Notes a function applied to a column as it stands. */
export function noteFunction(name: string, args: readonly Expr[], scope: Scope): void {
  const log = scope.context.around.usage;
  if (log === null || !/^[A-Z]/.test(name)) return;
  for (const column of args.flatMap((arg) => plain(arg, scope)))
    log.add({ type: 'function', column: refOf(column), fn: name });
}

/** The table columns that a bare column reference stands for. */
function plain(expr: Expr, scope: Scope): readonly Input[] {
  if (expr.kind !== 'column') return [];
  return resolveColumn(expr.parts, scope).filter((input) => input.kind === 'IDENTITY' && input.column !== '*');
}

function refOf(input: Input): { readonly table: string; readonly column: string } {
  return { table: input.table, column: input.column };
}
