import { arrivedClasses } from '../model/arrived-classes.ts';
import { carriedClass, categoryOf, classCarried, isCategoryRow } from '../model/carried-class.ts';
import {
  NONE,
  coarseClasses,
  type CoarseClass,
  type DerivedClassification,
  type DerivedForm,
  type Verdict,
} from '../model/classification.ts';
import { rejectedArrivals, rejectedFindings } from '../model/rejections.ts';
import { leastTreatedFirst, type Treatment } from '../model/treatment.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';

/** A category that a field holds when a person decides on it. */
export interface HeldCategory {
  readonly category: string;
  /** Somebody says it of the field itself. */
  readonly stands: boolean;
  /** The form of the least treated way by which lineage brings it; null: by none. */
  readonly arrives: Treatment | null;
  /** Those that somebody says of it here, and those that travelled beside it; not those that it has by itself. */
  readonly classes: readonly CoarseClass[];
  /** A person rejected it here before, and saw all classes that it has now. */
  readonly isRejected: boolean;
}

/** What a field holds by what was said of it and by what reaches it, by category. Pure. */
export function heldCategories(
  verdicts: readonly Pick<Verdict, 'decider' | 'category' | 'state' | 'classes'>[],
  rows: readonly Pick<DerivedClassification, 'category' | 'treatment' | 'rank'>[],
): ReadonlyMap<string, HeldCategory> {
  const said = verdicts.filter(
    ({ category, state }) => category !== NONE && (state === 'proposed' || state === 'accepted'),
  );
  const arrived = rows.filter(({ rank }) => rank > 0);
  const [here, arriving] = [rejectedFindings(verdicts), rejectedArrivals(verdicts, rows)];
  const categories = new Set([
    ...said.map(({ category }) => category),
    ...arrived.filter(isCategoryRow).map(({ category }) => category),
  ]);
  return new Map(
    [...categories].sort().map((category) => {
      const own = said.filter((one) => one.category === category);
      const reaching = arrived.filter((row) => categoryOf(row.category) === category);
      const forms = new Set(reaching.filter(isCategoryRow).map(({ treatment }) => treatment));
      const classes = new Set([
        ...own.flatMap((one) => one.classes),
        ...reaching.flatMap((row) => classCarried(row.category) ?? []),
      ]);
      return [
        category,
        {
          category,
          stands: own.length > 0,
          arrives: leastTreatedFirst.find((form) => forms.has(form)) ?? null,
          classes: coarseClasses.filter((one) => classes.has(one)),
          isRejected: here.has(category) && arriving.has(category),
        },
      ];
    }),
  );
}

/** What gives a category the classes that it has by itself at one holder. */
export interface ClassesAtHolder {
  readonly taxonomy: Pick<Taxonomy, 'classesOf'>;
  readonly holder: { readonly isOutsideHipaa: boolean };
}

/**
 * All classes that a category has where it is held, those that it has by itself among them. What nothing gives a class is
 * personal data at the least, so that it is always said which ones somebody saw.
 */
export function classesHere(
  { category, classes }: Pick<HeldCategory, 'category' | 'classes'>,
  { taxonomy, holder }: ClassesAtHolder,
): readonly CoarseClass[] {
  const all = arrivedClasses(taxonomy.classesOf(category), new Set(classes), holder.isOutsideHipaa);
  return all.length === 0 ? ['PII'] : all;
}

/** What it is and with which classes: two are the same to whoever looks where these are. */
export function wordsOf(held: Pick<HeldCategory, 'category' | 'classes'>, context: ClassesAtHolder): readonly string[] {
  return [held.category, ...classesHere(held, context).map((one) => carriedClass(held.category, one))];
}

/** The form in which a value stands that arrived so; null: in clear, or in no form that a finding can have. */
const formOf: Readonly<Record<Treatment, DerivedForm | null>> = {
  clear: null,
  partial: 'last4',
  hashed: 'hash',
  keyed: 'hash',
  encrypted: 'token',
  tokenised: 'token',
  masked: 'mask',
  aggregated: null,
};

/**
 * The form in which a field holds a category of which a person says that it does: the one in which it was found there, the
 * one in which it arrives, or the one in which the field holds its values whatever they are. Pure.
 */
export function formHeld(
  held: Pick<HeldCategory, 'category' | 'arrives'>,
  verdicts: readonly Pick<Verdict, 'decider' | 'category' | 'state' | 'derived'>[],
): DerivedForm | null {
  const said = verdicts.filter(
    ({ category, state }) => category === held.category && (state === 'proposed' || state === 'accepted'),
  );
  const found =
    said.find(({ decider }) => decider === 'detector') ?? said.find(({ decider }) => decider !== 'imported');
  if (found !== undefined) return found.derived;
  if (said.length === 0 && held.arrives !== null) return formOf[held.arrives];
  return verdicts.find(({ decider }) => decider === 'detector')?.derived ?? null;
}
