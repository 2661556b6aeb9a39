import { describe, expect, it } from 'vitest';
import { createLimits } from '../../../server/llm/limits.ts';

/** A clock that only waiting moves. */
function waitedTime() {
  let time = 0;
  return {
    clock: { now: () => time },
    pause: (ms: number) => {
      time += ms;
      return Promise.resolve();
    },
  };
}

const never = new AbortController().signal;

describe('the limits of an endpoint', () => {
  it('let no more requests through at once than configured', async () => {
    const limits = createLimits({ concurrency: 2, ...waitedTime() });
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 9 }, () => limits.run(1, work, never)));
    expect(most).toBe(2);
  });

  it('spread requests over the minutes, first come first served', async () => {
    const time = waitedTime();
    const limits = createLimits({ concurrency: 9, requestsPerMinute: 2, ...time });
    const seen: [number, number][] = [];
    await Promise.all(
      [0, 1, 2, 3, 4].map((i) => limits.run(1, () => Promise.resolve(seen.push([i, time.clock.now()])), never)),
    );
    expect(seen).toEqual([
      [0, 0],
      [1, 0],
      [2, 60_000],
      [3, 60_000],
      [4, 120_000],
    ]);
  });

  it('spread tokens over the minutes, and let a question larger than a minute’s share go alone', async () => {
    const time = waitedTime();
    const limits = createLimits({ concurrency: 9, tokensPerMinute: 100, ...time });
    const at: number[] = [];
    for (const tokens of [60, 40, 500, 10])
      await limits.run(tokens, () => Promise.resolve(at.push(time.clock.now())), never);
    expect(at).toEqual([0, 0, 60_000, 120_000]);
  });

  it('give the place of a failed or unwanted request to the next', async () => {
    const limits = createLimits({ concurrency: 1, ...waitedTime() });
    await expect(limits.run(1, () => Promise.reject(new Error('broken')), never)).rejects.toThrow('broken');
    const stop = new AbortController();
    let release = (): void => {};
    const first = limits.run(1, () => new Promise<void>((resolve) => (release = resolve)), never);
    const second = limits.run(1, () => Promise.resolve('second'), stop.signal);
    const third = limits.run(1, () => Promise.resolve('third'), never);
    stop.abort(new Error('unwanted'));
    await expect(second).rejects.toThrow('unwanted');
    await new Promise((resolve) => setTimeout(resolve, 5));
    release();
    await first;
    expect(await third).toBe('third');
  });
});
