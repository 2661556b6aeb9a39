import { column, isOpen, own, withoutOrder } from '../resolve/rowset.ts';
import { merge } from '../resolve/inputs.ts';
import type { Rowset } from '../resolve/rowset.ts';

/** The columns of a table in order; null when they are not all known. */
export function columnNames(rowset: Rowset): readonly string[] | null {
  if (rowset.length === 0 || isOpen(rowset)) return null;
  return rowset.map((slot) => (slot.kind === 'column' ? slot.name : ''));
}

/** Puts a query's columns under the names of the table they go to. */
export function place(
  rowset: Rowset,
  into: {
    readonly listed: readonly string[];
    /** `unfit`: which column goes where is not told. */
    readonly known: readonly string[] | 'unfit' | null;
    readonly byName: boolean;
  },
): Rowset {
  const { listed, byName } = into;
  if (into.known === 'unfit' && !byName && listed.length === 0) return [];
  const known = into.known === 'unfit' ? null : into.known;
  if (byName)
    return rowset.map((slot) => (slot.kind === 'column' ? column(spelledAs(slot.name, known), slot.inputs) : slot));
  if (listed.length > 0) return placeListed(rowset, listed);
  if (known !== null && !isOpen(rowset) && rowset.length <= known.length)
    return rowset.map((slot, at) => column(known[at] ?? '', slot.inputs));
  // A column that the text does not name is known by its place alone.
  return rowset.map((slot, at) =>
    slot.kind === 'column' && !slot.named ? column(`_col${at}`, slot.inputs, false) : slot,
  );
}

function spelledAs(name: string, known: readonly string[] | null): string {
  return known?.find((item) => item.toLowerCase() === name.toLowerCase()) ?? name;
}

/** By position; behind a star of unknown width by position from the end, else the listed names are fed by the star. */
function placeListed(rowset: Rowset, listed: readonly string[]): Rowset {
  const unplaced = withoutOrder(rowset);
  if (unplaced !== null) return listed.map((name) => column(name, unplaced));
  const star = rowset.findIndex((slot) => slot.kind === 'tail');
  if (star === -1) return listed.map((name, at) => column(name, rowset[at]?.inputs ?? []));
  const after = rowset.length - star - 1;
  return listed.map((name, at) => {
    const fromEnd = listed.length - at;
    const slot = at < star ? rowset[at] : fromEnd <= after ? rowset[rowset.length - fromEnd] : rowset[star];
    if (slot === undefined) return column(name, []);
    if (slot.kind === 'column') return column(name, slot.inputs);
    return column(
      name,
      merge(
        slot.tables.map((table) => own(table, '*')),
        slot.inputs,
      ),
    );
  });
}
