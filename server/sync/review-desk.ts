import type { Clock } from '../base/clock.ts';
import type { SampleResult } from '../classify/review-sample.ts';
import type { Decision } from '../classify/review-decision.ts';
import type { ReviewGroup } from '../classify/review.ts';
import type { Uid } from '../model/ids.ts';
import type { SeenSources } from './queue-index.ts';
import type { Actor } from '../model/provenance.ts';
import type { PropagationRules } from '../propagate/propagation-rules.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import type { Ledger } from '../stores/ledger/ledger.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { WriteBack } from '../writeback/write-back.ts';
import type { Retags } from './review-retags.ts';

/** One field of a group as a person needs to see it. */
export interface ReviewField {
  readonly uid: Uid;
  readonly dataset: string;
  /** Printed path. */
  readonly path: string;
  readonly type: string | null;
  readonly description: string | null;
  /** What speaks for and against; shapes and shares, never a value. */
  readonly evidence: readonly { readonly by: string; readonly signal: string; readonly detail: string }[];
  /** The dataset's page in its source, where the source gives one. */
  readonly link: string | null;
  /** To be run with one's own rights; null where the source takes no SQL. */
  readonly select: string | null;
}

export interface ReviewQueueView {
  /** The revision it was read at: to be handed back with a decision. */
  readonly revision: number;
  readonly totalGroups: number;
  readonly totalFields: number;
  /** Groups follow after this page. */
  readonly hasMore: boolean;
  readonly groups: readonly (ReviewGroup & {
    readonly question: string;
    /** Its own fields and those that their values flow to. */
    readonly settles: number;
    readonly sample: readonly ReviewField[];
  })[];
}

export interface DecideRequest extends Decision {
  readonly group: string;
  /** Fields of the group that it does not speak about. */
  readonly except?: readonly Uid[];
  /** The revision that was looked at; absent: the newest. Another's decision since then ends in REVIEW_CHANGED. */
  readonly expectedRevision?: number;
  /** The same key again answers what the first one did and does nothing. */
  readonly idempotencyKey: string;
  /** Whose fields it speaks about: those of datasets that one of these sources asserts. Default: all. */
  readonly seen?: SeenSources;
  /** Also tell which tags it would set and take off in the sources: asks those that are written, for a few seconds. */
  readonly retags?: boolean;
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

export interface DecideResult {
  /** `proposed`: it would take protection away and waits for a second person. */
  readonly state: 'decided' | 'proposed';
  readonly group: string;
  readonly fields: number;
  /** The first of them; answers that were remembered before this was kept have none. */
  readonly decided?: readonly Uid[];
  readonly revision: number;
  /** What a second person must agree to take away. */
  readonly lowers: readonly string[];
  /** Where it was asked for. Of a proposal: what it would change once somebody agrees. */
  readonly retags?: Retags;
}

/** A sample as it is handed out: nothing in it says what was found. */
export interface BlindSample {
  readonly id: string;
  readonly fields: readonly Omit<ReviewField, 'evidence'>[];
}

/** Where people look at what machines could not or may not settle. */
export interface ReviewDesk {
  /** `seen`: fields, counts and suggestions of datasets that one of these sources asserts, and nothing of the others. */
  queue(options: {
    readonly first: number;
    readonly after?: string;
    readonly seen?: SeenSources;
  }): Promise<ReviewQueueView>;
  /** Every field of a group: what a bulk decision would touch. Fails with NOT_FOUND. */
  fieldsOf(group: string, seen?: SeenSources): Promise<readonly ReviewField[]>;
  /**
   * Decides a group in one revision, with its propagation and its entry in the ledger. Fails with NOT_FOUND, INPUT_INVALID,
   * REVIEW_CHANGED, or REVIEW_OWN_PROPOSAL where a second person is needed and is not one.
   */
  decide(request: DecideRequest): Promise<DecideResult>;
  /** The tags that a decision would set and take off. Decides nothing; fails as {@link ReviewDesk.decide} would. */
  preview(request: Omit<DecideRequest, 'idempotencyKey' | 'retags'>): Promise<{
    readonly fields: number;
    /** What a second person must agree to take away. */
    readonly lowers: readonly string[];
    readonly retags: Retags;
    readonly revision: number;
  }>;
  /** Draws a sample, `size` of each stratum. `seed` makes it the same again. */
  draw(options: { readonly size: number; readonly seed: number; readonly actor: Actor }): Promise<BlindSample>;
  /** Scores a drawn sample; reports print the newest. Fails with NOT_FOUND for a sample nobody drew. */
  score(
    sample: string,
    judgements: readonly { readonly field: Uid; readonly category: string | null }[],
    actor: Actor,
  ): Promise<SampleResult>;
}

export interface ReviewDeskOptions {
  readonly graph: GraphStore;
  readonly ledger: Pick<Ledger, 'append'>;
  readonly state: StateStore;
  readonly taxonomy: Taxonomy;
  readonly rules: PropagationRules;
  readonly clock: Clock;
  /** True when all that is said of these sources is that HIPAA does not bind their holder. Default: nothing is said of any. */
  readonly isOutside?: (sources: readonly string[]) => boolean;
  /** Plans the tags of the sources that are written; absent: nobody is asked. */
  readonly retags?: WriteBack['retags'];
  /** How long that may take before what is not known yet is told as not known, in milliseconds. Default: 3,000. */
  readonly retagsMs?: number;
}
