import { expect, it } from 'vitest';
import type { SourceConnection } from '../../../connectors/connector.ts';
import { silentLog } from '../../../server/base/log.ts';
import { followChanges } from '../../../server/sync/follow-changes.ts';

const connection = (changes?: SourceConnection['changes'], closed: () => void = () => {}): SourceConnection => ({
  check: async () => ({ system: 'x', gaps: [], notes: [] }),
  async *read() {},
  ...(changes === undefined ? {} : { changes }),
  close: async () => closed(),
});

it('syncs a source each time it tells of a change, and leaves alone one that never tells', async () => {
  const stop = new AbortController();
  const synced: string[] = [];
  await followChanges({
    sources: [
      {
        name: 'telling',
        connection: () =>
          connection(async function* () {
            yield 1;
            yield 2;
            stop.abort();
          }),
      },
      { name: 'silent', connection: () => connection() },
    ],
    sync: async (source) => synced.push(source) > 0,
    log: silentLog,
    signal: stop.signal,
    wait: async () => {},
  });
  expect(synced).toEqual(['telling', 'telling']);
});

it('tries a sync that failed again until it succeeds, and goes on', async () => {
  const stop = new AbortController();
  let syncs = 0;
  await followChanges({
    sources: [
      {
        name: 'x',
        connection: () =>
          connection(async function* () {
            yield 1;
            yield 2;
            stop.abort();
          }),
      },
    ],
    sync: async () => {
      syncs += 1;
      if (syncs === 1) throw new Error('no');
      return syncs !== 2;
    },
    log: silentLog,
    signal: stop.signal,
    wait: async () => {},
  });
  expect(syncs).toBe(4);
});

it('listens again after growing waits where it cannot listen, and closes every connection', async () => {
  const stop = new AbortController();
  const waits: number[] = [];
  let opened = 0;
  let closed = 0;
  await followChanges({
    sources: [
      {
        name: 'x',
        connection: () => {
          opened += 1;
          return connection(
            async function* () {
              if (opened === 3) yield 1;
              if (opened === 5) stop.abort();
              throw new Error('broker gone');
            },
            () => (closed += 1),
          );
        },
      },
    ],
    sync: async () => true,
    log: silentLog,
    signal: stop.signal,
    wait: async (ms) => void waits.push(ms),
  });
  expect(waits).toEqual([2000, 4000, 2000, 4000]);
  expect([opened, closed]).toEqual([5, 5]);
});
