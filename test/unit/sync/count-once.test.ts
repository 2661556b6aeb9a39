import { describe, expect, it } from 'vitest';
import type { Observation, ObservedBatch } from '../../../server/stores/state/state-store.ts';
import { createCountOnce, forgetCounted } from '../../../server/sync/count-once.ts';

const observation: Observation = {
  uid: 'u',
  measure: 'runs',
  day: '2026-01-02',
  count: 1,
  last: '2026-01-02T10:00:00.000Z',
};

function setUp(source = 'lineage') {
  const told: (readonly ObservedBatch[])[] = [];
  const state = { observe: async (batches: readonly ObservedBatch[]) => void told.push(batches) };
  const counts = createCountOnce({ state, source, placeOf: (serial) => `run/0/${serial}` });
  return { told, counts };
}

const sizes = (told: readonly (readonly ObservedBatch[])[]) =>
  told.map((batches) => batches.map(({ id, observations }) => `${id} ${observations.length}`));

describe('observations of a read', () => {
  it('go into the store by event, in one transaction', async () => {
    const { told, counts } = setUp();
    for (const event of ['a', 'a', 'b', undefined, 'c', undefined]) await counts.add(observation, event);
    expect(told).toEqual([]);
    await counts.flush();
    await counts.flush();
    expect(sizes(told)).toEqual([['event:lineage:a 2', 'event:lineage:b 1', 'event:lineage:c 1', 'run/0/0 2']]);
    expect(counts.events).toEqual(['event:lineage:a', 'event:lineage:b', 'event:lineage:c']);
  });

  it('of one event are never divided, however many there are', async () => {
    const { told, counts } = setUp();
    await counts.add(observation, 'a');
    for (let i = 0; i < 1500; i++) await counts.add(observation, 'b');
    await counts.add(observation, 'c');
    await counts.flush();
    expect(sizes(told)).toEqual([['event:lineage:a 1', 'event:lineage:b 1500'], ['event:lineage:c 1']]);
  });

  it('of no event are told by their place in the run', async () => {
    const { told, counts } = setUp();
    for (let i = 0; i < 2001; i++) await counts.add(observation, undefined);
    await counts.flush();
    expect(sizes(told)).toEqual([['run/0/0 1000'], ['run/0/1 1000'], ['run/0/2 1']]);
    expect(counts.events).toEqual([]);
  });

  it('of an event of another source are others', async () => {
    const { told, counts } = setUp('other');
    await counts.add(observation, 'a');
    await counts.flush();
    expect(sizes(told)).toEqual([['event:other:a 1']]);
  });

  it('are let go of some at a time', async () => {
    const gone: number[] = [];
    const state = { forgetBatches: async (ids: readonly string[]) => void gone.push(ids.length) };
    await forgetCounted(
      state,
      Array.from({ length: 12_000 }, (_, i) => String(i)),
    );
    await forgetCounted(state, []);
    expect(gone).toEqual([5000, 5000, 2000]);
  });
});
