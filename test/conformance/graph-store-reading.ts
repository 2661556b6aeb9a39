import { describe, expect } from 'vitest';
import { datasetUid, fieldUid, jobUid } from '../../server/model/ids.ts';
import { assertion, commit, dataset, exported, fieldOf, job, named, verdict } from './graph-documents.ts';
import type { OnStore } from './graph-store.ts';

/** Look-ups, lists, search, claims, differences. */
export function describeReading(onStore: OnStore): void {
  describe('reading', () => {
    onStore('answers in the order asked, with null for what nobody named', async ({ store }) => {
      await commit(store, [assertion('a', dataset('x', ['k'])), assertion('a', dataset('y', ['k']))]);
      const [y, missing, x] = await store.get(
        [datasetUid(named('y')), datasetUid(named('nothing')), datasetUid(named('x'))],
        1,
      );
      expect([y?.name, missing, x?.name]).toEqual(['y', null, 'x']);
    });

    onStore('keeps names as they are, whatever they hold', async ({ store }) => {
      const names = [
        '"quo"ted',
        'dot.ted',
        'emoji 🦊',
        '\u202Eright-to-left',
        `long ${'ä'.repeat(63)}`,
        "O'Brien; DROP TABLE x",
      ];
      await commit(
        store,
        names.map((name) => assertion('a', dataset(name, [name, 'a.b']))),
      );
      const listed = (await store.list({ kind: 'dataset' }, 1, { first: 50 })).items.map((item) => item.name);
      expect([...listed].sort()).toEqual([...names].sort());
      const fields = await store.fieldsOf(
        names.map((name) => datasetUid(named(name))),
        1,
      );
      for (const [i, name] of names.entries())
        expect(fields[i]?.map((field) => field.path)).toEqual(
          [[name], ['a.b']].sort((p, q) => ((p[0] ?? '') < (q[0] ?? '') ? -1 : 1)),
        );
      expect(fieldUid(named('t'), ['a.b'])).not.toBe(fieldUid(named('t'), ['a', 'b']));
    });

    onStore('pages a list without losing or doubling anything', async ({ store }) => {
      await commit(
        store,
        Array.from({ length: 25 }, (_, i) => assertion('a', dataset(`t${String(i).padStart(2, '0')}`, ['c']))),
      );
      const names: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.list({ kind: 'dataset' }, 1, { first: 7, ...(after === undefined ? {} : { after }) });
        names.push(...page.items.map((item) => item.name));
        after = page.cursor ?? undefined;
      } while (after !== undefined);
      expect(names).toEqual(Array.from({ length: 25 }, (_, i) => `t${String(i).padStart(2, '0')}`));
    });

    onStore('filters by source, namespace, prefix and parent', async ({ store }) => {
      await commit(store, [
        assertion('a', dataset('sales.orders', ['id'])),
        assertion('b', dataset('hr.people', ['id', 'name'])),
      ]);
      const names = async (filter: Parameters<typeof store.list>[0]) =>
        (await store.list(filter, 1, { first: 20 })).items.map((item) => item.path?.[0] ?? item.name);
      expect(await names({ kind: 'dataset', source: 'b' })).toEqual(['hr.people']);
      expect(await names({ kind: 'dataset', namePrefix: 'sales.' })).toEqual(['sales.orders']);
      expect(await names({ kind: 'dataset', namespace: 'elsewhere' })).toEqual([]);
      expect(await names({ parent: datasetUid(named('hr.people')) })).toEqual(['id', 'name']);
    });

    onStore('lists a dataset and a job of one name in the same order, page by page', async ({ store }) => {
      await commit(store, [assertion('a', dataset('same', ['k'])), assertion('a', job('same', []))]);
      const wanted = [datasetUid(named('same')), jobUid(named('same'))].toSorted();
      const one = await store.list({}, 1, { first: 1 });
      const two = await store.list({}, 1, { first: 1, after: one.cursor ?? '' });
      expect([...one.items, ...two.items].map(({ uid }) => uid)).toEqual(wanted);
    });

    onStore('finds datasets by the id their source uses, by name and by alias', async ({ store }) => {
      const orders = datasetUid(named('orders'));
      await commit(store, [
        assertion(
          'atlas',
          dataset('orders', ['id'], { native: { id: 'guid-1' } }, [{ namespace: 'pg', name: 'public.orders' }]),
        ),
      ]);
      expect(await store.byNative('atlas', ['guid-2', 'guid-1'], 1)).toEqual([null, orders]);
      expect(await store.byNative('other', ['guid-1'], 1)).toEqual([null]);
      expect(
        await store.resolve([named('orders'), { namespace: 'pg', name: 'public.orders' }, named('none')], 'dataset', 1),
      ).toEqual([orders, orders, null]);
      await commit(store, [{ type: 'retire', source: 'atlas', uid: orders }]);
      expect(await store.resolve([named('orders'), { namespace: 'pg', name: 'public.orders' }], 'dataset', 2)).toEqual([
        null,
        null,
      ]);
    });

    onStore('resolves a name that two things bear as an alias to neither', async ({ store }) => {
      const shared = { namespace: 'pg', name: 'same' };
      await commit(store, [
        assertion('a', dataset('x', ['k'], {}, [shared])),
        assertion('a', dataset('y', ['k'], {}, [shared])),
      ]);
      expect(await store.resolve([shared], 'dataset', 1)).toEqual([null]);
    });

    onStore('leaves out the aliases of one source when asked to', async ({ store }) => {
      const [shared, own] = [
        { namespace: 'pg', name: 'shared' },
        { namespace: 'pg', name: 'own' },
      ];
      await commit(store, [
        assertion('a', dataset('x', ['k'], {}, [shared, own])),
        assertion('b', dataset('x', ['k'], {}, [shared])),
      ]);
      const x = datasetUid(named('x'));
      expect(await store.resolve([shared, own, named('x')], 'dataset', 1, 'a')).toEqual([x, null, x]);
      expect(await store.resolve([shared, own], 'dataset', 1)).toEqual([x, x]);
    });

    onStore('lists the documents of a source by scope for the diff', async ({ store }) => {
      await commit(store, [
        assertion('a', dataset('x', ['k']), 'one'),
        assertion('a', dataset('y', ['k']), 'two'),
        assertion('b', dataset('x', ['k']), 'one'),
      ]);
      const docs = async (scope?: string) =>
        (await store.docs('a', scope, 1, { first: 9 })).items.map((doc) => `${doc.scope} ${doc.kind} ${doc.uid}`);
      expect((await docs()).sort()).toEqual([
        `one dataset ${datasetUid(named('x'))}`,
        `two dataset ${datasetUid(named('y'))}`,
      ]);
      expect(await docs('two')).toEqual([`two dataset ${datasetUid(named('y'))}`]);
    });

    onStore('keeps verdicts, evidence and derived rows by revision', async ({ store }) => {
      const email = fieldOf('orders', 'email');
      await commit(store, [assertion('a', dataset('orders', ['email']))]);
      await commit(store, [
        { type: 'evidence', source: 'a', field: email, digest: 'd1', body: { distinct: 9 } },
        { type: 'verdict', verdict: verdict(email, 'user.contact.email') },
        {
          type: 'derived',
          row: { field: email, category: 'user.contact.email', treatment: 'clear', rank: 0, via: null, rules: 'f@1' },
        },
      ]);
      await commit(store, [
        { type: 'evidence', source: 'a', field: email, digest: 'd2', body: { distinct: 10 } },
        { type: 'verdict', verdict: verdict(email, 'user.contact.email', { confidence: 0.5 }) },
        { type: 'end-derived', field: email, category: 'user.contact.email', treatment: 'clear' },
      ]);
      expect(await store.verdicts([email], 1)).toEqual([]);
      expect((await store.verdicts([email], 2))[0]?.confidence).toBe(0.9);
      expect((await store.verdicts([email], 3))[0]?.confidence).toBe(0.5);
      expect((await store.evidence([email], 2)).map((row) => row.body)).toEqual([{ distinct: 9 }]);
      expect((await store.evidence([email], 3)).map((row) => row.body)).toEqual([{ distinct: 10 }]);
      expect(await store.derived([email], 2)).toEqual([
        { field: email, category: 'user.contact.email', treatment: 'clear', rank: 0, via: null, rules: 'f@1' },
      ]);
      expect(await store.derived([email], 3)).toEqual([]);
      expect(
        (await store.history([email], 3, { first: 50 })).items.map(
          (change) => `${change.at} ${change.change} ${change.table}`,
        ),
      ).toEqual([
        '1 opened fact',
        '2 opened evidence',
        '2 opened verdict',
        '2 opened derived',
        '3 closed evidence',
        '3 closed verdict',
        '3 closed derived',
        '3 opened evidence',
        '3 opened verdict',
      ]);
    });

    onStore('tells what is judged of the fields of many datasets, in the least form', async ({ store }) => {
      const email = fieldOf('t', 'email');
      const reasons = [{ signal: 'name', detail: 'the name says so', weight: 2 }];
      await commit(store, [assertion('a', dataset('t', ['email', 'id'])), assertion('a', dataset('u', ['k']))]);
      await commit(store, [
        { type: 'verdict', verdict: verdict(email, 'user.contact.email', { derived: 'hash', evidence: reasons }) },
        {
          type: 'verdict',
          verdict: verdict(email, 'none', { decider: 'human', state: 'rejected', seenAs: 'partial' }),
        },
        {
          type: 'derived',
          row: { field: email, category: 'user.name', treatment: 'partial', rank: 0, via: null, rules: 'r@1' },
        },
        { type: 'evidence', source: 'a', field: email, digest: 'e', body: {} },
      ]);
      const uids = ['u', 'nothing', 't'].map((name) => datasetUid(named(name)));
      const [u, nothing, t] = await store.fieldMarks(uids, 2);
      expect(u).toEqual([{ field: fieldOf('u', 'k'), profiled: false, verdicts: [], derived: [] }]);
      expect(nothing).toEqual([]);
      expect(t?.map(({ field }) => field)).toEqual([email, fieldOf('t', 'id')]);
      expect(t?.[0]).toMatchObject({
        profiled: true,
        derived: [{ category: 'user.name', treatment: 'partial', rank: 0 }],
      });
      const own = await store.verdicts([email], 2);
      for (const { decider, category, state, classes, confidence, derived, seenAs } of own)
        expect(t?.[0]?.verdicts).toContainEqual({ decider, category, state, classes, confidence, derived, seenAs });
      expect(own.map(({ seenAs }) => seenAs).filter((seenAs) => seenAs !== undefined)).toEqual(['partial']);
      expect(t?.[0]?.verdicts).toHaveLength(2);
      expect(JSON.stringify(t)).not.toContain('the name says so');
      const [before] = await store.fieldMarks([datasetUid(named('t'))], 1);
      expect(before?.map(({ verdicts, profiled }) => [verdicts, profiled])).toEqual([
        [[], false],
        [[], false],
      ]);
    });

    onStore('keeps statements only in the form that was handed in', async ({ store }) => {
      const view = {
        ...job('v', []),
        statements: [{ id: 's1', dialect: 'postgres', normalised: 'SELECT a FROM t WHERE b = ?' }],
      };
      await commit(store, [assertion('a', view)]);
      expect(await store.statements(['s1', 's2'])).toEqual([
        { id: 's1', dialect: 'postgres', normalised: 'SELECT a FROM t WHERE b = ?' },
      ]);
    });

    onStore('tells the difference between two revisions page by page', async ({ store }) => {
      await commit(store, [assertion('a', dataset('x', ['a', 'b', 'c']))]);
      await commit(store, [assertion('a', dataset('y', ['d']))]);
      await commit(store, [
        assertion('a', dataset('x', ['a', 'z'])),
        { type: 'retire', source: 'a', uid: datasetUid(named('y')) },
      ]);
      const whole = (await store.changes(1, 3, { first: 1000 })).items;
      expect((await store.changes(1, 3, { first: 1000 }, ['fact', 'edge'])).items).toEqual(
        whole.filter(({ table }) => table === 'fact'),
      );
      const paged: unknown[] = [];
      let after: string | undefined;
      do {
        const page = await store.changes(1, 3, { first: 2, ...(after === undefined ? {} : { after }) });
        paged.push(...page.items);
        after = page.cursor ?? undefined;
      } while (after !== undefined);
      expect(paged).toEqual(whole);
      // y came and went in between: it differs at neither end.
      expect(whole.some((change) => change.uid === datasetUid(named('y')))).toBe(false);
      const facts = whole.filter((change) => change.table === 'fact').map((change) => change.change);
      expect(facts.sort()).toEqual(['closed', 'closed', 'opened']);
    });

    onStore('scans everything exactly once in pages of any size', async ({ store }) => {
      await commit(store, [
        ...Array.from({ length: 12 }, (_, i) => assertion('a', dataset(`t${i}`, ['c', 'd']))),
        assertion(
          'a',
          job('v', [
            [fieldOf('t0', 'c'), fieldOf('t1', 'c')],
            [fieldOf('t1', 'c'), fieldOf('t2', 'd')],
          ]),
        ),
      ]);
      const rows = await exported(store, 1);
      expect(new Set(rows).size).toBe(rows.length);
      expect(rows.filter((row) => row.startsWith('entities'))).toHaveLength(12 * 3 + 1);
      expect(rows.filter((row) => row.startsWith('edges'))).toHaveLength(2);
      expect((await store.edges([jobUid(named('v'))], 'downstream', undefined, 1, { first: 5 })).items).toEqual([]);
    });
  });
}
