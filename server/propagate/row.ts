import type { DerivedClassification } from '../model/classification.ts';
import { treatments, type Treatment } from '../model/treatment.ts';
import type { Uid } from '../model/ids.ts';

/** One row of the fixpoint at a known field. */
export interface Row {
  readonly category: string;
  readonly treatment: Treatment;
  readonly rank: number;
  readonly via: { readonly field: Uid; readonly treatment: Treatment } | null;
}

/** Identity of a row within its field. */
export function rowKey(category: string, treatment: Treatment): string {
  return `${category}\u0000${treatment}`;
}

/** Which of two ways to the same row is taken: fewer steps, then the smaller step before (by uid, then by treatment). */
export function isBetter(a: Row, b: Row | undefined): boolean {
  if (b === undefined || a.rank < b.rank) return true;
  if (a.rank > b.rank || a.via === null || b.via === null) return false;
  if (a.via.field !== b.via.field) return a.via.field < b.via.field;
  return treatments.indexOf(a.via.treatment) < treatments.indexOf(b.via.treatment);
}

/** Two rows of one field are the same, by the same step. */
export function isSameWay(a: Row, b: Row): boolean {
  return (
    a.category === b.category &&
    a.treatment === b.treatment &&
    a.rank === b.rank &&
    a.via?.field === b.via?.field &&
    a.via?.treatment === b.via?.treatment
  );
}

/** The row as the graph keeps it. */
export function derivedRow(field: Uid, row: Row, rules: string): DerivedClassification {
  const { category, treatment, rank, via } = row;
  return { field, category, treatment, rank, via, rules };
}

/** Two rows of one field say the same. */
export function isSameRow(a: DerivedClassification, b: DerivedClassification): boolean {
  return (
    a.rank === b.rank && a.rules === b.rules && a.via?.field === b.via?.field && a.via?.treatment === b.via?.treatment
  );
}
