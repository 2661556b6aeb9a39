import type { PolicyFinding } from './evaluate.ts';

/** A finding with the way by which the data got there, as `lexline check` and reports show it. */
export interface ShownFinding {
  readonly finding: PolicyFinding;
  /** From the origin to the field, a step a line; empty: the data was judged on the field itself. */
  readonly path: readonly string[];
  /** False: it was there before the change. */
  readonly isNew: boolean;
  /** The file to look at, from the root of the project; null: not known. */
  readonly file: string | null;
}

/** `dataset.field`. */
export function placeOf({ dataset, field }: PolicyFinding): string {
  return `${dataset}.${field}`;
}

/** One finding in one sentence. */
export function findingText(finding: PolicyFinding): string {
  const { policy, category, treatment, what, waiver, expired } = finding;
  const data =
    category === null ? '' : ` (${category}${treatment === null || treatment === 'clear' ? '' : `, ${treatment}`})`;
  const excuse =
    waiver !== null
      ? `; waived until ${waiver.expires} by ${waiver.owner}`
      : expired !== null
        ? `; the waiver of ${expired.owner} ended on ${expired.expires}`
        : '';
  return `${policy.title}: ${placeOf(finding)}${data}: ${what}${excuse}`;
}

/** Does it count against the change? */
export function counts({ finding, isNew }: ShownFinding, strict: boolean): boolean {
  if (!isNew || finding.waiver !== null || finding.outcome === 'met') return false;
  return finding.outcome === 'violation' || strict;
}
