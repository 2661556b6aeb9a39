import type { Cell, CellOrigin, Column, RowPart } from './report.ts';

/** A cell with where it comes from. */
export interface Sourced {
  readonly value: Cell;
  readonly origin: CellOrigin;
}

/** What a person has to say: missing where nobody did. */
export function entered(value: Cell): Sourced {
  return { value: isFilled(value) ? value : null, origin: isFilled(value) ? 'entered' : 'missing' };
}

/** What is read out of data and lineage; an empty one was looked for and not found. */
export function derived(value: Cell): Sourced {
  return { value, origin: 'derived' };
}

/** A list that data begins and people may add to: missing where neither says anything. */
export function together(found: readonly string[], said: readonly string[]): Sourced {
  const value = [...new Set([...said, ...found])];
  if (value.length === 0) return { value: null, origin: 'missing' };
  if (said.length === 0) return { value, origin: 'derived' };
  return { value, origin: found.length === 0 ? 'entered' : 'derived and entered' };
}

/** True for anything but null and the empty text or list. */
export function isFilled(value: Cell | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Names the column that says of every row which cells are derived, entered and missing. */
export const provenanceColumn: Column = { key: 'provenance', title: 'Where it is from', place: 'detail' };

/** A row from cells by column key; its last cell says where each of them is from. Columns without a cell are derived and empty. */
export function sourcedRow(columns: readonly Column[], cells: Readonly<Record<string, Sourced | undefined>>): RowPart {
  const own = columns.filter(({ key }) => key !== provenanceColumn.key);
  const all = own.map(({ key }) => cells[key] ?? derived(null));
  const kinds: readonly CellOrigin[] = ['derived', 'entered', 'derived and entered', 'missing'];
  const provenance = kinds.flatMap((kind) => {
    const keys = own.filter((_, index) => all[index]?.origin === kind).map(({ key }) => key);
    return keys.length === 0 ? [] : [`${kind}: ${keys.join(', ')}`];
  });
  return {
    type: 'row',
    cells: [...all.map(({ value }) => value), provenance],
    origins: [...all.map(({ origin }) => origin), null],
  };
}
