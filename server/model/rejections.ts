import { categoryOf, classCarried } from './carried-class.ts';
import type { CoarseClass, DerivedClassification, Verdict } from './classification.ts';
import { treatmentOfForm } from './held-form.ts';
import { leastTreated, noLessTreated, type Treatment } from './treatment.ts';

/** What is read of a verdict to tell what a rejection still ends. */
export type SaidOfField = Pick<Verdict, 'decider' | 'category' | 'state' | 'classes' | 'derived' | 'seenAs'>;

/** With which classes, and in which least treated form, somebody says of a field that it holds a category, or it arrives. */
interface Held {
  readonly classes: readonly CoarseClass[];
  /** Null: nobody says it, or it does not arrive. */
  readonly form: Treatment | null;
}

/**
 * Categories of what was found at a field that a person's rejection still ends. It speaks about the classes that its category
 * had when it was made, and about the form in which it was held then or any of which less is left to read back: with another
 * class or in a clearer form the category stands again. One from before classes were kept speaks about personal data, and one
 * from before forms were kept about what had been found here in clear. Pure.
 */
export function rejectedFindings(verdicts: readonly SaidOfField[]): ReadonlySet<string> {
  return rejectedWith(verdicts, (category) => foundHere(verdicts, category), 'clear');
}

/**
 * The same of what reaches it, by the classes that travel beside it. One from before forms were kept speaks about any but the
 * clear one. Pure.
 */
export function rejectedArrivals(
  verdicts: readonly SaidOfField[],
  rows: readonly Pick<DerivedClassification, 'category' | 'treatment' | 'rank'>[],
): ReadonlySet<string> {
  return rejectedWith(verdicts, (category) => arriving(rows, category), 'encrypted');
}

/** Every category that a person rejected, whatever it has become since. Pure. */
export function rejectedEver(
  verdicts: readonly Pick<Verdict, 'decider' | 'category' | 'state'>[],
): ReadonlySet<string> {
  return new Set(
    verdicts.filter((one) => one.decider === 'human' && one.state === 'rejected').map(({ category }) => category),
  );
}

/** What is said of the field itself. Pure. */
export function foundHere(verdicts: readonly SaidOfField[], category: string): Held {
  const said = verdicts.filter(
    (one) => one.category === category && (one.state === 'proposed' || one.state === 'accepted'),
  );
  return {
    classes: said.flatMap(({ classes }) => classes),
    form: leastTreated(said.map(({ derived }) => (derived === null ? 'clear' : treatmentOfForm[derived]))),
  };
}

/** What lineage brings. Pure. */
export function arriving(
  rows: readonly Pick<DerivedClassification, 'category' | 'treatment' | 'rank'>[],
  category: string,
): Held {
  const reaching = rows.filter((row) => row.rank > 0 && categoryOf(row.category) === category);
  return {
    classes: reaching.flatMap((row) => classCarried(row.category) ?? []),
    form: leastTreated(reaching.map(({ treatment }) => treatment)),
  };
}

function rejectedWith(
  verdicts: readonly SaidOfField[],
  heldNow: (category: string) => Held,
  unlessKept: Treatment,
): ReadonlySet<string> {
  return rejectedEver(
    verdicts.filter(({ category, classes, derived, seenAs }) => {
      const seen: readonly CoarseClass[] = classes.length === 0 ? ['PII'] : classes;
      const form = seenAs ?? (derived === null ? unlessKept : treatmentOfForm[derived]);
      const now = heldNow(category);
      return (
        now.classes.every((one) => seen.includes(one)) && (now.form === null || noLessTreated(form).includes(now.form))
      );
    }),
  );
}
