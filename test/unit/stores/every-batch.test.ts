import { describe, expect, it } from 'vitest';
import { everyBatch } from '../../../server/stores/every-batch.ts';

async function* upTo(n: number): AsyncIterable<number> {
  for (let i = 1; i <= n; i++) yield i;
}

async function all<T>(batches: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const batch of batches) found.push(batch);
  return found;
}

describe('batches of what comes one by one', () => {
  it('hold all of it in its order, the last what is left', async () => {
    expect(await all(everyBatch(upTo(5), 2))).toEqual([[1, 2], [3, 4], [5]]);
    expect(await all(everyBatch(upTo(4), 2))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(await all(everyBatch(upTo(0), 2))).toEqual([]);
  });

  it('are full without what is not wanted', async () => {
    expect(await all(everyBatch(upTo(7), 2, (n) => n % 2 === 1))).toEqual([
      [1, 3],
      [5, 7],
    ]);
  });
});
