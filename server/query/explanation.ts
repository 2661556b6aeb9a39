import type { Uid } from '../model/ids.ts';
import type { Effect, Treatment } from '../model/treatment.ts';
import type { VouchedFunction } from '../model/vouched-functions.ts';

/** Stands for a function where parts of a value come together: the step begins and ends at that field. */
export const putTogetherFn = 'parts put together';

/** One step along which a category was carried. */
export interface ExplanationStep {
  readonly from: { readonly dataset: string; readonly path: string; readonly field?: Uid };
  readonly to: { readonly dataset: string; readonly path: string; readonly field?: Uid };
  readonly fn: string;
  /** By the rules that the revision was derived with. */
  readonly effect: Effect;
  /** Functions of the team on this step, and who answers for each; empty where nobody was asked. */
  readonly vouched: readonly VouchedFunction[];
  /** Regulations under which the step does something else. */
  readonly under: readonly EffectUnder[];
  readonly job: string | null;
  /** The function table by which the effect was told: `functions@3`. */
  readonly rules?: string;
}

/** What a step does to the value under one regulation. */
export interface EffectUnder {
  readonly regulation: string;
  readonly effect: Effect;
}

/** Why a field carries a category. */
export interface Explanation {
  readonly sentence: string;
  /** From the origin to the field; empty when the category did not come along lineage. */
  readonly steps: readonly ExplanationStep[];
  /** Regulations under which it counts as something else, over all ways; null: nothing of it arrives under them. */
  readonly under: readonly { readonly regulation: string; readonly treatment: Treatment | null }[];
  readonly alternatives: readonly {
    readonly category: string;
    readonly confidence: number;
    readonly rejectedBecause: string;
  }[];
  /** What would take the classification away again. */
  readonly wouldEndIf: readonly { readonly action: EndingAction; readonly detail: string }[];
}

/** What a person would do so that it ends. */
type EndingAction = 'REJECT_HERE' | 'REJECT_ORIGIN' | 'REMOVE_TAG' | 'WITHDRAW_DECISION';
