import { describe, expect } from 'vitest';
import { assertion, commit, dataset, exported, fieldOf, openRevision, tester, verdict } from './graph-documents.ts';
import type { OnStore } from './graph-store.ts';

/** Publishing, undoing, leases, times. */
export function describeRevisions(onStore: OnStore): void {
  describe('revisions', () => {
    onStore('is empty before the first publish and says so for every time', async ({ store }) => {
      expect(await store.head()).toEqual({ published: 0, publishedAt: null, open: null, floor: 0, kept: [] });
      await expect(store.revisionAt('2026-01-01T00:00:00Z')).rejects.toMatchObject({
        code: 'ASOF_BEFORE_FIRST_REVISION',
      });
      await expect(store.revisionAt('yesterday')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    });

    onStore('shows an open revision only to those who read at it', async ({ store }) => {
      await commit(store, [assertion('a', dataset('orders', ['id', 'email']))]);
      const open = await openRevision(store, 'second');
      await store.apply(open, [assertion('a', dataset('orders', ['id']))]);
      expect(await store.totals(1)).toMatchObject({ datasets: 1, fields: 2 });
      expect(await store.totals(open.n)).toMatchObject({ datasets: 1, fields: 1 });
      expect((await store.head()).open).toEqual({ n: 2, run: 'second' });
    });

    onStore('answers at every revision what was known then', async ({ store }) => {
      await commit(store, [assertion('a', dataset('orders', ['id']))]);
      await commit(store, [assertion('a', dataset('orders', ['id', 'card']))]);
      await commit(store, [assertion('a', dataset('orders', ['card']))]);
      const fieldsAt = async (n: number) =>
        (await store.list({ kind: 'field' }, n, { first: 10 })).items.map((field) => field.path?.join('.'));
      expect(await fieldsAt(1)).toEqual(['id']);
      expect(await fieldsAt(2)).toEqual(['card', 'id']);
      expect(await fieldsAt(3)).toEqual(['card']);
    });

    onStore('undoes an unpublished revision as if it had never been', async ({ store }) => {
      await commit(store, [
        assertion('a', dataset('orders', ['id', 'email'])),
        { type: 'verdict', verdict: verdict(fieldOf('orders', 'email'), 'user.contact.email') },
      ]);
      const before = await exported(store, 1);
      const open = await openRevision(store, 'doomed');
      await store.apply(open, [
        assertion('a', dataset('orders', ['id'])),
        assertion('a', dataset('refunds', ['note'])),
        { type: 'end-verdict', field: fieldOf('orders', 'email'), decider: 'detector', category: 'user.contact.email' },
      ]);
      await store.rollback(open);
      expect((await store.head()).open).toBeNull();
      expect(await exported(store, 1)).toEqual(before);
      expect(await exported(store, 2)).toEqual(before);
    });

    onStore('goes on with the open revision of the same run and undoes that of another', async ({ store }) => {
      const first = await openRevision(store, 'killed');
      await store.apply(first, [assertion('a', dataset('orders', ['id']))]);
      const again = await openRevision(store, 'killed');
      expect(again).toMatchObject({ n: 1, resumed: true });
      expect(await store.totals(1)).toMatchObject({ datasets: 1 });
      const other = await openRevision(store, 'another');
      expect(other).toMatchObject({ n: 1, resumed: false });
      expect(await store.totals(1)).toMatchObject({ datasets: 0 });
    });

    onStore('changes nothing when a batch is applied twice', async ({ store }) => {
      const batch = [
        assertion('a', dataset('orders', ['id', 'email'])),
        { type: 'verdict', verdict: verdict(fieldOf('orders', 'email'), 'user.contact.email') } as const,
      ];
      const open = await openRevision(store, 'twice');
      await store.apply(open, batch);
      const once = await exported(store, open.n);
      expect(await store.apply(open, batch)).toEqual({ opened: 0, closed: 0 });
      expect(await exported(store, open.n)).toEqual(once);
    });

    onStore('keeps a row that was closed and opened again unchanged inside one revision', async ({ store }) => {
      await commit(store, [assertion('a', dataset('orders', ['id', 'email']))]);
      const open = await openRevision(store, 'there and back');
      await store.apply(open, [assertion('a', dataset('orders', ['id']))]);
      await store.apply(open, [assertion('a', dataset('orders', ['id', 'email']))]);
      await store.publish(open, []);
      expect((await store.changes(1, 2, { first: 100 })).items).toEqual([]);
    });

    onStore('publishes the ledger batch with its revision', async ({ store, ledger }) => {
      const open = await openRevision(store, 'with ledger');
      await store.apply(open, [assertion('a', dataset('orders', ['id']))]);
      const revision = await store.publish(open, [
        { kind: 'sync', actor: tester, at: '2026-01-01T00:00:00.000Z', subject: null, body: { changed: 1 } },
      ]);
      const [batch] = (await ledger.batches({ first: 10 })).items;
      expect(batch).toMatchObject({ batch: 1, revision: revision.n, firstSeq: 1, lastSeq: 1 });
      expect(revision).toMatchObject({ n: 1, run: 'with ledger', cause: 'suite', actor: tester });
    });

    onStore('gives every revision a later time than the one before', async ({ store }) => {
      const times: string[] = [];
      for (let i = 0; i < 5; i++)
        times.push((await commit(store, [assertion('a', dataset(`t${i}`, ['c']))])).publishedAt);
      expect([...times].sort()).toEqual(times);
      expect(new Set(times).size).toBe(5);
      for (const [i, time] of times.entries()) expect((await store.revisionAt(time)).n).toBe(i + 1);
      expect((await store.revisions({ first: 2 })).items.map((revision) => revision.n)).toEqual([5, 4]);
    });

    onStore('lets one writer in at a time', async ({ store }) => {
      const lease = await store.lease('one', 60_000);
      expect(lease).not.toBeNull();
      expect(await store.lease('two', 60_000)).toBeNull();
      if (lease !== null) await store.release(lease);
      expect((await store.lease('two', 60_000))?.token).toBe((lease?.token ?? 0) + 1);
    });

    onStore('turns a writer away whose lease another took over', async ({ store }) => {
      const late = await store.lease('late', 1);
      if (late === null) throw new Error('no lease');
      const open = await store.open(late, { run: 'late', cause: 'suite', actor: tester });
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
      const taken = await store.lease('next', 60_000);
      expect(taken).not.toBeNull();
      await expect(store.apply(open, [assertion('a', dataset('orders', ['id']))])).rejects.toMatchObject({
        code: 'STORE_FENCED',
      });
      await expect(store.publish(open, [])).rejects.toMatchObject({ code: 'STORE_FENCED' });
    });

    onStore('forgets what closed below the retention floor and says so', async ({ store }) => {
      const first = await commit(store, [assertion('a', dataset('orders', ['id', 'email']))]);
      await commit(store, [assertion('a', dataset('orders', ['id']))]);
      await commit(store, [assertion('a', dataset('orders', ['id', 'card']))]);
      const kept = await exported(store, 3);
      expect(await store.purge(2)).toBeGreaterThan(0);
      await expect(store.revisionAt(first.publishedAt)).rejects.toMatchObject({ code: 'ASOF_BELOW_RETENTION' });
      expect(await exported(store, 3)).toEqual(kept);
      expect((await store.list({ kind: 'field' }, 2, { first: 10 })).items).toHaveLength(1);
      await expect(store.purge(9)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    });

    onStore(
      'keeps what is asked to be kept below the retention floor, and nothing that was gone before',
      async ({ store }) => {
        const columns = [['id'], ['id', 'a'], ['id', 'b'], ['id', 'c'], ['id', 'd'], ['id', 'e']];
        const published = [];
        for (const own of columns) published.push(await commit(store, [assertion('x', dataset('orders', own))]));
        const before = await Promise.all([2, 4, 5, 6].map((n) => exported(store, n)));
        const difference = await store.changes(2, 4, { first: 100 });

        const only = (...revisions: readonly number[]) => revisions.map((n) => ({ first: n, last: n }));
        expect(await store.purge(5, only(2, 4))).toBeGreaterThan(0);
        expect(await store.head()).toMatchObject({ floor: 5, kept: only(2, 4) });
        expect(await Promise.all([2, 4, 5, 6].map((n) => exported(store, n)))).toEqual(before);
        expect(await store.changes(2, 4, { first: 100 })).toEqual(difference);
        expect((await store.revisionAt(published[1]?.publishedAt ?? '')).n).toBe(2);
        for (const n of [1, 3]) {
          await expect(store.totals(n)).rejects.toMatchObject({ code: 'ASOF_BELOW_RETENTION' });
          await expect(store.changes(2, 3, { first: 1 })).rejects.toMatchObject({ code: 'ASOF_BELOW_RETENTION' });
          await expect(store.revisionAt(published[n - 1]?.publishedAt ?? '')).rejects.toMatchObject({
            code: 'ASOF_BELOW_RETENTION',
          });
        }
        // Doing it again changes nothing; what is gone does not come back; what is no longer kept goes.
        expect(await store.purge(5, only(2, 4))).toBe(0);
        expect(await store.purge(5, only(3, 4))).toBeGreaterThan(0);
        expect(await store.head()).toMatchObject({ floor: 5, kept: only(4) });
        expect(await exported(store, 4)).toEqual(before[1]);
        await expect(store.totals(2)).rejects.toMatchObject({ code: 'ASOF_BELOW_RETENTION' });
        expect(await store.purge(2)).toBeGreaterThan(0);
        expect(await store.head()).toMatchObject({ floor: 5, kept: [] });
      },
    );
  });
}
