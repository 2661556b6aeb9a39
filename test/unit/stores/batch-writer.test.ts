import { describe, expect, it } from 'vitest';
import { createBatchWriter } from '../../../server/stores/graph/batch-writer.ts';
import type { Change, OpenRevision } from '../../../server/stores/graph/graph-store.ts';

const open: OpenRevision = { n: 1, token: 1, run: 'r', resumed: false };
const change: Change = { type: 'end-entered', uid: 'a', kind: 'stop' };

async function batchesOf(count: number, rows?: number): Promise<readonly number[]> {
  const sizes: number[] = [];
  const graph = {
    apply: (_: OpenRevision, changes: readonly Change[]) => {
      sizes.push(changes.length);
      return Promise.resolve({ opened: 0, closed: 0 });
    },
  };
  const writer = createBatchWriter(graph, open);
  for (let i = 0; i < count; i++) await writer.add(change, rows);
  expect(await writer.end()).toBe(count);
  return sizes;
}

describe('a writer of batches', () => {
  it('hands a store no more changes at once than it takes, however few rows they make', async () => {
    expect(await batchesOf(25_000)).toEqual([10_000, 10_000, 5000]);
  });

  it('hands over sooner what makes many rows', async () => {
    expect(await batchesOf(25, 1000)).toEqual([10, 10, 5]);
  });

  it('hands over nothing where there is nothing', async () => {
    expect(await batchesOf(0)).toEqual([]);
  });
});
