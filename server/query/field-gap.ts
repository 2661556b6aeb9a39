import type { EffectiveField } from '../model/effective.ts';
import type { Gap } from '../model/provenance.ts';

/** What is known of a field when it has no clear answer. */
export interface GapGround {
  readonly what: string;
  readonly effective: EffectiveField;
  /** Sources that describe the field. */
  readonly sources: readonly string[];
  readonly profiled: boolean;
  /** What the best abstained verdict would have said, if anything. */
  readonly guess: string | null;
}

/** Why a field has no answer and what to do about it; null when it has one. Silence is never an answer. */
export function fieldGap({ what, effective, sources, profiled, guess }: GapGround): Gap | null {
  const source = sources[0];
  if (effective.state === 'UNDECIDED')
    return {
      what,
      reason: 'abstained',
      detail: guess === null ? 'nothing speaks clearly for or against it' : `the best guess, ${guess}, is too weak`,
      remedy:
        profiled || source === undefined
          ? 'Decide it in the review.'
          : `Let its values be looked at: set "profile: in-database" for source "${source}" (where that is a catalog alone, connect the database itself), or decide it in the review.`,
    };
  if (effective.state !== 'GAP') return null;
  if (source === undefined)
    return {
      what,
      reason: 'not-connected',
      detail: 'it is known only from statements that use it; no source describes it',
      remedy: 'Connect the source that holds it.',
    };
  return {
    what,
    reason: 'not-judged',
    detail: 'nothing has judged it yet',
    remedy: `Run: lexline sync ${source}`,
  };
}
