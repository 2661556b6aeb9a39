import { describe, expect } from 'vitest';
import { onFresh, type Suite } from './suite.ts';
import type { Ledger, LedgerEntry } from '../../server/stores/ledger/ledger.ts';
import { tester } from './graph-documents.ts';

export interface LedgerUnderTest {
  readonly ledger: Ledger;
}

function entry(kind: string, body: LedgerEntry['body'] = {}, subject: string | null = null): LedgerEntry {
  return { kind, actor: tester, at: '2026-01-02T03:04:05.000Z', subject, body };
}

/** The ledger contract. */
export function describeLedger(name: string, suite: Suite<LedgerUnderTest>): void {
  const fresh = onFresh(suite);
  const onLedger = (title: string, body: (ledger: Ledger) => Promise<void>) =>
    fresh(title, (under) => body(under.ledger));
  describe(`${name} as a ledger`, () => {
    onLedger('is intact while empty', async (ledger) => {
      expect(await ledger.verify()).toEqual({ intact: true, batches: 0, entries: 0, head: null });
    });

    onLedger('chains batches and numbers entries without gaps', async (ledger) => {
      const first = await ledger.append([entry('export', { report: 'inventory' }), entry('sign-in')]);
      const second = await ledger.append([entry('export')]);
      expect(first).toMatchObject({ batch: 1, firstSeq: 1, lastSeq: 2, previousHash: '', revision: null });
      expect(second).toMatchObject({ batch: 2, firstSeq: 3, lastSeq: 3, previousHash: first.hash });
      expect(await ledger.verify()).toEqual({ intact: true, batches: 2, entries: 3, head: second.hash });
      expect((await ledger.batches({ first: 1 })).items).toEqual([first]);
    });

    onLedger('reads by kind, subject and time, page by page', async (ledger) => {
      await ledger.append([
        entry('a', { i: 1 }, 'x'),
        entry('b', { i: 2 }),
        entry('a', { i: 3 }, 'y'),
        entry('a', { i: 4 }, 'x'),
      ]);
      expect((await ledger.read({ kind: 'a' }, { first: 10 })).items.map((record) => record.body)).toEqual([
        { i: 1 },
        { i: 3 },
        { i: 4 },
      ]);
      expect((await ledger.read({ subject: 'x' }, { first: 10 })).items.map((record) => record.seq)).toEqual([1, 4]);
      expect((await ledger.read({ since: '2027-01-01T00:00:00Z' }, { first: 10 })).items).toEqual([]);
      const page = await ledger.read({}, { first: 3 });
      expect(page.items).toHaveLength(3);
      expect((await ledger.read({}, { first: 3, after: page.cursor ?? '' })).items.map((record) => record.seq)).toEqual(
        [4],
      );
    });

    onLedger('reads from the newest on as well, and what comes meanwhile moves no page', async (ledger) => {
      await ledger.append([entry('a', { i: 1 }), entry('b', { i: 2 }), entry('a', { i: 3 }), entry('a', { i: 4 })]);
      const seqs = (page: { readonly items: readonly { readonly seq: number }[] }) => page.items.map(({ seq }) => seq);
      const first = await ledger.read({ newestFirst: true }, { first: 2 });
      expect(seqs(first)).toEqual([4, 3]);
      await ledger.append([entry('a', { i: 5 })]);
      const rest = await ledger.read({ newestFirst: true }, { first: 2, after: first.cursor ?? '' });
      expect({ seqs: seqs(rest), cursor: rest.cursor }).toEqual({ seqs: [2, 1], cursor: null });
      expect(seqs(await ledger.read({ newestFirst: true, kind: 'a' }, { first: 2 }))).toEqual([5, 4]);
    });

    onLedger('hashes the same entries to the same root wherever they stand in a member order', async (ledger) => {
      const one = await ledger.append([entry('a', { x: 1, y: [true, null, 'ä'] })]);
      const [stored] = (await ledger.read({}, { first: 1 })).items;
      expect(stored).toMatchObject({ kind: 'a', body: { y: [true, null, 'ä'], x: 1 }, batch: one.batch, seq: 1 });
      expect((await ledger.verify()).intact).toBe(true);
    });

    onLedger('chains batches that many append at once, each whole', async (ledger) => {
      const batches = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          ledger.append([entry('many', { i, part: 1 }), entry('many', { i, part: 2 })]),
        ),
      );
      expect(batches.map(({ batch }) => batch).sort((a, b) => a - b)).toEqual(batches.map((_, i) => i + 1));
      expect(await ledger.verify()).toMatchObject({ intact: true, batches: 12, entries: 24 });
      const { items } = await ledger.read({ kind: 'many' }, { first: 100 });
      for (const { batch, firstSeq, lastSeq } of batches)
        expect(items.filter((record) => record.batch === batch).map(({ seq }) => seq)).toEqual([firstSeq, lastSeq]);
    });

    onLedger('reads a time however it is written', async (ledger) => {
      await ledger.append([entry('a')]);
      for (const at of ['2026-01-02T03:04:05Z', '2026-01-02T04:04:05.000+01:00'])
        expect((await ledger.read({ since: at, until: at }, { first: 5 })).items).toHaveLength(1);
      await expect(ledger.read({ since: 'yesterday' }, { first: 5 })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    });

    onLedger('reads what one actor did', async (ledger) => {
      const other = { kind: 'person', id: 'p-17' } as const;
      await ledger.append([entry('a'), { ...entry('a'), actor: other }]);
      const { items } = await ledger.read({ actor: 'p-17' }, { first: 5 });
      expect(items.map(({ actor, seq }) => [actor, seq])).toEqual([[other, 2]]);
    });

    onLedger('refuses an empty batch, pages beyond 10,000 and cursors that it did not make', async (ledger) => {
      await expect(ledger.append([])).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      for (const page of [{ first: 0 }, { first: 10_001 }, { first: 1, after: 'nonsense' }]) {
        await expect(ledger.read({}, page)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
        await expect(ledger.batches(page)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      }
      expect(await ledger.verify()).toMatchObject({ intact: true, batches: 0 });
    });
  });
}
