import { givenInputs } from './pieced-item.ts';
import { evaluate } from './expression.ts';
import { merge } from './inputs.ts';
import { column, unite } from './rowset.ts';
import { expandStar } from './star.ts';
import type { Expr } from '../ast/nodes.ts';
import type { ColumnSlot, Rowset } from './rowset.ts';
import type { Scope } from './scope.ts';

/** Oracle: `VALUES record`, `VALUES collection(i)` stand for a whole row. */
function recordNamed(expr: Expr | undefined, scope: Scope): Rowset | null {
  const name =
    expr?.kind === 'call'
      ? expr.name
      : expr?.kind === 'column' && expr.parts.length === 1
        ? expr.parts[0]?.text
        : undefined;
  return name === undefined ? null : scope.context.around.record(name);
}

/** The columns of VALUES: those of a position together, named by it. */
export function resolveValues(rows: readonly (readonly Expr[])[], scope: Scope): Rowset {
  const record = rows.length === 1 && rows[0]?.length === 1 ? recordNamed(rows[0][0], scope) : null;
  if (record !== null) return record;
  if (rows.some((row) => row.some((expr) => expr.kind === 'star'))) return withStars(rows, scope);
  const width = rows[0]?.length ?? 0;
  const slots: ColumnSlot[] = [];
  for (let at = 0; at < width; at++) {
    const members = rows.map((row) => row[at]).filter((member) => member !== undefined && member.kind !== 'literal');
    slots.push(column(`column${at + 1}`, merge(...members.map((member) => givenInputs(member, scope))), false));
  }
  return slots;
}

/** PostgreSQL: `VALUES (now(), record.*)`: a star stands for as many columns as the record has. */
function withStars(rows: readonly (readonly Expr[])[], scope: Scope): Rowset {
  const rowsets = rows.map((row) =>
    row
      .flatMap((expr) => (expr.kind === 'star' ? expandStar(expr, scope) : [column('', evaluate(expr, scope))]))
      .map((slot, at) => (slot.kind === 'tail' ? slot : { ...slot, name: `column${at + 1}`, named: false })),
  );
  return unite(rowsets, false);
}
