import { describe, expect, it } from 'vitest';
import { classifyLine } from '../../../server/classify/classify-line.ts';
import {
  contextColumns,
  distinctColumns,
  labelledColumns,
  openSchemaColumns,
  unseenColumns,
  vocabularyColumns,
  type LabelledColumn,
} from '../../fixtures/classify/columns.ts';
import { classifier, taxonomy } from './column.ts';

const columns = labelledColumns();
/** Judged by hand by us: made-up tables, contexts that we mended by, and some that we did not. */
const ours = [...columns, ...contextColumns(), ...unseenColumns()];
const judge = (column: LabelledColumn) => {
  const { label: _label, part: _part, language: _language, ...row } = column;
  const { fine, abstain, confidence } = classifyLine(row, classifier);
  return { column, fine: abstain ? [] : fine, abstain, confidence };
};
const isOf = (coarse: 'PII' | 'PHI' | 'PCI', fine: readonly string[]): boolean =>
  fine.some((each) => taxonomy.byFine(each)?.classes.includes(coarse) ?? false);
const figures = (judged: readonly ReturnType<typeof judge>[]) => {
  const hit = judged.filter(({ column, fine }) => column.label.sensitive && fine.length > 0).length;
  const positives = judged.filter(({ column }) => column.label.sensitive).length;
  const flagged = judged.filter(({ fine }) => fine.length > 0).length;
  return { positives, precision: hit / flagged, recall: hit / positives };
};

describe('our own labelled sets', () => {
  it('hold at least 3,000 different columns, hard negatives about as many as positives, in at least 15 languages', () => {
    const distinct = distinctColumns(ours);
    const positives = distinct.filter(({ label }) => label.sensitive).length;
    expect(distinct.length).toBeGreaterThanOrEqual(3_000);
    expect(distinct.length - positives).toBeGreaterThanOrEqual(positives * 0.9);
    expect(new Set(columns.map(({ language }) => language)).size).toBeGreaterThanOrEqual(16);
  });

  it('count a name in its table once, however it is spelt and with whatever values', () => {
    const [first] = columns;
    if (first === undefined) throw new Error('no column');
    const again = { ...first, id: 'again', column: first.column.toUpperCase(), samples: ['x'] };
    const camel = {
      ...first,
      id: 'camel',
      column: first.column.replaceAll(/_([a-z])/g, (_, a: string) => a.toUpperCase()),
    };
    expect(distinctColumns([first, again, camel, { ...first, id: 'other', table: 'elsewhere' }])).toHaveLength(2);
  });

  it.each([
    ['PHI', 150],
    ['PCI', 150],
    ['PII', 150],
  ] as const)('hold enough different %s columns: at least %d', (coarse, atLeast) => {
    const own = distinctColumns(ours).filter(({ label }) => isOf(coarse, label.fine));
    expect(own.length).toBeGreaterThanOrEqual(atLeast);
  });

  it('name every category of the contract at least once', () => {
    const labelled = new Set(columns.flatMap(({ label }) => label.fine));
    const never = taxonomy.categories.map(({ fine }) => fine).filter((fine) => !labelled.has(fine));
    expect(never).toEqual([]);
  });

  it.each([
    ['PHI', 0.85],
    ['PCI', 0.92],
    ['PII', 0.85],
  ] as const)('%s: F1 of at least %d over the different columns that we mended by', (coarse, bar) => {
    let [hit, wrong, missed] = [0, 0, 0];
    for (const { column, fine } of distinctColumns([...columns, ...contextColumns()]).map(judge)) {
      const [want, got] = [isOf(coarse, column.label.fine), isOf(coarse, fine)];
      const isEither = column.label.fine.some((each) => !isOf(coarse, [each]) && fine.includes(each));
      if (want && got) hit += 1;
      else if (want && !isEither) missed += 1;
      else if (got && !want) wrong += 1;
    }
    expect((2 * hit) / (2 * hit + wrong + missed)).toBeGreaterThanOrEqual(bar);
  });
});

describe('names out of public schemas', () => {
  const foreign = vocabularyColumns().map(judge);

  it('are told apart as well as our own nearly are: precision of at least 0.95, recall of at least 0.9', () => {
    const { positives, precision, recall } = figures(foreign);
    expect(positives).toBeGreaterThanOrEqual(300);
    expect(foreign.length - positives).toBeGreaterThanOrEqual(positives);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  });
});

describe('contexts by which nothing was mended', () => {
  const unseen = unseenColumns().map(judge);

  it('are found with precision above 0.9 and recall above 0.6, and most of what is missed is said to be open', () => {
    const { precision, recall } = figures(unseen);
    const missed = unseen.filter(({ column, fine }) => column.label.sensitive && fine.length === 0);
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.6);
    expect(missed.filter(({ abstain }) => abstain).length).toBeGreaterThanOrEqual(missed.length * 0.6);
  });

  it('show a confidence that is off by less than 0.08 where the calibration was not fitted', () => {
    const rows = unseen.filter(({ column, abstain }) => column.part === 'held-out' && !abstain);
    expect(rows.length).toBeGreaterThanOrEqual(200);
    expect(calibrationError(rows)).toBeLessThanOrEqual(0.08);
  });
});

describe('the half of open-source schemas by which nothing was mended', () => {
  const heldOut = openSchemaColumns()
    .filter(({ part }) => part === 'held-out')
    .map(judge);

  it('is found with precision above 0.9 and recall above 0.75, without looking at which columns are missed', () => {
    const { positives, precision, recall } = figures(heldOut);
    expect(positives).toBeGreaterThanOrEqual(200);
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.75);
  });

  it('shows a confidence that is off by less than 0.05', () => {
    expect(calibrationError(heldOut.filter(({ abstain }) => !abstain))).toBeLessThanOrEqual(0.05);
  });
});

/** By how much the confidence of decided columns is off, on average over ten bands of it. */
function calibrationError(rows: readonly ReturnType<typeof judge>[]): number {
  const bins = Map.groupBy(rows, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)));
  return [...bins.values()].reduce((sum, own) => {
    const right = own.filter(({ column, fine }) => column.label.sensitive === fine.length > 0).length;
    return sum + Math.abs(own.reduce((said, { confidence }) => said + confidence, 0) - right) / rows.length;
  }, 0);
}
