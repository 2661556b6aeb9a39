import { mapExpression } from '../ast/map-expression.ts';
import { isBareGap, isSqlGap } from '../text/gap-name.ts';
import { evaluate } from './expression.ts';
import { column, tail } from './rowset.ts';
import type { Expr, SelectItem } from '../ast/nodes.ts';
import type { Input } from './inputs.ts';
import type { Rowset } from './rowset.ts';
import type { Scope } from './scope.ts';

/** Said where such columns are met. */
export const piecedColumns = 'columns of a text that is put together at run time are not known';

/**
 * A select item of a text that is put together at run time, with a part in it that is not constant: a column, several, or an
 * expression over them. What it is made from is not known, least of all from where its name was read. Null: there is no such part.
 */
export function piecedItem({ expr, alias }: SelectItem, scope: Scope): Rowset | null {
  if (!hasGap(expr, isBareGap)) return null;
  scope.context.around.partial(piecedColumns);
  return alias === null && expr.kind === 'variable' ? [tail([])] : [column(alias?.text ?? '_col', [], alias !== null)];
}

/**
 * What a column is given by UPDATE, VALUES or MERGE. With a piece of SQL in it that was put into the text, it is not known, least
 * of all from where that piece was read; a number that is put in is a value like any other.
 */
export function givenInputs(expr: Expr, scope: Scope): readonly Input[] {
  if (!hasGap(expr, isSqlGap)) return evaluate(expr, scope);
  scope.context.around.partial('an expression of a text that is put together at run time is not known');
  return [];
}

function hasGap(expr: Expr, isIt: (name: string) => boolean): boolean {
  let found = false;
  mapExpression(expr, (part) => {
    found ||= part.kind === 'variable' && isIt(part.name);
    return null;
  });
  return found;
}
