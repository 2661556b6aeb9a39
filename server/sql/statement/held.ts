import type { IndirectKind } from '../../model/edge.ts';
import type { Input } from '../resolve/inputs.ts';
import type { Rowset } from '../resolve/rowset.ts';

/** A column that decides whether or for which rows something is done. */
export interface Steer {
  readonly kind: IndirectKind;
  readonly table: string;
  readonly column: string;
}

/** The constant texts that a value may be; `isOpen`: it may be another one, which only a run knows. */
export interface Texts {
  readonly known: readonly string[];
  readonly isOpen: boolean;
}

/** What one variable holds. */
export interface Held {
  /** As a single value; null: it is none. */
  readonly inputs: readonly Input[] | null;
  /** As a record, cursor, result set or collection of records; null: it is none. */
  readonly row: Rowset | null;
  /** Null: no text was ever put into it. */
  readonly texts: Texts | null;
  readonly steers: readonly Steer[];
  /** The fields that its declared type has: rows that are put into it bear their names. */
  readonly fields?: readonly string[] | undefined;
}

/** Texts a variable is followed with; one that may be any of more counts as open. */
export const mostTexts = 8;

/** What a value may be that is one or the other. */
export function uniteTexts(one: Texts | null, other: Texts | null): Texts | null {
  if (one === null || other === null || one === other) return one ?? other;
  const known = [...new Set([...one.known, ...other.known])];
  return { known: known.slice(0, mostTexts), isOpen: one.isOpen || other.isOpen || known.length > mostTexts };
}

/** How much a rowset tells: it grows as inputs are added. */
export function rowSize(rowset: Rowset): number {
  return rowset.reduce((sum, slot) => sum + 1 + slot.inputs.length, 0);
}
