import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LexlineError } from '../../../server/base/errors.ts';
import type { DatasetDocument } from '../../../server/model/document.ts';
import { datasetUid, fieldUid } from '../../../server/model/ids.ts';
import { actor, namespace, openHouse, scriptedSource, sqlJob, table, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const canary = 'CANARY-4111111111111111-x';

describe('bad input', () => {
  it('keeps names with quotes, dots, emoji and marks apart and whole', async () => {
    const odd = ['a"b', "a'b", 'a.b', '🗄 table', '\u202eevil', 'x'.repeat(63), 'A"B'];
    const documents = odd.map((name): DatasetDocument => ({
      ...table(`shop.${name}`, []),
      fields: [{ path: [name], type: null, ordinal: 1 }],
    }));
    const report = await house
      .sync([scriptedSource('s', () => wholeScope('public', documents))])
      .run({ source: 's', actor });
    expect(report).toMatchObject({ status: 'DONE', documents: { changed: odd.length } });
    const { graph } = house.stores;
    const records = await graph.get(
      odd.map((name) => fieldUid({ namespace, name: `shop.${name}` }, [name])),
      1,
    );
    expect(records.map((record) => record?.path?.[0])).toEqual(odd);
  });

  it('makes a gap of SQL that nobody can read and goes on', async () => {
    const jobs = [sqlJob('broken', `SELEC '${canary}' FRM ((`), sqlJob('fine', 'CREATE VIEW v AS SELECT id FROM t')];
    const report = await house
      .sync([scriptedSource('s', () => wholeScope('public', [table('shop.public.t', ['id int']), ...jobs]))])
      .run({ source: 's', actor });
    expect(report).toMatchObject({ status: 'PARTIAL', statements: { full: 1, failed: 1 } });
    expect(report.gaps).toMatchObject([{ reason: 'unparsed-sql', what: 'statement of broken' }]);
  });

  it('keeps no literal of SQL and no value pasted into comments, nowhere in the files of the store', async () => {
    const email = 'canary.person@example.com';
    const documents = [
      { ...table('shop.public.t', ['id int', 'email']), description: `for instance ${email} or 4111111111111111` },
      sqlJob('job', `CREATE VIEW v AS SELECT email FROM t WHERE email <> '${canary}'`),
      sqlJob('broken', `SELEC '${canary}' FRM ((`),
    ];
    const source = scriptedSource('s', () => [
      {
        type: 'gap',
        scope: 'public',
        gap: { what: 'x', reason: 'source-failed', detail: `near ${email}`, remedy: 'ask its owner' },
      },
      ...wholeScope('public', documents),
    ]);
    const report = await house.sync([source]).run({ source: 's', actor });
    expect(JSON.stringify(report)).not.toMatch(/CANARY|canary|4111111111111111/);
    for (const file of readdirSync(house.path)) {
      const bytes = readFileSync(join(house.path, file));
      for (const value of [canary, email, '4111111111111111'])
        expect(bytes.includes(value), `${value} in ${file}`).toBe(false);
    }
  });

  it('says that two documents of one name differ, and takes the later', async () => {
    const report = await house
      .sync([scriptedSource('s', () => wholeScope('public', [table('shop.t', ['a']), table('shop.t', ['b'])]))])
      .run({ source: 's', actor });
    expect(report.gaps).toMatchObject([{ what: 'shop.t', reason: 'source-failed' }]);
    const { items } = await house.stores.graph.list(
      { kind: 'field', parent: datasetUid({ namespace, name: 'shop.t' }) },
      1,
      { first: 10 },
    );
    expect(items.map(({ path }) => path)).toEqual([['b']]);
  });

  it('stops on request, keeps what was read, and goes on from there', async () => {
    const stop = new AbortController();
    const documents = Array.from({ length: 30 }, (_, i) => table(`shop.t${i}`, ['id int']));
    const source = scriptedSource('s', function* () {
      yield { type: 'scope-begin', scope: 'public' };
      for (const [i, document] of documents.entries()) {
        yield { type: 'document', scope: 'public', document };
        if (i === 9) yield { type: 'checkpoint', cursor: { at: 10 } };
        if (i === 19) stop.abort();
      }
      yield { type: 'scope-complete', scope: 'public' };
    });
    const first = await house.sync([source]).run({ source: 's', actor, signal: stop.signal });
    expect(first).toMatchObject({ status: 'FAILED', error: { code: 'CANCELLED' } });
    expect((await house.stores.graph.head()).published).toBe(0);

    source.messages = function* () {
      for (const document of documents.slice(10)) yield { type: 'document', scope: 'public', document };
      yield { type: 'scope-complete', scope: 'public' };
    };
    const second = await house.sync([source]).run({ source: 's', actor });
    expect(source.cursors).toEqual([null, { kind: 'resume', at: { at: 10 } }]);
    expect(second).toMatchObject({ status: 'DONE', resumed: true, documents: { read: 30, changed: 30 } });
  });

  it('writes nothing in a dry run', async () => {
    const source = scriptedSource('s', () => wholeScope('public', [table('shop.t', ['id int'])]));
    const report = await house.sync([source]).run({ source: 's', actor, dryRun: true });
    expect(report).toMatchObject({ status: 'DRY_RUN', documents: { changed: 1 }, revisions: [] });
    expect((await house.stores.graph.head()).published).toBe(0);
    expect(await house.sync([source]).run({ source: 's', actor })).toMatchObject({ status: 'DONE', resumed: false });
  });

  it('refuses a source that is not configured, naming those that are', async () => {
    const sync = house.sync([scriptedSource('shop', () => [])]);
    expect(() => sync.run({ source: 'shp', actor })).toThrow(/configured are shop/);
  });

  it('lets one process at a time sync a source', async () => {
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    let begun = (): void => {};
    const atWork = new Promise<void>((resolve) => (begun = resolve));
    const slow = scriptedSource('s', async function* () {
      begun();
      await gate;
      yield* wholeScope('public', [table('shop.t', ['id int'])]);
    });
    const host = { host: 'elsewhere', pid: 1, isAlive: () => true };
    const first = house.sync([slow]).run({ source: 's', actor });
    await atWork;
    const second = await house.sync([slow], { waitMs: 100, process: host }).run({ source: 's', actor });
    expect(second).toMatchObject({ status: 'FAILED', error: { code: 'STORE_BUSY' } });
    expect(await house.sync([slow]).lastReport('s')).toBeNull();
    open();
    expect(await first).toMatchObject({ status: 'DONE' });
  });

  it('goes on after it was held up longer than its lease lasts, as long as nobody took the source over', async () => {
    const heldUp = scriptedSource('s', function* () {
      yield { type: 'scope-begin', scope: 'public' };
      // The whole process stands still, as on a machine that has other things to do.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      yield { type: 'document', scope: 'public', document: table('shop.t', ['id int']) };
      yield { type: 'scope-complete', scope: 'public' };
    });
    const report = await house.sync([heldUp], { leaseMs: 20 }).run({ source: 's', actor });
    expect(report).toMatchObject({ status: 'DONE', error: null });
  });

  it('stops where another process took the source over while it was held up', async () => {
    const { state } = house.stores;
    const taken = scriptedSource('s', async function* () {
      yield { type: 'scope-begin', scope: 'public' };
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      while ((await state.acquire('sync:s', 'another', 600_000)) === null) await setImmediate();
      for (;;) {
        yield { type: 'document', scope: 'public', document: table('shop.t', ['id int']) };
        await setImmediate();
      }
    });
    const report = await house.sync([taken], { leaseMs: 20 }).run({ source: 's', actor });
    expect(report).toMatchObject({ status: 'FAILED', error: { code: 'STORE_FENCED' } });
  });

  it('says that the disk is full, keeps the last whole revision and goes on when there is room', async () => {
    const source = scriptedSource('s', () => wholeScope('public', [table('shop.t', ['id int', 'email'])]));
    await house.sync([source]).run({ source: 's', actor });
    const more = [table('shop.t', ['id int', 'email', 'phone']), table('shop.u', ['id int'])];
    source.messages = () => wholeScope('public', more);
    const { graph, ledger, state } = house.stores;
    let left = 0;
    const full: typeof graph = {
      ...graph,
      apply: async (open, changes) => {
        left -= 1;
        if (left >= 0) return graph.apply(open, changes);
        throw new LexlineError('STORE_DISK_FULL', '[stores/sqlite] the disk is full');
      },
    };
    for (const room of [0, 1]) {
      left = room;
      const report = await house.sync([source], { stores: { graph: full, ledger, state } }).run({ source: 's', actor });
      expect(report).toMatchObject({ status: 'FAILED', error: { code: 'STORE_DISK_FULL' } });
    }
    expect((await graph.list({ kind: 'field' }, 2, { first: 10 })).items).toHaveLength(2);
    const report = await house.sync([source]).run({ source: 's', actor });
    expect(report).toMatchObject({ status: 'DONE', resumed: true, documents: { changed: 2 } });
    const { published, open } = await graph.head();
    expect(open).toBeNull();
    expect((await graph.list({ kind: 'field' }, published, { first: 10 })).items).toHaveLength(4);
  });
});
