import { NONE } from '../model/classification.ts';
import type { ColumnJudgement } from './classifier.ts';
import type { AllowEntry } from './custom-rules.ts';

/** A judgement after the entries of the allow-list that hold for its table: a finding that a user knows to be wrong becomes NONE, and says by which entry. */
export function applyAllowList(
  judgement: ColumnJudgement,
  column: string,
  entries: readonly AllowEntry[],
): ColumnJudgement {
  if (judgement.category === NONE) return judgement;
  const entry = entries.find(
    (each) => (each.category === null || each.category === judgement.category) && allowedBy(each, column),
  );
  if (entry === undefined) return judgement;
  const { category, confidence } = judgement;
  return {
    ...judgement,
    classes: ['NONE'],
    fine: [],
    category: NONE,
    abstain: false,
    derived: null,
    evidence: [{ signal: 'allow-list', detail: entry.because, weight: -9 }, ...judgement.evidence],
    alternatives: [{ category, confidence, rejectedBecause: entry.because }, ...judgement.alternatives],
  };
}

/** True when an entry that holds for the table is of this column. */
export function allowedBy(entry: AllowEntry, column: string): boolean {
  return matches(entry.column, column);
}

/** True when a text is of a pattern with `*` for any run of signs; without regard to case, in linear time. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const whole = text.toLowerCase();
  const first = parts[0] ?? '';
  if (parts.length === 1) return whole === first;
  const end = parts.at(-1) ?? '';
  if (!whole.startsWith(first) || !whole.endsWith(end) || whole.length < first.length + end.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = whole.indexOf(part, at);
    if (found === -1 || found + part.length > whole.length - end.length) return false;
    at = found + part.length;
  }
  return true;
}
