import { quiet } from './outcome.ts';
import { evaluate } from '../resolve/expression.ts';
import { newScope } from '../resolve/scope.ts';
import { column } from '../resolve/rowset.ts';
import type { ColumnDefinition, Expr, Statement } from '../ast/nodes.ts';
import type { Input } from '../resolve/inputs.ts';
import type { Outcome } from './outcome.ts';
import type { ColumnSlot, Rowset, Slot } from '../resolve/rowset.ts';
import type { Session } from './session.ts';
import type { StatementContext } from '../resolve/context.ts';

type Alter = Extract<Statement, { kind: 'alter' }>;

/** What a computed column is made from, over the columns of its table. */
export function computedFrom(expr: Expr, rowset: Rowset, context: StatementContext): readonly Input[] {
  const scope = newScope(context, null, null);
  scope.relations.push({ alias: null, path: [], rowset, table: null, generator: false, hidden: false });
  return evaluate(expr, scope);
}

/** ALTER TABLE and COMMENT ON: what is known of the columns from here on, and what computed ones are made from. */
export function performAlter(statement: Alter, session: Session, context: StatementContext): Outcome {
  const name = session.nameOf(statement.table);
  const into: string[] = [];
  for (const change of statement.changes) {
    const isAdded =
      change.type === 'add' &&
      session.filled.of(name)?.rowset.some((slot) => isCalled(slot, change.column.name)) !== true;
    if (change.type === 'compute') session.selfFilled.alter(name, change);
    else session.alter(name, [change]);
    if (change.type === 'compute' || isAdded) into.push(...compute(name, change.column, session, context));
  }
  return { ...quiet, into };
}

/** Puts the edges into a computed column, and in a table that the text filled what it holds; gives the tables written. */
function compute(name: string, item: ColumnDefinition, session: Session, context: StatementContext): readonly string[] {
  if (item.computed === null) return [];
  const inputs = computedFrom(item.computed, session.look(name).rowset, context);
  session.write(name);
  session.flow(name, item.name, inputs);
  const filled = session.filled.of(name);
  if (filled !== undefined)
    filled.rowset = filled.rowset.map((slot) => (isCalled(slot, item.name) ? column(slot.name, inputs) : slot));
  return [name];
}

function isCalled(slot: Slot, name: string): slot is ColumnSlot {
  return slot.kind === 'column' && slot.name.toLowerCase() === name.toLowerCase();
}
