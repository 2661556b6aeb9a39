import { describe, expect } from 'vitest';
import { datasetUid, jobUid } from '../../server/model/ids.ts';
import { assertion, commit, dataset, fieldOf, job, named } from './graph-documents.ts';
import type { OnStore } from './graph-store.ts';

/** A source owns what it asserted, and nothing else. */
export function describeOwnership(onStore: OnStore): void {
  describe('ownership', () => {
    onStore('keeps a dataset alive while one source still asserts it', async ({ store }) => {
      const orders = datasetUid(named('orders'));
      await store.putSource({ name: 'warehouse', connector: 'x', mode: 'snapshot', precedence: 2, managed: true });
      await store.putSource({ name: 'dbt', connector: 'x', mode: 'snapshot', precedence: 1, managed: true });
      await commit(store, [
        assertion('warehouse', dataset('orders', ['id', 'email'])),
        assertion('dbt', dataset('orders', ['id'], { description: 'Orders' })),
      ]);
      await commit(store, [{ type: 'retire', source: 'warehouse', uid: orders }]);
      const [both] = await store.get([orders], 1);
      const [one] = await store.get([orders], 2);
      expect(both?.assertions.map((assertion) => assertion.source)).toEqual(['dbt', 'warehouse']);
      expect(one?.assertions.map((assertion) => assertion.source)).toEqual(['dbt']);
      expect(await store.totals(2)).toMatchObject({ datasets: 1, fields: 1 });
      await commit(store, [{ type: 'retire', source: 'dbt', uid: orders }]);
      expect(await store.totals(3)).toMatchObject({ datasets: 0, fields: 0 });
      expect((await store.get([orders], 3))[0]?.assertions).toEqual([]);
    });

    onStore('lets nobody retire what another source said', async ({ store }) => {
      await commit(store, [assertion('a', dataset('orders', ['id']))]);
      await commit(store, [{ type: 'retire', source: 'b', uid: datasetUid(named('orders')) }]);
      expect(await store.totals(2)).toMatchObject({ datasets: 1, fields: 1 });
    });

    onStore('keeps an edge that two sources assert until both let go, and walks it once', async ({ store }) => {
      const pair = [fieldOf('a', 'x'), fieldOf('b', 'y')] as const;
      const tables = [dataset('a', ['x']), dataset('b', ['y'])];
      const view = job('v', [pair]);
      await commit(store, [
        ...tables.map((table) => assertion('one', table)),
        assertion('one', view),
        assertion('two', view),
      ]);
      expect(
        (await store.edges([pair[0]], 'downstream', undefined, 1, { first: 10 })).items
          .map((edge) => edge.source)
          .sort(),
      ).toEqual(['one', 'two']);
      expect(
        (await store.walk({ from: [pair[0]], direction: 'downstream', depth: 3, n: 1, first: 10 })).hits,
      ).toHaveLength(1);
      await commit(store, [{ type: 'retire', source: 'one', uid: jobUid(named('v')) }]);
      expect(
        (await store.walk({ from: [pair[0]], direction: 'downstream', depth: 3, n: 2, first: 10 })).hits,
      ).toHaveLength(1);
      await commit(store, [{ type: 'retire', source: 'two', uid: jobUid(named('v')) }]);
      expect(
        (await store.walk({ from: [pair[0]], direction: 'downstream', depth: 3, n: 3, first: 10 })).hits,
      ).toHaveLength(0);
      expect(
        (await store.walk({ from: [pair[0]], direction: 'downstream', depth: 3, n: 1, first: 10 })).hits,
      ).toHaveLength(1);
    });

    onStore('touches only the rows that differ inside a changed document', async ({ store }) => {
      await commit(store, [assertion('a', dataset('orders', ['id', 'email', 'city']))]);
      const changed = dataset('orders', ['id', 'email', 'card']);
      await commit(store, [assertion('a', changed)]);
      const changes = (await store.changes(1, 2, { first: 100 })).items.filter((change) => change.table === 'fact');
      const touched = changes.map(
        (change) =>
          `${change.change} ${change.uid === fieldOf('orders', 'card') ? 'card' : change.uid === fieldOf('orders', 'city') ? 'city' : 'other'}`,
      );
      expect(touched.sort()).toEqual(['closed city', 'opened card']);
    });

    onStore('lets what people entered sleep while a thing is gone and wake with it', async ({ store }) => {
      const orders = datasetUid(named('orders'));
      await commit(store, [
        assertion('a', dataset('orders', ['id'])),
        {
          type: 'enter',
          entered: { uid: orders, kind: 'purpose', body: { text: 'delivery' }, actor: { kind: 'person', id: 'p1' } },
        },
      ]);
      await commit(store, [{ type: 'retire', source: 'a', uid: orders }]);
      await commit(store, [assertion('a', dataset('orders', ['id']))]);
      expect(await store.entered({ uids: [orders] }, 3)).toEqual([
        { uid: orders, kind: 'purpose', body: { text: 'delivery' }, actor: { kind: 'person', id: 'p1' }, since: 1 },
      ]);
    });

    onStore('names an edge end that no source describes, without saying that it exists', async ({ store }) => {
      const far = named('elsewhere');
      await commit(store, [
        assertion('a', dataset('orders', ['id'])),
        { type: 'name', entity: { uid: datasetUid(far), kind: 'dataset', parent: null, ...far, path: null } },
        {
          type: 'name',
          entity: { uid: fieldOf('elsewhere', 'x'), kind: 'field', parent: datasetUid(far), ...far, path: ['x'] },
        },
        assertion('a', job('v', [[fieldOf('orders', 'id'), fieldOf('elsewhere', 'x')]])),
      ]);
      expect(await store.totals(1)).toMatchObject({ datasets: 1, fields: 1, jobs: 1, edges: 1 });
      expect((await store.get([datasetUid(far)], 1))[0]).toMatchObject({ name: 'elsewhere', assertions: [] });
      expect(
        (await store.walk({ from: [fieldOf('orders', 'id')], direction: 'downstream', depth: 1, n: 1, first: 5 })).hits,
      ).toHaveLength(1);
    });

    onStore(
      'gives a field that an edge named before its dataset to it, once somebody describes it',
      async ({ store }) => {
        const [far, uid, x] = [named('elsewhere'), datasetUid(named('elsewhere')), fieldOf('elsewhere', 'x')];
        await commit(store, [
          assertion('a', dataset('orders', ['id'])),
          { type: 'name', entity: { uid: x, kind: 'field', parent: uid, ...far, path: ['x'] } },
          assertion('a', job('v', [[fieldOf('orders', 'id'), x]])),
        ]);
        const fieldsAt = async (n: number) => (await store.fieldsOf([uid], n)).flat().map(({ path }) => path?.[0]);
        expect((await store.get([uid, x], 1)).map((record) => record?.assertions)).toEqual([[], []]);
        expect((await store.list({ kind: 'field', parent: uid, alive: false }, 1, { first: 5 })).items).toMatchObject([
          { uid: x, parent: uid, path: ['x'] },
        ]);
        expect(await fieldsAt(1)).toEqual([]);
        await commit(store, [assertion('b', dataset('elsewhere', ['w', 'x', 'y']))]);
        expect(await fieldsAt(2)).toEqual(['w', 'x', 'y']);
        await commit(store, [assertion('b', dataset('elsewhere', ['x', 'z']))]);
        expect(await fieldsAt(3)).toEqual(['x', 'z']);
        expect(await store.totals(3)).toMatchObject({ datasets: 2, fields: 3 });
        await commit(store, [assertion('b', dataset('elsewhere', ['z']))]);
        expect(await fieldsAt(4)).toEqual(['z']);
        await commit(store, [{ type: 'retire', source: 'b', uid }]);
        expect(await store.totals(5)).toMatchObject({ datasets: 1, fields: 1 });
      },
    );
  });
}
