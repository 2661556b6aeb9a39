import { apply, merge, steer } from '../resolve/inputs.ts';
import { column, findColumn } from '../resolve/rowset.ts';
import type { Input } from '../resolve/inputs.ts';
import type { ColumnSlot, Rowset } from '../resolve/rowset.ts';

/** A table that the script itself filled. */
export interface Filled {
  readonly name: string;
  readonly temporary: boolean;
  /** A temporary table that was read: nothing of it is left when the script ends. */
  consumed: boolean;
  /** Its columns, each with what it is made from. */
  rowset: Rowset;
  readonly created: boolean;
  /** Nothing was put into it by this script: what it holds comes from elsewhere. */
  empty: boolean;
  /** Tables that count as read once this is read. */
  readonly reads: readonly string[];
}

/** What a table holds after a column was given one more value. */
export function withValue({ name: table, rowset }: Filled, name: string, inputs: readonly Input[]): Rowset {
  const given = inputs.flatMap((input) =>
    input.table.toLowerCase() === table.toLowerCase() ? passedOn(input, findColumn(rowset, input.column)) : [input],
  );
  const at = rowset.findIndex((slot) => slot.kind === 'column' && slot.name.toLowerCase() === name.toLowerCase());
  const before = rowset[at];
  if (before?.kind !== 'column') return [...rowset, column(name, given)];
  return rowset.with(at, column(before.name, merge(before.inputs, given)));
}

/** What a column of the same table passes on: what that column holds, after the step that the input stands for. */
function passedOn(input: Input, slot: ColumnSlot | null): readonly Input[] {
  if (slot === null) return [input];
  const { kind, effect, fn } = input;
  return kind === 'CONDITIONAL' || kind === 'WINDOW'
    ? steer(slot.inputs, kind)
    : apply(slot.inputs, { kind, effect, fn });
}
