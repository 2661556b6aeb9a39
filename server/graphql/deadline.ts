import { LexlineError } from '../base/errors.ts';
import type { Query } from '../query/query.ts';

/** The time that a request has. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Fails with DEADLINE_EXCEEDED when the work has not ended in time, or the caller went away. */
  race<T>(work: Promise<T>): Promise<T>;
  /** The caller went away: nobody waits any longer. */
  abandon(): void;
  /** Lets go of the timer. */
  end(): void;
}

export function createDeadline(ms: number): Deadline {
  const controller = new AbortController();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const fail = (error: LexlineError) => {
    failed.reject(error);
    controller.abort(error);
  };
  const timer = setTimeout(() => {
    const error = new LexlineError('DEADLINE_EXCEEDED', `[graphql] the answer was not ready within ${ms} ms`, {
      remedy: 'Ask for less at a time: fewer items, less depth, or counts instead of lists.',
    });
    fail(error);
  }, ms);
  timer.unref();
  return {
    signal: controller.signal,
    race: (work) => Promise.race([work, failed.promise]),
    abandon() {
      clearTimeout(timer);
      fail(new LexlineError('CANCELLED', '[graphql] the caller went away'));
    },
    end: () => clearTimeout(timer),
  };
}

/** The same questions, each of which fails with DEADLINE_EXCEEDED once the time is over. */
export function withDeadline(query: Query, deadline: Deadline): Query {
  const guarded = Object.entries(query).map(([name, method]: readonly [string, (...args: never[]) => unknown]) => [
    name,
    (...args: never[]) => {
      deadline.signal.throwIfAborted();
      const answer = method(...args);
      return answer instanceof Promise ? deadline.race(answer) : answer;
    },
  ]);
  return Object.fromEntries(guarded) as Query;
}
