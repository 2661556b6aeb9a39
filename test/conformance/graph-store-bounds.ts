import { describe, expect } from 'vitest';
import { datasetUid } from '../../server/model/ids.ts';
import type { Change, GraphStore } from '../../server/stores/graph/graph-store.ts';
import { assertion, chain, commit, dataset, edge, fieldOf, job, named, openRevision } from './graph-documents.ts';
import type { OnStore } from './graph-store.ts';

const orders = datasetUid(named('orders'));
const first = 10;

/** Every read that names a revision. */
const reads: Readonly<Record<string, (store: GraphStore, n: number) => Promise<unknown>>> = {
  docs: (store, n) => store.docs('a', undefined, n, { first }),
  get: (store, n) => store.get([orders], n),
  resolve: (store, n) => store.resolve([named('orders')], 'dataset', n),
  byNative: (store, n) => store.byNative('a', ['x'], n),
  list: (store, n) => store.list({}, n, { first }),
  fieldsOf: (store, n) => store.fieldsOf([orders], n),
  search: (store, n) => store.search('orders', {}, n, { first }),
  walk: (store, n) => store.walk({ from: [orders], direction: 'downstream', depth: 1, n, first }),
  path: (store, n) => store.path({ from: orders, to: fieldOf('orders', 'id'), n, maxDepth: 1 }),
  count: (store, n) => store.count({ from: [orders], direction: 'downstream', depth: 1, n }),
  edges: (store, n) => store.edges([orders], 'downstream', undefined, n, { first }),
  verdicts: (store, n) => store.verdicts([orders], n),
  derived: (store, n) => store.derived([orders], n),
  evidence: (store, n) => store.evidence([orders], n),
  entered: (store, n) => store.entered({}, n),
  scan: (store, n) => store.scan('entities', n, { first }),
  changes: (store, n) => store.changes(n, 3, { first }),
  history: (store, n) => store.history([orders], n, { first }),
  totals: (store, n) => store.totals(n),
};

/** Reads that are cut into pages. */
const paged: readonly ((store: GraphStore, page: { first: number; after?: string }) => Promise<unknown>)[] = [
  (store, page) => store.revisions(page),
  (store, page) => store.docs('a', undefined, 1, page),
  (store, page) => store.list({}, 1, page),
  (store, page) => store.search('orders', {}, 1, page),
  (store, page) => store.edges([orders], 'downstream', undefined, 1, page),
  (store, page) => store.scan('edges', 1, page),
  (store, page) => store.scan('verdicts', 1, page),
  (store, page) => store.changes(0, 1, page),
  (store, page) => store.history([orders], 1, page),
  (store, page) => store.walk({ from: [orders], direction: 'downstream', depth: 1, n: 1, ...page }),
];

/** What is refused, and what is said about it. */
export function describeBounds(onStore: OnStore): void {
  describe('bounds', () => {
    onStore('answers no read below the retention floor by a part of what was known', async ({ store }) => {
      await commit(store, [assertion('a', dataset('orders', ['id', 'email']))]);
      await commit(store, [assertion('a', dataset('orders', ['id']))]);
      await commit(store, [assertion('a', dataset('orders', ['id', 'card']))]);
      await store.purge(2);
      for (const [name, read] of Object.entries(reads)) {
        await expect(read(store, 1), name).rejects.toMatchObject({ code: 'ASOF_BELOW_RETENTION' });
        await expect(read(store, 2), name).resolves.toBeDefined();
      }
      expect((await store.head()).floor).toBe(2);
    });

    onStore('refuses what is no revision, and differences that run backwards', async ({ store }) => {
      await commit(store, [assertion('a', dataset('orders', ['id']))]);
      for (const n of [-1, 1.5, Number.NaN])
        for (const [name, read] of Object.entries(reads))
          await expect(read(store, n), `${name} at ${n}`).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      await expect(store.changes(1, 0, { first })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      expect((await store.changes(1, 1, { first })).items).toEqual([]);
    });

    onStore('refuses pages beyond 10,000 and cursors that it did not make', async ({ store }) => {
      await commit(store, [assertion('a', dataset('orders', ['id']))]);
      const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      for (const [i, read] of paged.entries()) {
        for (const size of [0, -1, 10_001, 1.5])
          await expect(read(store, { first: size }), `${i} of ${size}`).rejects.toMatchObject({
            code: 'INPUT_INVALID',
          });
        for (const after of [
          'nonsense',
          '',
          made([]),
          made([{}, {}]),
          made({ a: 1 }),
          made([[], [], [], [], [], [], []]),
        ])
          await expect(read(store, { first, after }), `${i} after ${after}`).rejects.toMatchObject({
            code: 'INPUT_INVALID',
          });
      }
    });

    onStore('refuses more than 10,000 changes in a batch and 1,000 datasets at once', async ({ store }) => {
      const open = await openRevision(store, 'too much');
      const change: Change = { type: 'retire', source: 'a', uid: orders };
      await expect(
        store.apply(
          open,
          Array.from({ length: 10_001 }, () => change),
        ),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      expect(
        await store.apply(
          open,
          Array.from({ length: 10_000 }, () => change),
        ),
      ).toEqual({ opened: 0, closed: 0 });
      await expect(
        store.fieldsOf(
          Array.from({ length: 1001 }, () => orders),
          0,
        ),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    });

    onStore('keeps the first of what a document says twice, however often it is applied', async ({ store }) => {
      const [from, to] = [fieldOf('orders', 'id'), fieldOf('copy', 'id')];
      const twice = job('load', []);
      const said = {
        ...twice,
        edges: [edge(from, to, twice.uid, { effect: 'keep' }), edge(from, to, twice.uid, { effect: 'hash' })],
      };
      await commit(store, [
        assertion('a', dataset('orders', ['id'])),
        assertion('a', dataset('copy', ['id'])),
        assertion('a', said),
      ]);
      const effects = async (n: number) =>
        (await store.edges([from], 'downstream', undefined, n, { first })).items.map(({ effect }) => effect);
      expect(await effects(1)).toEqual(['keep']);
      const open = await openRevision(store, 'again');
      expect(await store.apply(open, [assertion('a', said)])).toEqual({ opened: 0, closed: 0 });
      expect(await effects(open.n)).toEqual(['keep']);
    });

    onStore('keeps names that are longer than any index takes, in order and apart', async ({ store }) => {
      const long = `${'schema_🦊.'.repeat(1200)}t`;
      const names = [`${long}_b`, `${long}_a`, 'short'];
      await commit(
        store,
        names.map((name) =>
          assertion(
            'a',
            dataset(name, [name], { native: { id: name } }, [{ namespace: 'other', name: `alias ${name}` }]),
          ),
        ),
      );
      const uids = names.map((name) => datasetUid(named(name)));
      expect(await store.resolve(names.map(named), 'dataset', 1)).toEqual(uids);
      const aliases = names.map((name) => ({ namespace: 'other', name: `alias ${name}` }));
      expect(await store.resolve(aliases, 'dataset', 1)).toEqual(uids);
      expect(await store.byNative('a', names, 1)).toEqual(uids);
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.list({ kind: 'dataset' }, 1, { first: 1, ...(after === undefined ? {} : { after }) });
        seen.push(...page.items.map(({ name }) => name));
        after = page.cursor ?? undefined;
      } while (after !== undefined);
      expect(seen.toSorted()).toEqual(names.toSorted());
      expect((await store.fieldsOf(uids, 1)).map((fields) => fields[0]?.path)).toEqual(names.map((name) => [name]));
    });

    onStore('writes a document that is larger than a transaction, changes it and takes it back', async ({ store }) => {
      const [from, to] = [fieldOf('orders', 'id'), fieldOf('copy', 'id')];
      const load = job('load', []);
      const stating = (count: number) =>
        assertion('a', {
          ...load,
          digest: `${count}`,
          edges: Array.from({ length: count }, (_, i) => edge(from, to, load.uid, { fn: `F${i}` })),
        });
      const edges = async (n: number) => (await store.totals(n)).edges;
      await commit(store, [
        assertion('a', dataset('orders', ['id'])),
        assertion('a', dataset('copy', ['id'])),
        stating(21_000),
      ]);
      expect(await edges(1)).toBe(21_000);
      await commit(store, [stating(500)]);
      expect([await edges(1), await edges(2)]).toEqual([21_000, 500]);
      const open = await openRevision(store, 'again');
      expect(await store.apply(open, [stating(500)])).toEqual({ opened: 0, closed: 0 });
      await store.apply(open, [stating(21_000)]);
      await store.rollback(open);
      expect(await edges(3)).toBe(500);
    });

    onStore('stops a walk that nobody waits for', async ({ store }) => {
      await commit(
        store,
        chain(4).map((document) => assertion('a', document)),
      );
      const request = { from: [fieldOf('t0', 'c')], direction: 'downstream', depth: 9, n: 1 } as const;
      await expect(store.walk({ ...request, first }, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
      await expect(store.count(request, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
      const control = new AbortController();
      const walks = Array.from({ length: 5 }, () => store.walk({ ...request, first }, control.signal));
      control.abort();
      for (const walk of await Promise.allSettled(walks))
        expect(walk).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED' } });
      // What comes after is not stopped with it.
      expect((await store.walk({ ...request, first }, new AbortController().signal)).hits).toHaveLength(3);
      expect((await store.count(request)).fields).toBe(3);
    });

    onStore('answers nothing once it is closed', async ({ store }) => {
      await store.head();
      await store.close();
      await expect(store.head()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await expect(store.lease('late', 1000)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    });
  });
}
