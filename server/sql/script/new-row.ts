import { emit } from '../statement/outcome.ts';
import { column } from '../resolve/rowset.ts';
import type { Held } from '../statement/held.ts';
import type { Input } from '../resolve/inputs.ts';
import type { Rowset } from '../resolve/rowset.ts';
import type { Runner } from './runner.ts';
import type { Step } from './steps.ts';

/**
 * What a BEFORE trigger left in the new row goes into the trigger's table; columns that it did not set go there by the
 * statement that fired it. Source: "Overview of Trigger Behavior" (PostgreSQL), "Correlation Names and Pseudorecords" (Oracle),
 * "Trigger Syntax and Examples" (MySQL).
 */
export function writeNewRow(step: Extract<Step, { kind: 'new-row' }>, runner: Pick<Runner, 'parse' | 'session'>): void {
  const [statement] = runner.parse(`SELECT * FROM ${step.table}`).statements;
  const from = statement?.kind === 'query' && statement.query.kind === 'select' ? statement.query.from : null;
  if (from?.kind !== 'table') return;
  const { session } = runner;
  const table = session.nameOf(from.name);
  const { steering, variables } = session;
  for (const name of step.names) {
    const held = variables.held(name);
    const set = held === null ? [] : columnsSet(held, table);
    if (set.length === 0) continue;
    session.feeding.statement(() => {
      session.write(table);
      emit(session, table, set);
    });
    for (const steer of variables.steersOf(name)) steering.add(steer, [table]);
  }
}

/** The columns that hold something else than what the row came with. */
function columnsSet({ row, inputs }: Held, table: string): Rowset {
  if (row === null) return inputs === null || inputs.length === 0 ? [] : [column('*', without(inputs, table, '*'))];
  return row.flatMap((slot) => {
    if (slot.kind === 'tail') return [];
    const others = without(slot.inputs, table, slot.name);
    const isUntouched = others.length === 0 && slot.inputs.length > 0;
    return isUntouched ? [] : [column(slot.name, others)];
  });
}

/** A column that keeps its value is made from nothing else. */
function without(inputs: readonly Input[], table: string, name: string): readonly Input[] {
  return inputs.filter(
    (input) =>
      !(
        input.kind === 'IDENTITY' &&
        input.table.toLowerCase() === table.toLowerCase() &&
        input.column.toLowerCase() === name.toLowerCase()
      ),
  );
}
