import type { Verdict } from '../model/classification.ts';

/** A column whose verdict would differ: what it is now, and what it would be. */
export interface Flip {
  readonly dataset: string;
  readonly field: string;
  readonly before: Outcome;
  readonly after: Outcome;
  /** A column that now counts as sensitive would no longer: shown first. */
  readonly losesProtection: boolean;
  /** A person decided here: that stands, whatever the detectors say. */
  readonly decided: boolean;
  /** Its values are looked at first, and what they show may make it another flip or none. */
  readonly awaitsValues: boolean;
}

/** A column whose values must be looked at before anybody knows whether its verdict flips. */
export interface Awaiting {
  readonly dataset: string;
  readonly field: string;
  /** What it is now; null: it was never judged. */
  readonly before: Outcome | null;
  /** It counts as sensitive now: shown first. */
  readonly isProtected: boolean;
}

export interface Outcome {
  readonly category: string;
  readonly classes: readonly string[];
  readonly state: string;
  readonly confidence: number;
}

/** What would flip if `after` took the place of `before`; null where only the confidence or the evidence differs. */
export function flipOf(
  before: Verdict,
  after: Verdict,
  names: Pick<Flip, 'dataset' | 'field' | 'decided' | 'awaitsValues'>,
): Flip | null {
  if (isSame(before, after)) return null;
  return {
    ...names,
    before: outcomeOf(before),
    after: outcomeOf(after),
    losesProtection: isSensitive(before) && !isSensitive(after),
  };
}

/** Losses of protection first, then by name. */
export function inOrderOfHarm(flips: readonly Flip[]): readonly Flip[] {
  const name = ({ dataset, field }: Flip): string => `${dataset}.${field}`;
  return [...flips].sort(
    (a, b) => Number(b.losesProtection) - Number(a.losesProtection) || (name(a) < name(b) ? -1 : 1),
  );
}

/** A column that awaits a look at its values. */
export function awaitingOf(
  before: Verdict | null,
  names: { readonly dataset: string; readonly field: string },
): Awaiting {
  return {
    ...names,
    before: before === null ? null : outcomeOf(before),
    isProtected: before !== null && isSensitive(before),
  };
}

/** Columns that count as sensitive first, then by name. */
export function inOrderOfProtection(awaiting: readonly Awaiting[]): readonly Awaiting[] {
  const name = ({ dataset, field }: Awaiting): string => `${dataset}.${field}`;
  return [...awaiting].sort((a, b) => Number(b.isProtected) - Number(a.isProtected) || (name(a) < name(b) ? -1 : 1));
}

function outcomeOf({ category, classes, state, confidence }: Verdict): Outcome {
  return { category, classes, state, confidence };
}

function isSensitive({ classes, state }: Verdict): boolean {
  return state !== 'abstained' && classes.length > 0;
}

function isSame(a: Verdict, b: Verdict): boolean {
  return (
    a.category === b.category &&
    (a.state === 'abstained') === (b.state === 'abstained') &&
    a.derived === b.derived &&
    a.classes.join(' ') === b.classes.join(' ')
  );
}
