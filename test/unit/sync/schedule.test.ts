import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { runSchedule, type ScheduleOptions } from '../../../server/sync/schedule.ts';

const minute = 60_000;
const start = Date.parse('2026-03-02T10:00:00Z');

/** A world in which waiting moves the clock, until `endsAt`. */
function world(
  schedules: Readonly<Record<string, string>>,
  endsAt: number,
  sync: (name: string, clock: { at: number }) => Promise<void> = async () => {},
) {
  const clock = { at: start };
  const abort = new AbortController();
  const ran: { readonly name: string; readonly at: number }[] = [];
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const options: ScheduleOptions = {
    sources: Object.entries(schedules).map(([name, schedule]) => ({ name, schedule })),
    timezone: 'UTC',
    clock: { now: () => clock.at },
    log: silentLog,
    signal: abort.signal,
    wait: (ms) => new Promise((wake) => sleepers.push({ until: clock.at + ms, wake })),
    sync: async (name) => {
      ran.push({ name, at: clock.at });
      await sync(name, clock);
    },
  };
  const run = async (): Promise<typeof ran> => {
    const done = runSchedule(options);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = sleepers.toSorted((a, b) => a.until - b.until)[0];
      if (next === undefined) continue;
      sleepers.splice(sleepers.indexOf(next), 1);
      clock.at = Math.max(clock.at, next.until);
      if (clock.at >= endsAt) abort.abort();
      next.wake();
      if (abort.signal.aborted) break;
    }
    for (const { wake } of sleepers) wake();
    await done;
    return ran;
  };
  return { run };
}

describe('scheduled syncs', () => {
  it('come at their times, each source always by the same amount later, within a minute', async () => {
    const ran = await world({ shop: '*/15 * * * *' }, start + 59 * minute).run();
    expect(ran).toHaveLength(4);
    const delays = ran.map(({ at }, i) => at - (start + i * 15 * minute));
    expect(new Set(delays).size).toBe(1);
    expect(delays[0]).toBeGreaterThanOrEqual(0);
    expect(delays[0]).toBeLessThan(minute);
  });

  it('do not all start at once', async () => {
    const ran = await world({ a: '0 * * * *', b: '0 * * * *', c: '0 * * * *' }, start + 10 * minute).run();
    expect(new Set(ran.map(({ at }) => at)).size).toBe(3);
  });

  it('go on after one that failed', async () => {
    const failing = async (): Promise<void> => {
      throw new Error('the source is down');
    };
    expect(await world({ shop: '*/15 * * * *' }, start + 59 * minute, failing).run()).toHaveLength(4);
  });

  it('are not made up for when one took longer than its interval', async () => {
    const slow = async (_: string, clock: { at: number }): Promise<void> => {
      clock.at += 40 * minute;
    };
    expect((await world({ shop: '*/15 * * * *' }, start + 100 * minute, slow).run()).length).toBeLessThanOrEqual(3);
  });

  it('never run two at a time', async () => {
    let running = 0;
    let most = 0;
    const busy = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await world({ a: '* * * * *', b: '* * * * *' }, start + 20 * minute, busy).run();
    expect(most).toBe(1);
  });
});
