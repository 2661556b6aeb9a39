import { describe, expect } from 'vitest';
import { onFresh, type Suite } from './suite.ts';
import type { StateStore } from '../../server/stores/state/state-store.ts';

export interface StateStoreUnderTest {
  readonly state: StateStore;
}

const wait = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** The state contract. */
export function describeStateStore(name: string, suite: Suite<StateStoreUnderTest>): void {
  const fresh = onFresh(suite);
  const onState = (title: string, body: (state: StateStore) => Promise<void>) =>
    fresh(title, (under) => body(under.state));
  describe(`${name} as a state store`, () => {
    onState('gives a named lease to one holder, with a token that grows with each change of holder', async (state) => {
      const mine = await state.acquire('sync:shop', 'one', 60_000);
      expect(mine?.token).toBe(1);
      expect(await state.acquire('sync:shop', 'two', 60_000)).toBeNull();
      expect((await state.acquire('sync:shop', 'one', 60_000))?.token).toBe(1);
      expect((await state.acquire('sync:other', 'two', 60_000))?.token).toBe(1);
      if (mine !== null) await state.release(mine);
      expect((await state.acquire('sync:shop', 'two', 60_000))?.token).toBe(2);
    });

    onState('hands a lease on when it has run out', async (state) => {
      await state.acquire('x', 'one', 1);
      await wait(20);
      expect((await state.acquire('x', 'two', 60_000))?.token).toBe(2);
    });

    onState(
      'gives a holder that was held up its lease again as it was, where nobody took it meanwhile',
      async (state) => {
        const first = await state.acquire('x', 'one', 1);
        await wait(20);
        const again = await state.acquire('x', 'one', 60_000);
        expect(again?.token).toBe(first?.token);
        expect(await state.acquire('x', 'two', 60_000)).toBeNull();
      },
    );

    onState('gives a holder that was held up another token, where somebody held the lease meanwhile', async (state) => {
      const first = await state.acquire('x', 'one', 1);
      await wait(20);
      const between = await state.acquire('x', 'two', 60_000);
      if (between !== null) await state.release(between);
      expect((await state.acquire('x', 'one', 60_000))?.token).toBeGreaterThan(first?.token ?? Infinity);
    });

    onState('keeps staged documents by run until they are let go', async (state) => {
      await state.stage('r1', [
        { key: 'b', scope: 's1', digest: '1', body: { v: 1 } },
        { key: 'a', scope: 's2', digest: '2', body: { v: 2 } },
      ]);
      await state.stage('r1', [{ key: 'b', scope: 's1', digest: '3', body: { v: 3 } }]);
      await state.stage('r2', [{ key: 'b', scope: 's1', digest: '9', body: null }]);
      expect((await state.staged('r1', undefined, { first: 10 })).items).toEqual([
        { key: 'a', scope: 's2', digest: '2', body: { v: 2 } },
        { key: 'b', scope: 's1', digest: '3', body: { v: 3 } },
      ]);
      expect((await state.staged('r1', 's2', { first: 10 })).items.map((document) => document.key)).toEqual(['a']);
      const page = await state.staged('r1', undefined, { first: 1 });
      expect(
        (await state.staged('r1', undefined, { first: 5, after: page.cursor ?? '' })).items.map(
          (document) => document.key,
        ),
      ).toEqual(['b']);
      await state.unstage('r1');
      expect((await state.staged('r1', undefined, { first: 10 })).items).toEqual([]);
      expect((await state.staged('r2', undefined, { first: 10 })).items).toHaveLength(1);
    });

    onState('keeps, gives back, counts and removes many records at once', async (state) => {
      await state.putAll('inbox', [
        { key: 'b', body: { n: 1 } },
        { key: 'a', body: 'two' },
        { key: 'c', body: null },
      ]);
      await state.putAll('inbox', [{ key: 'b', body: { n: 3 } }]);
      await state.put('other', 'a', { n: 9 });
      expect(await state.getAll('inbox', ['c', 'b', 'nowhere', 'a'])).toEqual([null, { n: 3 }, null, 'two']);
      expect((await state.list('inbox', { first: 10 })).items.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
      expect(await state.count('inbox')).toBe(3);
      await state.removeAll('inbox', ['a', 'nowhere', 'c']);
      expect((await state.list('inbox', { first: 10 })).items.map(({ key }) => key)).toEqual(['b']);
      expect(await state.count('inbox')).toBe(1);
      expect(await state.get('other', 'a')).toEqual({ n: 9 });
    });

    onState('keeps records by kind and key, in either order, until they expire', async (state) => {
      await state.put('run', 'b', { n: 1 });
      await state.put('run', 'a', { n: 2 });
      await state.put('run', 'b', { n: 3 });
      await state.put('other', 'b', 'x');
      await state.put('run', 'gone', 1, '2000-01-01T00:00:00.000Z');
      expect(await state.get('run', 'b')).toEqual({ n: 3 });
      expect(await state.get('run', 'gone')).toBeNull();
      expect((await state.list('run', { first: 10 })).items.map((record) => record.key)).toEqual(['a', 'b']);
      expect((await state.list('run', { first: 10, newest: true })).items.map((record) => record.key)).toEqual([
        'b',
        'a',
      ]);
      expect((await state.list('run', { first: 10, prefix: 'a' })).items.map((record) => record.key)).toEqual(['a']);
      const page = await state.list('run', { first: 1, newest: true });
      expect(
        (await state.list('run', { first: 9, newest: true, after: page.cursor ?? '' })).items.map(
          (record) => record.key,
        ),
      ).toEqual(['a']);
      await state.remove('run', 'b');
      expect(await state.get('run', 'b')).toBeNull();
    });

    onState('keeps artefacts in chunks and refuses one that is too large', async (state) => {
      await state.putChunk('report', 0, Uint8Array.of(1, 2, 3));
      await state.putChunk('report', 1, Uint8Array.of(4));
      expect([...((await state.chunk('report', 0)) ?? [])]).toEqual([1, 2, 3]);
      expect(await state.chunk('report', 2)).toBeNull();
      await state.removeArtefact('report');
      expect(await state.chunk('report', 0)).toBeNull();
      await expect(state.putChunk('report', 0, new Uint8Array(1024 * 1024 + 1))).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    });

    onState('adds observations up per day and counts a batch once', async (state) => {
      const observation = {
        uid: 'u',
        measure: 'runs',
        day: '2026-01-02',
        count: 2,
        last: '2026-01-02T10:00:00.000Z',
        body: { ok: true },
      };
      await state.observe([{ id: 'b1', observations: [observation] }]);
      await state.observe([{ id: 'b1', observations: [observation] }]);
      const late = { ...observation, count: 3, last: '2026-01-02T09:00:00.000Z', body: { ok: false } };
      await state.observe([{ id: 'b2', observations: [late] }]);
      expect(await state.observations(['u', 'v'], 'runs')).toEqual([{ ...observation, count: 5 }]);
      expect(await state.observations(['u'], 'usage')).toEqual([]);
    });

    onState('counts of many batches those that it does not know, in any order and company', async (state) => {
      const batch = (id: string, count = 1) => ({
        id,
        observations: [{ uid: 'u', measure: 'runs', day: '2026-01-02', count, last: '2026-01-02T10:00:00.000Z' }],
      });
      const counted = async () => (await state.observations(['u']))[0]?.count;
      await state.observe([batch('b1'), batch('b3', 10)]);
      await state.observe([batch('b3', 10), batch('b2', 100), batch('b1'), batch('b2', 100), batch('b4', 1000)]);
      expect(await counted()).toBe(1111);
      await state.observe([batch('b2', 100), batch('b1')]);
      await state.observe([]);
      expect(await counted()).toBe(1111);
    });

    onState('keeps of batches that cannot be added up whole neither counts nor ids', async (state) => {
      const observation = { uid: 'u', measure: 'runs', day: '2026-01-02', last: '2026-01-02T10:00:00.000Z' };
      const sound = { id: 'sound', observations: [{ ...observation, count: 1 }] };
      const broken = { id: 'broken', observations: [{ ...observation, count: { of: 1 } as unknown as number }] };
      await expect(state.observe([sound, broken])).rejects.toThrow();
      expect(await state.observations(['u'])).toEqual([]);
      await state.observe([sound]);
      expect((await state.observations(['u']))[0]?.count).toBe(1);
    });

    onState('lets go of ids of batches, and of nothing that was counted', async (state) => {
      const batch = (id: string) => ({
        id,
        observations: [{ uid: 'u', measure: 'runs', day: '2026-01-02', count: 1, last: '2026-01-02T10:00:00.000Z' }],
      });
      const counted = async () => (await state.observations(['u']))[0]?.count;
      await state.observe([batch('b1'), batch('b2')]);
      await state.forgetBatches(['b1', 'b1', 'nobody']);
      await state.forgetBatches([]);
      expect(await counted()).toBe(2);
      await state.observe([batch('b1'), batch('b2')]);
      expect(await counted()).toBe(3);
    });

    onState('gives a lease that many ask for at once to one of them', async (state) => {
      const got = await Promise.all(Array.from({ length: 8 }, (_, i) => state.acquire('one', `holder ${i}`, 60_000)));
      expect(got.filter((lease) => lease !== null)).toHaveLength(1);
    });

    onState('lets nobody release a lease that another took over', async (state) => {
      const late = await state.acquire('x', 'late', 1);
      await wait(20);
      const next = await state.acquire('x', 'next', 60_000);
      expect(next).not.toBeNull();
      if (late !== null) await state.release(late);
      expect(await state.acquire('x', 'third', 60_000)).toBeNull();
    });

    onState('keeps keys and bodies as they are, whatever they hold', async (state) => {
      const key = '"quo"ted. emoji 🦊 \u202Eright-to-left';
      const body = { deep: [{ ä: 1.5, n: null }], text: '\u2028' };
      await state.put('kind', key, body);
      expect(await state.get('kind', key)).toEqual(body);
      expect((await state.list('kind', { first: 9, prefix: '"quo' })).items.map((record) => record.key)).toEqual([key]);
      expect((await state.list('kind', { first: 9, prefix: '%' })).items).toEqual([]);
    });

    onState('keeps something until its time, and lists nothing whose time is over', async (state) => {
      await state.put('answer', 'late', 2, '2999-01-01T00:00:00.000Z');
      let [until, got, gotAt]: [number, unknown, number] = [0, null, 0];
      // Where the machine was held up between the two calls, they say nothing: once more, with more time.
      for (let ms = 2000; gotAt >= until; ms *= 2) {
        until = Date.now() + ms;
        await state.put('answer', 'soon', 1, new Date(until).toISOString());
        got = await state.get('answer', 'soon');
        gotAt = Date.now();
      }
      expect(got).toBe(1);
      while (Date.now() <= until) await wait(100);
      expect(await state.get('answer', 'soon')).toBeNull();
      expect((await state.list('answer', { first: 9 })).items.map((record) => record.key)).toEqual(['late']);
    });

    onState('refuses pages beyond 10,000 and cursors that it did not make', async (state) => {
      for (const page of [{ first: 0 }, { first: 10_001 }, { first: 1, after: 'nonsense' }]) {
        await expect(state.list('kind', page)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
        await expect(state.staged('run', undefined, page)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      }
    });
  });
}
