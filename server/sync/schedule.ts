import { createHash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { nextTime, parseCron } from '../base/cron.ts';
import type { Log } from '../base/log.ts';
import { pause } from './pause.ts';

/** Sources start up to so much after their time, each always by the same amount, so that many do not start at once. */
const spreadMs = 60_000;
/** Clocks are set and machines sleep: nobody waits longer than this without looking at the clock again. */
const longestWaitMs = 60_000;

export interface ScheduleOptions {
  readonly sources: readonly { readonly name: string; readonly schedule: string }[];
  /** By whose clock the schedules run. */
  readonly timezone: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Syncs one source. What it throws is logged, and the next time comes all the same. */
  readonly sync: (source: string) => Promise<void>;
  readonly signal: AbortSignal;
  /** Waits; default: a timer. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Syncs sources at their times until the signal ends it. One source at a time: a sync uses all that a machine has. A time
 * that passes while its source is still being synced, or waits for another, is not made up for.
 */
export async function runSchedule(options: ScheduleOptions): Promise<void> {
  const { sources, signal, clock } = options;
  const wait = options.wait ?? ((ms: number) => pause(ms, signal));
  let queue: Promise<void> = Promise.resolve();
  const follow = async ({ name, schedule }: ScheduleOptions['sources'][number]): Promise<void> => {
    const cron = parseCron(schedule);
    const delay = delayOf(name);
    while (!signal.aborted) {
      const due = nextTime(cron, clock.now() - delay, options.timezone) + delay;
      for (let left = due - clock.now(); left > 0 && !signal.aborted; left = due - clock.now())
        await wait(Math.min(left, longestWaitMs), signal);
      queue = queue.then(() => syncOnce(name, options));
      await queue;
    }
  };
  await Promise.allSettled(sources.map(follow));
}

async function syncOnce(name: string, { sync, signal, log }: ScheduleOptions): Promise<void> {
  if (signal.aborted) return;
  try {
    await sync(name);
  } catch (error) {
    if (!signal.aborted) log.error('a scheduled sync failed', { source: name, error });
  }
}

/** Always the same for one name, spread evenly over names. */
function delayOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % spreadMs;
}
