import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Actor } from '../model/provenance.ts';
import type { Inbox } from './inbox.ts';
import { pause } from './pause.ts';
import type { Sync, SyncReport } from './sync.ts';

/** Each revision of a run is followed by at least this long without another, in ms. */
const perRevisionMs = 1000;
/** What another process put is found after this long. */
const lookMs = 5000;
/** A source that cannot be synced is tried again after this long, twice as long each time, up to the second. */
const firstRetryMs = 1000;
const longestRetryMs = 60_000;

const actor: Actor = { kind: 'process', id: 'receiver' };

/**
 * Brings what waits in the inbox into the graph until the signal ends it: a sync of the source whenever something waits,
 * at most one revision a second. A run that fails leaves all where it is and is tried again.
 */
export async function drainInbox(options: {
  readonly sources: readonly string[];
  readonly sync: Pick<Sync, 'run'>;
  readonly inbox: Pick<Inbox, 'waiting' | 'onPut'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { sources, inbox, signal } = options;
  const wake = new Map<string, () => void>();
  const due = new Set<string>();
  inbox.onPut((source) => {
    due.add(source);
    wake.get(source)?.();
  });
  // One source at a time: a sync uses all that a machine has.
  let queue: Promise<unknown> = Promise.resolve();
  const follow = async (source: string): Promise<void> => {
    let retryMs = firstRetryMs;
    while (!signal.aborted) {
      if (!due.has(source) && (await inbox.waiting(source)) === 0) {
        await nap(lookMs, signal, (awake) => wake.set(source, awake));
        continue;
      }
      due.delete(source);
      const started = options.clock.now();
      const run = queue.then(() => syncOnce(source, options));
      queue = run;
      const report = await run;
      if (report === null || report.error !== null) {
        due.add(source);
        await nap(retryMs, signal);
        retryMs = Math.min(retryMs * 2, longestRetryMs);
        continue;
      }
      retryMs = firstRetryMs;
      const took = options.clock.now() - started;
      await nap(Math.max(perRevisionMs, perRevisionMs * report.revisions.length, took / 2), signal);
    }
  };
  await Promise.allSettled(sources.map(follow));
}

async function syncOnce(
  source: string,
  { sync, signal, log }: Parameters<typeof drainInbox>[0],
): Promise<SyncReport | null> {
  if (signal.aborted) return null;
  try {
    return await sync.run({ source, actor, signal, apartMs: perRevisionMs });
  } catch (error) {
    log.error('events could not be brought into the graph', { source, error });
    return null;
  }
}

/** Waits until the time is over, somebody wakes it, or the signal fires. */
async function nap(ms: number, signal: AbortSignal, onAwake?: (awake: () => void) => void): Promise<void> {
  const awake = new AbortController();
  onAwake?.(() => awake.abort());
  await pause(ms, AbortSignal.any([signal, awake.signal])).catch(() => {});
}
