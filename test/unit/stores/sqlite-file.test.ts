import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { applyChanges } from '../../../server/stores/sqlite/apply.ts';
import { openWritable, storeFile } from '../../../server/stores/sqlite/database.ts';
import { createIdentities } from '../../../server/stores/sqlite/identities.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { withStatements } from '../../../server/stores/sqlite/prepared.ts';
import { openRevision, publishRevision, readHead, takeLease } from '../../../server/stores/sqlite/revisions.ts';
import { schemaVersion, tablesOfVersion1 } from '../../../server/stores/sqlite/schema.ts';
import { storeError } from '../../../server/stores/sqlite/store-error.ts';
import { assertion, commit, dataset, tester } from '../../conformance/graph-documents.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lexline-file-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const open = () => openSqliteStores({ path: directory, log: silentLog });

describe('the store file', () => {
  it('is migrated from an older version after a back-up, with everything in it', async () => {
    const old = new DatabaseSync(storeFile(directory));
    old.exec(`${tablesOfVersion1} PRAGMA user_version = 1;`);
    old.exec(
      "INSERT INTO state_record(kind, key, body, updated_at) VALUES ('note', 'k', '{\"kept\":true}', '2026-01-01T00:00:00.000Z')",
    );
    old.close();
    const stores = await open();
    expect(await stores.state.get('note', 'k')).toEqual({ kept: true });
    await stores.close();
    expect(existsSync(`${storeFile(directory)}.v1.bak`)).toBe(true);
    const migrated = new DatabaseSync(storeFile(directory), { readOnly: true });
    expect(migrated.prepare('PRAGMA user_version').get()?.['user_version']).toBe(schemaVersion);
    expect(migrated.prepare("SELECT 1 AS found FROM sqlite_master WHERE name = 'staged_scope'").get()).toEqual({
      found: 1,
    });
    migrated.close();
  });

  it('is refused when a newer release wrote it, and left as it is', async () => {
    const newer = new DatabaseSync(storeFile(directory));
    newer.exec(`CREATE TABLE x(y); PRAGMA user_version = ${schemaVersion + 1};`);
    newer.close();
    const before = readFileSync(storeFile(directory));
    await expect(open()).rejects.toMatchObject({ code: 'STORE_NEWER' });
    expect(readFileSync(storeFile(directory)).equals(before)).toBe(true);
  });

  it('is no longer written by a process that had it open when a newer release took it over', async () => {
    const stores = await open();
    await stores.state.put('note', 'before', 1);
    const newer = new DatabaseSync(storeFile(directory));
    newer.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
    newer.close();
    await expect(stores.state.put('note', 'after', 1)).rejects.toMatchObject({ code: 'STORE_NEWER' });
    expect((await stores.state.list('note', { first: 9 })).items.map(({ key }) => key)).toEqual(['before']);
    await stores.close();
  });

  it('is refused when it is not a store at all', async () => {
    writeFileSync(storeFile(directory), 'not a database, but long enough to be looked at as one '.repeat(40));
    await expect(open()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('keeps every back-up that it made, and makes none when there is nothing to migrate', async () => {
    const names = () => readdirSync(directory).filter((name) => name.endsWith('.bak'));
    const oldStore = () => {
      const old = new DatabaseSync(storeFile(directory));
      old.exec(`${tablesOfVersion1} PRAGMA user_version = 1;`);
      old.close();
    };
    oldStore();
    await (await open()).close();
    await (await open()).close();
    expect(names()).toEqual(['lexline.db.v1.bak']);
    for (const name of readdirSync(directory)) if (!name.endsWith('.bak')) rmSync(join(directory, name));
    oldStore();
    await (await open()).close();
    expect(names().sort()).toEqual(['lexline.db.v1.2.bak', 'lexline.db.v1.bak']);
  });

  it('refuses tables that are not its own', async () => {
    const other = new DatabaseSync(storeFile(directory));
    other.exec('CREATE TABLE customer(id); INSERT INTO customer VALUES (7);');
    other.close();
    await expect(open()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    const still = new DatabaseSync(storeFile(directory), { readOnly: true });
    expect(still.prepare('SELECT id FROM customer').all()).toEqual([{ id: 7 }]);
    still.close();
  });

  it('says that it is damaged when a part of it was overwritten, and answers what it still can', async () => {
    const stores = await open();
    const many = Array.from({ length: 300 }, (_, i) => assertion('a', dataset(`table ${i}`, ['a', 'b', 'c'])));
    await commit(stores.graph, many);
    await stores.close();
    const file = openSync(storeFile(directory), 'r+');
    const { size } = fstatSync(file);
    const middle = Math.floor(size / 8192) * 4096;
    for (let at = middle; at + 4096 <= size; at += 4096) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, at);
    closeSync(file);
    const damaged = await open();
    await expect(damaged.graph.list({}, 1, { first: 10_000 })).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect((await damaged.graph.head()).published).toBe(1);
    await damaged.close();
  });

  it('says that a directory cannot be written, and loses nothing', async () => {
    const stores = await open();
    await commit(stores.graph, [assertion('a', dataset('orders', ['id']))]);
    await stores.close();
    const before = readFileSync(storeFile(directory));
    for (const path of [storeFile(directory), directory]) chmodSync(path, 0o555);
    chmodSync(storeFile(directory), 0o444);
    // Root may write anywhere, so the test runs as nobody where it can.
    const note = join(import.meta.dirname, '../../integration/stores/note-process.ts');
    const child = spawnSync(process.execPath, [note, directory, 'k'], {
      encoding: 'utf8',
      ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
    });
    expect(child.status).not.toBe(0);
    expect(child.stderr).toContain('STORE_UNAVAILABLE');
    chmodSync(directory, 0o755);
    expect(readFileSync(storeFile(directory)).equals(before)).toBe(true);
  });

  it('says that a directory cannot be used when a file stands in its place', async () => {
    writeFileSync(join(directory, 'taken'), '');
    await expect(openSqliteStores({ path: join(directory, 'taken', 'deeper'), log: silentLog })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
  });

  it('keeps the last published revision when the disk is full', () => {
    const db = openWritable(directory);
    const connection = withStatements(db);
    const ids = createIdentities(connection);
    const lease = takeLease(connection, systemClock, 'one', 60_000);
    if (lease === null) throw new Error('no lease');
    const run = { run: 'r1', cause: 'test', actor: tester };
    const first = openRevision(connection, lease, run);
    applyChanges(connection, ids, first, [assertion('a', dataset('orders', ['id']))]);
    publishRevision(connection, systemClock, first, []);
    const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
    db.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const second = openRevision(connection, lease, { ...run, run: 'r2' });
    const many = Array.from({ length: 500 }, (_, i) => assertion('a', dataset(`table ${i}`, ['a', 'b', 'c', 'd'])));
    let thrown: unknown;
    try {
      applyChanges(connection, ids, second, many);
    } catch (error) {
      thrown = storeError(error, storeFile(directory));
    }
    expect(thrown).toMatchObject({ code: 'STORE_DISK_FULL' });
    expect(readHead(connection)).toMatchObject({ published: 1, open: { n: 2, run: 'r2' } });
    db.exec('PRAGMA max_page_count = 1073741823');
    applyChanges(connection, ids, second, many);
    expect(publishRevision(connection, systemClock, second, []).n).toBe(2);
    db.close();
  });

  it(
    'writes a large document in several transactions and never lets a part of it look whole',
    { timeout: 300_000 },
    () => {
      const db = openWritable(directory);
      const connection = withStatements(db);
      const ids = createIdentities(connection);
      const lease = takeLease(connection, systemClock, 'one', 60_000);
      if (lease === null) throw new Error('no lease');
      const run = { run: 'r1', cause: 'test', actor: tester };
      const open = openRevision(connection, lease, run);
      const large = dataset(
        'wide',
        Array.from({ length: 50_000 }, (_, i) => `column ${i}`),
      );
      const begins: number[] = [];
      const exec = db.exec.bind(db);
      let docsSeen = 0;
      db.exec = (sql: string) => {
        if (sql === 'BEGIN IMMEDIATE') begins.push(begins.length);
        // A kill between two of the transactions.
        if (begins.length === 3) throw new Error('killed');
        docsSeen = Number(db.prepare('SELECT count(*) AS n FROM doc').get()?.['n']);
        exec(sql);
      };
      expect(() => applyChanges(connection, ids, open, [assertion('a', large)])).toThrow('killed');
      db.exec = exec;
      expect(docsSeen).toBe(0);
      const facts = () => Number(db.prepare('SELECT count(*) AS n FROM fact').get()?.['n']);
      expect(facts()).toBeGreaterThan(0);
      expect(facts()).toBeLessThan(50_001);
      const again = openRevision(connection, lease, run);
      expect(again.resumed).toBe(true);
      applyChanges(connection, ids, again, [assertion('a', large)]);
      expect(facts()).toBe(50_001);
      expect(applyChanges(connection, ids, again, [assertion('a', large)])).toEqual({ opened: 0, closed: 0 });
      db.close();
    },
  );
});
