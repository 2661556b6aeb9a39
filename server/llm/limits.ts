import type { Clock } from '../base/clock.ts';

export interface LimitOptions {
  /** Requests under way at once. */
  readonly concurrency: number;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly clock: Clock;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Lets requests through at the pace and in the number an endpoint is configured for, first come, first served. */
export interface Limits {
  run<T>(tokens: number, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

const minute = 60_000;

export function createLimits({ concurrency, requestsPerMinute, tokensPerMinute, clock, pause }: LimitOptions): Limits {
  let running = 0;
  const waiting: (() => void)[] = [];
  const sent: { readonly at: number; readonly tokens: number }[] = [];
  let pacing: Promise<void> = Promise.resolve();

  const enter = async (signal: AbortSignal): Promise<void> => {
    if (running < concurrency) {
      running += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      signal.addEventListener('abort', stop, { once: true });
      waiting.push(go);
    });
  };
  // The place is handed on, so that nobody overtakes who waits.
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };

  const pace = async (tokens: number, signal: AbortSignal): Promise<void> => {
    for (;;) {
      const now = clock.now();
      while (sent[0] !== undefined && sent[0].at <= now - minute) sent.shift();
      const used = sent.reduce((sum, each) => sum + each.tokens, 0);
      const tooMany = requestsPerMinute !== undefined && sent.length >= requestsPerMinute;
      // A single question larger than a minute's share goes alone.
      const tooMuch = tokensPerMinute !== undefined && sent.length > 0 && used + tokens > tokensPerMinute;
      if (!tooMany && !tooMuch) {
        sent.push({ at: now, tokens });
        return;
      }
      await pause(Math.max(1, (sent[0]?.at ?? now) + minute - now), signal);
    }
  };

  return {
    async run(tokens, work, signal) {
      signal.throwIfAborted();
      await enter(signal);
      try {
        const turn = pacing.then(() => pace(tokens, signal));
        pacing = turn.catch(() => {});
        await turn;
        return await work();
      } finally {
        leave();
      }
    },
  };
}
