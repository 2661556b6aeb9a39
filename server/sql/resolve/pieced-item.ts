import { mapExpression } from '../ast/map-expression.ts';
import { isBareGap } from '../text/gap-name.ts';
import { column, tail } from './rowset.ts';
import type { Expr, SelectItem } from '../ast/nodes.ts';
import type { Rowset } from './rowset.ts';
import type { Scope } from './scope.ts';

/** Said where such columns are met. */
export const piecedColumns = 'columns of a text that is put together at run time are not known';

/**
 * A select item of a text that is put together at run time, with a part in it that is not constant: a column, several, or an
 * expression over them. What it is made from is not known, least of all from where its name was read. Null: there is no such part.
 */
export function piecedItem({ expr, alias }: SelectItem, scope: Scope): Rowset | null {
  if (!hasBareGap(expr)) return null;
  scope.context.around.partial(piecedColumns);
  return alias === null && expr.kind === 'variable' ? [tail([])] : [column(alias?.text ?? '_col', [], alias !== null)];
}

function hasBareGap(expr: Expr): boolean {
  let found = false;
  mapExpression(expr, (part) => {
    found ||= part.kind === 'variable' && isBareGap(part.name);
    return null;
  });
  return found;
}
