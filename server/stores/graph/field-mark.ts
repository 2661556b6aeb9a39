import type { DerivedClassification, Verdict } from '../../model/classification.ts';
import type { Uid } from '../../model/ids.ts';

/**
 * What is judged of one field in the least form from which its effective classification follows: no reasons, no citations,
 * no names. A page of badges and a count over all fields read nothing else.
 */
export interface FieldMark {
  readonly field: Uid;
  /** Its values were looked at: there is evidence of some source. */
  readonly profiled: boolean;
  readonly verdicts: readonly MarkVerdict[];
  readonly derived: readonly MarkDerived[];
}

export type MarkVerdict = Pick<
  Verdict,
  'decider' | 'category' | 'state' | 'classes' | 'confidence' | 'derived' | 'seenAs'
>;
export type MarkDerived = Pick<DerivedClassification, 'category' | 'treatment' | 'rank'>;
