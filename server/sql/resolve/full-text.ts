import { apply, merge } from './inputs.ts';
import { column, inputsNamed, own, wholeRow } from './rowset.ts';
import type { Relation } from '../ast/nodes.ts';
import type { Rowset } from './rowset.ts';
import type { Scope } from './scope.ts';

/**
 * T-SQL's CONTAINSTABLE and FREETEXTTABLE: a row for each hit, with the key of its full-text index and its rank ("CONTAINSTABLE",
 * "Table Returned"). What is searched filters; which column the key is only the index says. Null for any other function.
 */
export function fullTextHits({ name, args }: Extract<Relation, { kind: 'function' }>, scope: Scope): Rowset | null {
  const [table, ...columns] = args;
  if (!/^(?:CONTAINSTABLE|FREETEXTTABLE)$/.test(name) || table?.kind !== 'query') return null;
  const rows = scope.context.subquery(table.query, scope);
  const whole = wholeRow(rows);
  const searched = merge(
    ...columns.map((expr) => (expr.kind === 'column' ? inputsNamed(rows, expr.parts.at(-1)?.text ?? '') : whole)),
  );
  scope.context.use('FILTER', searched);
  const tables = [...new Set(whole.map((input) => input.table))];
  const rank = apply(searched, { kind: 'TRANSFORMATION', effect: 'drop', fn: name });
  return [column('KEY', merge(tables.map((from) => own(from, '*')))), column('RANK', rank)];
}
