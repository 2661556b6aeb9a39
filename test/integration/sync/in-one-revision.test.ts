import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { inOneRevision, type Turn } from '../../../server/sync/in-one-revision.ts';
import { assertion, dataset } from '../../conformance/graph-documents.ts';
import { actor, openHouse, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const turn = (run: string, more: Partial<Turn> = {}): Turn => ({
  graph: house.stores.graph,
  run: { run, cause: 'test', actor },
  clock: systemClock,
  signal: new AbortController().signal,
  ttlMs: 600_000,
  ...more,
});
const entry = { kind: 'test', actor, at: '2026-01-01T00:00:00.000Z', subject: null, body: {} };

describe('work in one revision', () => {
  it('is published with its entries in the ledger, and gives the turn to the next', async () => {
    const { graph, ledger } = house.stores;
    const first = await inOneRevision(turn('one'), async (writer) => {
      await graph.apply(writer.open, [assertion('a', dataset('orders', ['id']))]);
      return { n: await writer.publish([entry]) };
    });
    expect(first).toEqual({ n: 1 });
    expect(await ledger.verify()).toMatchObject({ intact: true, entries: 1 });
    expect(await inOneRevision(turn('two'), (writer) => writer.publish([]))).toBe(2);
  });

  it('that fails is seen by nobody, and gives the turn to the next all the same', async () => {
    const { graph } = house.stores;
    const failing = inOneRevision(turn('one'), async (writer) => {
      await graph.apply(writer.open, [assertion('a', dataset('orders', ['id']))]);
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow('no room');
    expect((await graph.head()).published).toBe(0);
    expect(await inOneRevision(turn('two'), (writer) => writer.publish([]))).toBe(1);
    expect((await graph.totals(1)).datasets).toBe(0);
  });

  it('is refused while another holds the turn', async () => {
    const { graph } = house.stores;
    await graph.lease('another', 600_000);
    const refused = inOneRevision(turn('one', { waitMs: 1 }), (writer) => writer.publish([]));
    await expect(refused).rejects.toMatchObject({ code: 'STORE_BUSY' });
    expect((await graph.head()).open).toBeNull();
  });

  it('is not published once another took the turn over', async () => {
    const { graph } = house.stores;
    const late = inOneRevision(turn('one', { ttlMs: 1 }), async (writer) => {
      let taken = await graph.lease('another', 600_000);
      while (taken === null) taken = await graph.lease('another', 600_000);
      return writer.publish([entry]);
    });
    await expect(late).rejects.toMatchObject({ code: 'STORE_FENCED' });
    expect((await graph.head()).published).toBe(0);
  });
});
