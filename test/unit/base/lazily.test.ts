import { describe, expect, it } from 'vitest';
import { lazily } from '../../../server/base/lazily.ts';

describe('something made when it is first asked for', () => {
  it('is made once, with what the first who asks gives', async () => {
    const made: string[] = [];
    const get = lazily(async (by: string) => made.push(by));
    expect(get.made()).toBe(false);
    expect(await Promise.all([get('first'), get('second')])).toEqual([1, 1]);
    expect(await get('third')).toBe(1);
    expect(made).toEqual(['first']);
    expect(get.made()).toBe(true);
  });

  it('is made again by the next who asks where making it failed', async () => {
    let tries = 0;
    const get = lazily(async () => {
      tries += 1;
      if (tries === 1) throw new Error('not yet');
      return tries;
    });
    await expect(get()).rejects.toThrow('not yet');
    expect(get.made()).toBe(false);
    expect(await get()).toBe(2);
  });
});
