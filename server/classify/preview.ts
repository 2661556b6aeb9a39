import type { Classifier, ColumnJudgement, TableInput } from './classifier.ts';

/** A column whose verdict would differ: what it is now, and what it would be. */
export interface Flip {
  readonly table: string;
  readonly id: string;
  readonly column: string;
  readonly before: Outcome;
  readonly after: Outcome;
  /** A column that now counts as sensitive would no longer: shown first, waits for a person. */
  readonly losesProtection: boolean;
}

export interface Outcome {
  readonly category: string;
  readonly classes: readonly string[];
  readonly abstain: boolean;
  readonly confidence: number;
}

/**
 * What would flip if the `after` detectors judged instead of the `before` ones, on the same evidence. Nothing is written.
 * Changes of confidence alone are no flips. Losses of protection come first.
 */
export function previewFlips(
  before: Pick<Classifier, 'classify'>,
  after: Pick<Classifier, 'classify'>,
  tables: Iterable<TableInput>,
): readonly Flip[] {
  const flips: Flip[] = [];
  for (const table of tables) {
    const old = before.classify(table).columns;
    const now = after.classify(table).columns;
    table.columns.forEach(({ id, column }, i) => {
      const [was, will] = [old[i], now[i]];
      if (was === undefined || will === undefined || isSame(was, will)) return;
      flips.push({
        table: table.table,
        id,
        column,
        before: outcomeOf(was),
        after: outcomeOf(will),
        losesProtection: isSensitive(was) && !isSensitive(will),
      });
    });
  }
  return flips.sort((a, b) => Number(b.losesProtection) - Number(a.losesProtection));
}

function outcomeOf({ category, classes, abstain, confidence }: ColumnJudgement): Outcome {
  return { category, classes, abstain, confidence };
}

function isSensitive({ classes, abstain }: ColumnJudgement): boolean {
  return !abstain && classes.some((each) => each !== 'NONE');
}

function isSame(a: ColumnJudgement, b: ColumnJudgement): boolean {
  return (
    a.category === b.category &&
    a.abstain === b.abstain &&
    a.derived === b.derived &&
    a.classes.join(' ') === b.classes.join(' ')
  );
}
