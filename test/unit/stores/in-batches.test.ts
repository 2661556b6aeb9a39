import { describe, expect, it } from 'vitest';
import { inBatches } from '../../../server/stores/in-batches.ts';

describe('many things asked of a store', () => {
  const asked: number[] = [];
  const twice = async (batch: readonly number[]): Promise<readonly number[]> => {
    asked.push(batch.length);
    return batch.map((one) => one * 2);
  };
  it.each([
    [0, []],
    [1, [1]],
    [1000, [1000]],
    [1001, [1000, 1]],
    [2500, [1000, 1000, 500]],
  ])('are asked in calls of bounded size and answered in their order: %i', async (count, calls) => {
    asked.length = 0;
    const keys = Array.from({ length: count }, (_, i) => i);
    expect(await inBatches(keys, twice)).toEqual(keys.map((one) => one * 2));
    expect(asked).toEqual(calls);
  });
});
