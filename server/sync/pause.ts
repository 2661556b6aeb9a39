import { LexlineError } from '../base/errors.ts';

/** Waits; fails with CANCELLED (or the signal's own typed reason) as soon as the signal fires. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  stopIfAborted(signal);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done);
  });
  stopIfAborted(signal);
}

/** Fails when the signal has fired: with its reason where that is typed, otherwise with CANCELLED. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  if (signal.reason instanceof LexlineError) throw signal.reason;
  throw new LexlineError(
    'CANCELLED',
    '[sync] stopped on request; what was read is kept and the next sync goes on from there.',
  );
}
