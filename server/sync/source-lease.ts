import { LexlineError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { StateLease, StateStore } from '../stores/state/state-store.ts';
import { pause } from './pause.ts';

/** The right to sync one source, held against other processes and renewed while the run goes on. */
export interface SourceLease {
  /** Fires when the lease was lost: whoever holds it now reads the source, this run must stop. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** Takes the lease of a source, waiting for another holder up to `waitMs`. Fails with STORE_BUSY when it is still held then. */
export async function takeSourceLease(options: {
  readonly state: Pick<StateStore, 'acquire' | 'release'>;
  readonly source: string;
  readonly holder: string;
  readonly ttlMs: number;
  readonly waitMs: number;
  readonly log: Log;
  readonly signal: AbortSignal | undefined;
}): Promise<SourceLease> {
  const { state, holder, ttlMs } = options;
  const name = `sync:${options.source}`;
  const first = await waitForLease(() => state.acquire(name, holder, ttlMs), options);
  if (first === null)
    throw new LexlineError(
      'STORE_BUSY',
      `[sync/${options.source}] another process is syncing this source; nothing was changed. Try again when it has ended.`,
    );
  let lease: StateLease = first;
  const lost = new AbortController();
  const renew = async (): Promise<void> => {
    try {
      const renewed = await state.acquire(name, holder, ttlMs);
      if (renewed === null || renewed.token !== lease.token) lost.abort(fenced(options.source));
      else lease = renewed;
    } catch (error) {
      options.log.warn('could not renew a sync lease', { source: options.source, error });
    }
  };
  let renewing = Promise.resolve();
  const timer = setInterval(
    () => {
      renewing = renewing.then(renew);
    },
    Math.max(50, ttlMs / 3),
  );
  timer.unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      // One that is under way and arrives after the release would take the lease for a run that is over.
      await renewing;
      if (!lost.signal.aborted) await state.release(lease);
    },
  };
}

/** Asks again until it gets something or the time is over. */
export async function waitForLease<T>(
  ask: () => Promise<T | null>,
  options: { readonly waitMs: number; readonly ttlMs: number; readonly signal: AbortSignal | undefined },
): Promise<T | null> {
  const step = Math.max(20, Math.min(500, options.ttlMs / 10));
  for (let waited = 0; ; waited += step) {
    const got = await ask();
    if (got !== null || waited >= options.waitMs) return got;
    await pause(step, options.signal);
  }
}

function fenced(source: string): LexlineError {
  return new LexlineError(
    'STORE_FENCED',
    `[sync/${source}] another process took over this sync; this run stopped and what it staged is kept for the other.`,
  );
}
