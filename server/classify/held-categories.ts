import { arrivedClasses } from '../model/arrived-classes.ts';
import { carriedClass, isCategoryRow } from '../model/carried-class.ts';
import {
  NONE,
  coarseClasses,
  type CoarseClass,
  type DerivedClassification,
  type DerivedForm,
  type Verdict,
} from '../model/classification.ts';
import { arriving, foundHere, rejectedArrivals, rejectedFindings, type SaidOfField } from '../model/rejections.ts';
import { leastTreated, noLessTreated, type Treatment } from '../model/treatment.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';

/** A category that a field holds when a person decides on it. */
export interface HeldCategory {
  readonly category: string;
  /** Somebody says it of the field itself. */
  readonly stands: boolean;
  /** The form of the least treated way by which lineage brings it; null: by none. */
  readonly arrives: Treatment | null;
  /** The least treated form in which somebody says that the field holds it, or in which it arrives. */
  readonly form: Treatment;
  /** Those that somebody says of it here, and those that travelled beside it; not those that it has by itself. */
  readonly classes: readonly CoarseClass[];
  /** A person rejected it here before, and saw all classes that it has now and a form no more treated than it has now. */
  readonly isRejected: boolean;
}

/** What a field holds by what was said of it and by what reaches it, by category. Pure. */
export function heldCategories(
  verdicts: readonly SaidOfField[],
  rows: readonly Pick<DerivedClassification, 'category' | 'treatment' | 'rank'>[],
): ReadonlyMap<string, HeldCategory> {
  const said = verdicts.filter(
    ({ category, state }) => category !== NONE && (state === 'proposed' || state === 'accepted'),
  );
  const arrived = rows.filter(({ rank }) => rank > 0);
  const [endedHere, endedArriving] = [rejectedFindings(verdicts), rejectedArrivals(verdicts, rows)];
  const categories = new Set([
    ...said.map(({ category }) => category),
    ...arrived.filter(isCategoryRow).map(({ category }) => category),
  ]);
  return new Map(
    [...categories].sort().map((category) => {
      const [own, reaching] = [foundHere(verdicts, category), arriving(rows, category)];
      const ways = arrived.filter((row) => row.category === category);
      const classes = new Set([...own.classes, ...reaching.classes]);
      return [
        category,
        {
          category,
          stands: own.form !== null,
          arrives: leastTreated(ways.map(({ treatment }) => treatment)),
          form: leastTreated([own.form, reaching.form].filter((form) => form !== null)) ?? 'clear',
          classes: coarseClasses.filter((one) => classes.has(one)),
          isRejected: endedHere.has(category) && endedArriving.has(category),
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

/**
 * What it is, with which classes and in which form: two are the same to whoever looks where these are, and one that is treated
 * more is among those of one that is treated less.
 */
export function wordsOf(
  held: Pick<HeldCategory, 'category' | 'classes' | 'form'>,
  context: ClassesAtHolder,
): readonly string[] {
  return [
    held.category,
    ...classesHere(held, context).map((one) => carriedClass(held.category, one)),
    ...noLessTreated(held.form).map((form) => `${held.category} ${form}`),
  ];
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
