import { describe, expect, it } from 'vitest';
import { createMemory } from '../../../server/base/remember.ts';

describe('a memory', () => {
  it('keeps the last answers, and forgets what failed', async () => {
    const remember = createMemory<number>(2);
    let worked = 0;
    const work = () => Promise.resolve((worked += 1));
    expect([await remember('a', work), await remember('a', work)]).toEqual([1, 1]);
    await remember('b', work);
    await remember('a', work);
    await remember('c', work);
    expect([await remember('a', work), await remember('b', work)]).toEqual([1, 4]);
    await expect(remember('x', () => Promise.reject(new Error('once')))).rejects.toThrow('once');
    expect(await remember('x', () => Promise.resolve(7))).toBe(7);
  });

  it('works an answer out once for all who ask meanwhile', async () => {
    const remember = createMemory<number>();
    let worked = 0;
    const work = async () => {
      worked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return worked;
    };
    expect(await Promise.all([remember('a', work), remember('a', work), remember('b', work)])).toEqual([2, 2, 2]);
    expect(worked).toBe(2);
  });
});
