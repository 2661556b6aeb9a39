import { instant, type Clock } from '../../base/clock.ts';
import type { RetentionPolicy } from '../../base/config-retention.ts';
import { LexlineError } from '../../base/errors.ts';
import { digestOf, type Json } from '../../model/json.ts';
import type { Actor } from '../../model/provenance.ts';
import { everyPage } from '../../stores/every-page.ts';
import type { GraphStore, Revision } from '../../stores/graph/graph-store.ts';
import type { Ledger } from '../../stores/ledger/ledger.ts';
import type { StateStore } from '../../stores/state/state-store.ts';
import { planRetention, type RetentionPlan } from './plan-retention.ts';
import { restingReports } from './resting-reports.ts';

/** Lets go of old revisions by the configured policy. */
export interface Retention {
  /** What the policy means now; changes nothing. Fails with CONFIG_INVALID where there is no policy. */
  plan(): Promise<RetentionPlan>;
  /**
   * Does it, and says in the ledger which revisions can no longer be read and why. Nothing is written where nothing goes.
   * Interrupted, the next one goes on with it.
   */
  apply(by: { readonly actor: Actor }): Promise<RetentionApplied>;
}

export interface RetentionApplied {
  readonly plan: RetentionPlan;
  /** Rows removed. */
  readonly rows: number;
}

export function createRetention(options: {
  readonly graph: GraphStore;
  readonly ledger: Ledger;
  readonly state: StateStore;
  readonly clock: Clock;
  readonly policy: RetentionPolicy | null;
  readonly timezone: string;
}): Retention {
  const { graph, ledger, state, clock, timezone } = options;
  const policyOf = (): RetentionPolicy => {
    if (options.policy !== null) return options.policy;
    throw new LexlineError('CONFIG_INVALID', '[retention] no policy is configured: every revision is kept', {
      remedy: 'add to lexline.yaml:\nretention: { everything: 400, monthEnds: 84 }',
    });
  };
  const plan = async (): Promise<RetentionPlan> => {
    const policy = policyOf();
    const revisions: Revision[] = [];
    for await (const revision of everyPage((page) => graph.revisions(page), 5000)) revisions.push(revision);
    const reports = await restingReports({ ledger, state });
    const head = await graph.head();
    return planRetention({ policy, revisions: revisions.reverse(), head, reports, now: clock.now(), timezone });
  };
  return {
    plan,
    async apply({ actor }) {
      const planned = await plan();
      const { floor, kept, gone, goneRevisions } = planned;
      const say = (kind: string, body: Json) =>
        ledger.append([{ kind, actor, at: instant(clock), subject: null, body }]);
      const policy = digestOf(policyOf());
      // Said first: what was begun and cut short is known to have been begun.
      if (goneRevisions > 0)
        await say('revisions-purged', { floor, gone: gone.map(({ first, last }) => [first, last]), policy });
      const rows = floor === 0 ? 0 : await graph.purge(floor, kept);
      if (rows > 0) await say('revisions-purged-rows', { floor, rows });
      return { plan: planned, rows };
    },
  };
}
