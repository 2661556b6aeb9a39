import { arrivedClasses } from '../../model/arrived-classes.ts';
import { categoryOf, classCarried, isCategoryRow } from '../../model/carried-class.ts';
import type { CoarseClass, DerivedClassification } from '../../model/classification.ts';
import type { Uid } from '../../model/ids.ts';
import { inBatches } from '../in-batches.ts';
import type { GraphStore } from './graph-store.ts';

/** What names a row of the propagation. */
export type RowName = Pick<DerivedClassification, 'field' | 'category' | 'rank'>;

/** The coarse classes of a category that reached one field, given all rows of that field which are of it or carry a class of it. */
export type ArrivedClasses = (category: string, rows: readonly RowName[]) => readonly CoarseClass[];

/**
 * With which classes categories reach fields. What travelled is in the rows; the holder of a field is asked about, all fields in
 * one read, only where its word decides.
 */
export async function readArrivedClasses(
  graph: Pick<GraphStore, 'get'>,
  n: number,
  rows: readonly RowName[],
  by: {
    readonly classesOf: (category: string) => readonly CoarseClass[];
    /** True when all that is said of these sources is that HIPAA does not bind their holder. */
    readonly isOutside: (sources: readonly string[]) => boolean;
  },
): Promise<ArrivedClasses> {
  const asked = rows.filter((row) => row.rank > 0 && isCategoryRow(row) && by.classesOf(row.category).includes('PHI'));
  const holders = await inBatches([...new Set(asked.map(({ field }) => field))], (part) => graph.get(part, n));
  const outside = new Set<Uid>(
    holders.flatMap((field) =>
      field !== null && by.isOutside(field.assertions.map(({ source }) => source)) ? [field.uid] : [],
    ),
  );
  return (category, some) => {
    const own = some.filter((row) => row.rank > 0 && categoryOf(row.category) === category);
    return arrivedClasses(
      own.some(isCategoryRow) ? by.classesOf(category) : [],
      new Set(own.flatMap((row) => classCarried(row.category) ?? [])),
      own.every(({ field }) => outside.has(field)),
    );
  };
}
