import type { Ledger, LedgerEntry } from '../stores/ledger/ledger.ts';
import { applyChange, type ApplyContext } from './apply-change.ts';
import type { WriteBackChange } from './change.ts';

/**
 * Writes changes one after the other and stops at the first that the source shows otherwise than expected, or refuses. One
 * that cannot be written for what it is itself fails alone: the others go on, and it counts for nothing in `limit`. What was
 * done is entered into the ledger as one batch, whatever happened.
 */
export async function carryOut(
  changes: readonly WriteBackChange[],
  context: ApplyContext & {
    readonly ledger: Ledger;
    /** At most this many are written. Default: all. */
    readonly limit?: number;
  },
): Promise<{ readonly done: readonly WriteBackChange[]; readonly stopped: string | null }> {
  const done: WriteBackChange[] = [];
  let stopped: string | null = null;
  let left = context.limit ?? changes.length;
  try {
    for (const change of changes) {
      if (left <= 0) break;
      context.signal.throwIfAborted();
      const { change: outcome, concernsItAlone } = await applyChange(change, context);
      done.push(outcome);
      if (concernsItAlone) continue;
      left--;
      if (outcome.status !== 'failed' && outcome.status !== 'unexpected') continue;
      stopped = `stopped at ${change.id}: ${outcome.detail}`;
      break;
    }
  } finally {
    if (done.length > 0) await context.ledger.append(done.map((change) => ledgerEntry(change)));
  }
  return { done, stopped };
}

/** A change as the ledger keeps it. */
export function ledgerEntry({
  id,
  source,
  action,
  target,
  tag,
  status,
  detail,
  policies,
  because,
  actor,
  changedAt,
}: WriteBackChange): LedgerEntry {
  return {
    kind: 'write-back',
    actor,
    at: changedAt,
    subject: target.uid,
    body: {
      change: id,
      source,
      action,
      tag,
      outcome: status,
      detail,
      category: because?.category ?? null,
      confidence: because?.confidence ?? null,
      policies: policies.map(({ name }) => name),
    },
  };
}
