import { categoryOf, classCarried } from '../model/carried-class.ts';
import type { CoarseClass, DerivedClassification } from '../model/classification.ts';
import type { EffectiveClassification } from '../model/effective.ts';
import { leastTreatedFirst } from '../model/treatment.ts';

/** Of several classes that travelled, the one whose way is shown. */
const gravestFirst: readonly CoarseClass[] = ['PHI', 'PCI', 'PII'];

/**
 * The row whose way is shown for a category that arrived: of the least treated the nearest by which a class came that the
 * category alone does not have (PHI always: who held the origin decided it), so that nothing is attributed to an origin that never
 * had it; else the nearest. `derived`: all that reaches the field; `usual`: the classes of the category. Pure.
 */
export function shownRow(
  { category, rows, treatment, carried }: Pick<EffectiveClassification, 'category' | 'rows' | 'treatment' | 'carried'>,
  derived: readonly DerivedClassification[],
  usual: readonly CoarseClass[],
): DerivedClassification | null {
  const told = carried.filter((one) => one === 'PHI' || !usual.includes(one));
  return (
    rowOfClasses(
      derived.filter((row) => row.treatment === treatment),
      category,
      told,
    ) ??
    nearest(rows.filter((row) => row.treatment === treatment)) ??
    null
  );
}

/** The row by which one of these classes of a category came from elsewhere: the gravest, the least treated, the nearest. Pure. */
export function rowOfClasses(
  derived: readonly DerivedClassification[],
  category: string,
  classes: readonly CoarseClass[],
): DerivedClassification | null {
  const arrived = derived.filter((row) => row.rank > 0 && categoryOf(row.category) === category);
  for (const one of gravestFirst.filter((each) => classes.includes(each))) {
    const rows = arrived.filter((row) => classCarried(row.category) === one);
    const form = leastTreatedFirst.find((treatment) => rows.some((row) => row.treatment === treatment));
    const row = nearest(rows.filter(({ treatment }) => treatment === form));
    if (row !== undefined) return row;
  }
  return null;
}

function nearest(rows: readonly DerivedClassification[]): DerivedClassification | undefined {
  return rows.toSorted((a, b) => a.rank - b.rank)[0];
}
