import type { QueryPort } from './query-port.ts';

/**
 * Lets callers ask at the same time over one session, which has one transaction at a time: a cursor's pages come to their
 * end before anybody else is served. Whoever reads pages must not ask anything else in between.
 */
export function inTurns(port: QueryPort): QueryPort {
  let last: Promise<void> = Promise.resolve();

  async function take(): Promise<() => void> {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    return resolve;
  }

  return {
    ...port,
    async query(sql, params, signal) {
      const done = await take();
      try {
        return await port.query(sql, params, signal);
      } finally {
        done();
      }
    },
    async *pages(sql, params, pageRows, signal) {
      const done = await take();
      try {
        yield* port.pages(sql, params, pageRows, signal);
      } finally {
        done();
      }
    },
  };
}
