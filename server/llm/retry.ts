import type { Clock } from '../base/clock.ts';
import { errorFor, RequestFailed } from './failure.ts';

export interface RetryOptions {
  readonly endpoint: string;
  /** Tries after the first. */
  readonly retries: number;
  /** Of all tries and waits together. */
  readonly deadlineMs: number;
  readonly clock: Clock;
  /** 0 to 1, spreads the waits of several processes. */
  readonly random: () => number;
  /** Ends early with the signal's reason. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

const firstWaitMs = 500;
const longestWaitMs = 16_000;

/**
 * Tries a request until it is answered, refused or out of time. What the endpoint asks to wait is waited, also beyond a
 * minute, as long as the deadline allows; where it does not, that is said instead of asking again too early.
 */
export async function withRetries<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  { endpoint, retries, deadlineMs, clock, random, pause }: RetryOptions,
  signal: AbortSignal,
): Promise<T> {
  const end = clock.now() + deadlineMs;
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await within(attempt, Math.max(1, end - clock.now()), signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof RequestFailed)) throw error;
      const { failure } = error;
      if (!failure.again || tries > retries) throw errorFor(endpoint, failure, tries);
      const wait = failure.waitMs ?? backoff(tries, random());
      if (clock.now() + wait >= end) {
        const what =
          failure.waitMs === null
            ? `${failure.what}; the deadline of ${deadlineMs} ms is over`
            : `${failure.what} and asks to wait ${Math.ceil(wait / 1000)} s, longer than the deadline of ${deadlineMs} ms leaves`;
        throw errorFor(endpoint, { ...failure, what }, tries);
      }
      await pause(wait, signal);
    }
  }
}

/** Doubles from half a second, up to sixteen, less up to a quarter. */
function backoff(tries: number, random: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1)) * (1 - random / 4);
}

/** A try that is cut off when its time is over, whatever the wire is doing. */
async function within<T>(attempt: (signal: AbortSignal) => Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), ms);
  try {
    return await attempt(AbortSignal.any([signal, timeout.signal]));
  } catch (error) {
    if (!timeout.signal.aborted || signal.aborted) throw error;
    throw new RequestFailed({ kind: 'timeout', what: 'no whole answer in time', again: false, waitMs: null });
  } finally {
    clearTimeout(timer);
  }
}

/** Reads `Retry-After` (seconds or an HTTP date) and `retry-after-ms`; null where neither says anything usable. */
export function retryAfterMs(headers: { get(name: string): string | null }, now: number): number | null {
  const precise = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(precise) && precise >= 0) return precise;
  const text = headers.get('retry-after');
  if (text === null) return null;
  if (/^\d{1,9}$/u.test(text.trim())) return Number(text.trim()) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
