import type { Citation, CoarseClass, Verdict } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import type { TableJudgement } from './classifier.ts';

/**
 * A table's judgement as verdicts of the detectors, one a column: what sync stores. `fields` and `keys` stand in the order
 * of the judged columns; `cite` gives the provisions of a category (default: none).
 */
export function toVerdicts(
  { columns, subject }: TableJudgement,
  context: {
    readonly fields: readonly Uid[];
    readonly keys: readonly string[];
    readonly detectorSet: string;
    readonly at: string;
    readonly cite?: (category: string) => readonly Citation[];
  },
): readonly Verdict[] {
  return columns.flatMap((column, i): Verdict[] => {
    const field = context.fields[i];
    const key = context.keys[i];
    if (field === undefined || key === undefined) return [];
    const related = column.relatesToSubject
      ? [{ signal: 'relates-to-subject', detail: `a field of a ${subject.kind}'s row`, weight: 0 }]
      : [];
    return [
      {
        field,
        decider: 'detector',
        by: context.detectorSet,
        category: column.category,
        state: column.abstain ? 'abstained' : 'proposed',
        classes: column.classes.filter((each): each is CoarseClass => each !== 'NONE'),
        fine: column.fine,
        confidence: column.confidence,
        derived: column.derived,
        evidence: [...column.evidence, ...related],
        citations: context.cite?.(column.category) ?? [],
        alternatives: column.alternatives,
        key,
        at: context.at,
      },
    ];
  });
}
