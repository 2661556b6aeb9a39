import { describe, expect, it } from 'vitest';
import { classifyLine } from '../../../server/classify/classify-line.ts';
import { labelledColumns, vocabularyColumns, type LabelledColumn } from '../../fixtures/classify/columns.ts';
import { classifier, taxonomy } from './column.ts';

const columns = labelledColumns();
const judge = (column: LabelledColumn) => {
  const { label: _label, part: _part, language: _language, ...row } = column;
  const { fine, abstain } = classifyLine(row, classifier);
  return { column, fine: abstain ? [] : fine };
};
const judged = columns.map(judge);

describe('our own labelled set', () => {
  it('holds at least 3,000 columns, hard negatives about as many as positives, in at least 15 languages', () => {
    const positives = columns.filter(({ label }) => label.sensitive).length;
    expect(columns.length).toBeGreaterThanOrEqual(3_000);
    expect(columns.length - positives).toBeGreaterThanOrEqual(positives * 0.9);
    expect(new Set(columns.map(({ language }) => language)).size).toBeGreaterThanOrEqual(16);
  });

  it('names every category of the contract at least once', () => {
    const labelled = new Set(columns.flatMap(({ label }) => label.fine));
    const never = taxonomy.categories.map(({ fine }) => fine).filter((fine) => !labelled.has(fine));
    expect(never).toEqual([]);
  });

  it.each([
    ['PHI', 0.85, 150],
    ['PCI', 0.92, 150],
    ['PII', 0.85, 150],
  ] as const)('%s: F1 of at least %d over at least %d positives', (coarse, bar, atLeast) => {
    const isOf = (fine: readonly string[]): boolean =>
      fine.some((each) => taxonomy.byFine(each)?.classes.includes(coarse) ?? false);
    let [hit, wrong, missed] = [0, 0, 0];
    for (const { column, fine } of judged) {
      const [want, got] = [isOf(column.label.fine), isOf(fine)];
      if (want && got) hit += 1;
      else if (want) missed += 1;
      else if (got) wrong += 1;
    }
    expect(hit + missed).toBeGreaterThanOrEqual(atLeast);
    expect((2 * hit) / (2 * hit + wrong + missed)).toBeGreaterThanOrEqual(bar);
  });
});

describe('names out of public schemas', () => {
  it('are told apart as well as our own nearly are: precision of at least 0.95, recall of at least 0.9', () => {
    const foreign = vocabularyColumns().map(judge);
    const hit = foreign.filter(({ column, fine }) => column.label.sensitive && fine.length > 0).length;
    const positives = foreign.filter(({ column }) => column.label.sensitive).length;
    const flagged = foreign.filter(({ fine }) => fine.length > 0).length;
    expect(positives).toBeGreaterThanOrEqual(300);
    expect(foreign.length - positives).toBeGreaterThanOrEqual(positives);
    expect(hit / flagged).toBeGreaterThanOrEqual(0.95);
    expect(hit / positives).toBeGreaterThanOrEqual(0.9);
  });
});
