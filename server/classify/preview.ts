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
  names: { readonly dataset: string; readonly field: string; readonly decided: boolean },
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
