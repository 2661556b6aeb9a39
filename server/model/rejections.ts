import { categoryOf, classCarried } from './carried-class.ts';
import type { CoarseClass, DerivedClassification, Verdict } from './classification.ts';

const leastSeen: readonly CoarseClass[] = ['PII'];

type Said = Pick<Verdict, 'decider' | 'category' | 'state' | 'classes'>;

/**
 * Categories of what was found at a field that a person's rejection still ends. It speaks about the classes that its category
 * had when it was made: with another one the category stands again. One from before classes were kept speaks about personal
 * data, and about no more. Pure.
 */
export function rejectedFindings(verdicts: readonly Said[]): ReadonlySet<string> {
  return rejectedWith(verdicts, (category) =>
    verdicts.flatMap((one) =>
      one.category === category && (one.state === 'proposed' || one.state === 'accepted') ? one.classes : [],
    ),
  );
}

/** The same of what reaches it, by the classes that travel beside it. Pure. */
export function rejectedArrivals(
  verdicts: readonly Said[],
  rows: readonly Pick<DerivedClassification, 'category' | 'rank'>[],
): ReadonlySet<string> {
  return rejectedWith(verdicts, (category) =>
    rows.flatMap((row) =>
      row.rank > 0 && categoryOf(row.category) === category ? (classCarried(row.category) ?? []) : [],
    ),
  );
}

/** Every category that a person rejected, whatever it has become since. Pure. */
export function rejectedEver(
  verdicts: readonly Pick<Verdict, 'decider' | 'category' | 'state'>[],
): ReadonlySet<string> {
  return new Set(
    verdicts.filter((one) => one.decider === 'human' && one.state === 'rejected').map(({ category }) => category),
  );
}

function rejectedWith(
  verdicts: readonly Said[],
  classesNow: (category: string) => readonly CoarseClass[],
): ReadonlySet<string> {
  return rejectedEver(
    verdicts.filter(({ category, classes }) => {
      const seen = classes.length === 0 ? leastSeen : classes;
      return classesNow(category).every((one) => seen.includes(one));
    }),
  );
}
