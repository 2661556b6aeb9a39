import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { drainInbox } from '../../../server/sync/drain-inbox.ts';
import type { SyncReport } from '../../../server/sync/sync.ts';

const clock = { now: () => Date.now() };

/** An inbox of two sources and a conductor whose runs end as the test says; ends when `enough` runs were made. */
async function drain(
  answers: readonly (Partial<SyncReport> | Error)[],
  options: {
    readonly waiting?: Record<string, number>;
    readonly onRun?: (source: string, put: (source: string) => void) => void;
  } = {},
): Promise<readonly string[]> {
  const stop = new AbortController();
  const runs: string[] = [];
  const listeners: ((source: string) => void)[] = [];
  const waiting = { one: 0, two: 0, ...options.waiting };
  const put = (source: string): void => {
    for (const listener of listeners) listener(source);
  };
  const draining = drainInbox({
    sources: ['one', 'two'],
    sync: {
      run({ source }) {
        const answer = answers[runs.length];
        runs.push(source);
        options.onRun?.(source, put);
        if (runs.length >= answers.length) stop.abort();
        if (answer instanceof Error) return Promise.reject(answer);
        return Promise.resolve({ error: null, revisions: [], ...answer } as unknown as SyncReport);
      },
    },
    inbox: {
      waiting: async (source) => (source === 'one' ? waiting.one : waiting.two),
      onPut: (listener) => void listeners.push(listener),
    },
    clock,
    log: silentLog,
    signal: stop.signal,
  });
  await draining;
  return runs;
}

describe('bringing the inbox into the graph', () => {
  it('begins with what waited from before', async () => {
    expect(await drain([{}], { waiting: { one: 3 } })).toEqual(['one']);
  });

  it('syncs a source again when something was put while it was synced', async () => {
    let puts = 0;
    const onRun = (source: string, put: (source: string) => void): void => {
      if (puts++ === 0) put(source);
    };
    expect(await drain([{}, {}], { waiting: { two: 1 }, onRun })).toEqual(['two', 'two']);
  });

  it('tries a source again that could not be synced, whether it said so or threw', async () => {
    const failed = { error: { code: 'STORE_BUSY', message: 'busy', remedy: null } };
    expect(await drain([failed, new Error('broken'), {}], { waiting: { one: 1 } })).toEqual(['one', 'one', 'one']);
  });
});
