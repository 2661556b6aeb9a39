import type { LexlineError } from '../../server/base/errors.ts';

/** How often and how long a request is tried again. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Wait after the first failure; doubled after each further one. */
  readonly baseMs: number;
  /** No wait is longer, whatever a source asks for in `Retry-After`. */
  readonly maxMs: number;
}

export const usualRetry: RetryPolicy = { attempts: 5, baseMs: 500, maxMs: 60_000 };

/** A failure that may be gone at the next try. */
export class TransientFailure extends Error {
  override readonly name = 'TransientFailure';
  readonly afterMs: number | null;
  /** What is thrown when no try is left. */
  readonly final: LexlineError;

  constructor(final: LexlineError, afterMs: number | null) {
    super(final.message);
    this.final = final;
    this.afterMs = afterMs;
  }
}

/**
 * Does the work until it succeeds, fails for good, or no try is left; then the typed error behind the last failure is
 * thrown. Waits grow twofold with a tenth of jitter taken from `random`, unless the source says how long.
 */
export async function retrying<T>(
  work: () => Promise<T>,
  policy: RetryPolicy,
  signal: AbortSignal,
  random: () => number = Math.random,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TransientFailure)) throw error;
      if (attempt >= policy.attempts) throw error.final;
      const grown = policy.baseMs * 2 ** (attempt - 1) * (1 + random() / 10);
      await wait(Math.min(error.afterMs ?? grown, policy.maxMs), signal);
    }
  }
}

/** Waits, and fails with the signal's reason as soon as it fires. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Milliseconds that a `Retry-After` header asks for (seconds, or a date against the answer's own `Date`); null without one. */
export function retryAfterMs(header: string | undefined, date: string | undefined): number | null {
  if (header === undefined || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const until = Date.parse(header);
  const now = Date.parse(date ?? '');
  return Number.isNaN(until) || Number.isNaN(now) ? null : Math.max(0, until - now);
}
