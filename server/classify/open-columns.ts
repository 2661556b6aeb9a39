import { NONE, type Verdict } from '../model/classification.ts';
import type { ColumnJudgement, TableJudgement } from './classifier.ts';

/** Why a column is put to a model. */
export type OpenReason =
  /** The detectors left it to a person. */
  | 'undecided'
  /** Found by name or context alone, not by values, and not surely. */
  | 'uncertain'
  /** Two categories explain it about as well. */
  | 'conflict'
  /** Free text: anything may stand in it. */
  | 'free-text'
  /** Judged to hold nothing, in a table whose subject nobody knows. */
  | 'unknown-table'
  /** A model found something here before: it is asked whether that still is so. */
  | 'found-before';

export interface OpenColumn {
  /** Place in the table's columns. */
  readonly index: number;
  readonly reason: OpenReason;
}

/** Above this a finding without values is let stand. */
const sure = 0.85;
/** A second category within this of the first is a conflict. */
const close = 0.2;

/**
 * The columns that detectors leave open or in conflict: what a model is asked about, and nothing else. A column that a
 * person decided, a tag names or a category reached along lineage is not open. Pure.
 */
export function openColumns(
  { subject, columns }: TableJudgement,
  standing: (id: string) => readonly Pick<Verdict, 'decider' | 'category' | 'state'>[],
  reached: ReadonlySet<string> = new Set(),
): readonly OpenColumn[] {
  return columns.flatMap((column, index): OpenColumn[] => {
    const others = standing(column.id);
    if (others.some(({ decider }) => decider === 'human' || decider === 'imported')) return [];
    const reason = reasonFor(column, subject.kind === 'unknown');
    const isSettled = (reason === 'undecided' || reason === 'unknown-table') && reached.has(column.id);
    if (reason !== null && !isSettled) return [{ index, reason }];
    return others.some(({ decider, category }) => decider === 'llm' && category !== NONE)
      ? [{ index, reason: 'found-before' }]
      : [];
  });
}

function reasonFor(column: ColumnJudgement, unknownTable: boolean): OpenReason | null {
  if (column.abstain) return 'undecided';
  if (column.category === NONE) return unknownTable && column.confidence < sure ? 'unknown-table' : null;
  const second = column.alternatives[0];
  if (
    second !== undefined &&
    second.confidence > 0.5 &&
    column.confidence - second.confidence < close &&
    !isChecked(column)
  )
    return 'conflict';
  if (column.fine.includes('free_text')) return 'free-text';
  return column.confidence < sure && !isChecked(column) ? 'uncertain' : null;
}

/** A validator passed above chance: no model may lower it. */
export function isChecked({ evidence }: Pick<ColumnJudgement, 'evidence'>): boolean {
  return evidence.some(({ signal, weight }) => signal === 'values' && weight > 0);
}
