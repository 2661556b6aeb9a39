import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { applyChanges } from '../../../server/stores/sqlite/apply.ts';
import { openWritable, storeFile } from '../../../server/stores/sqlite/database.ts';
import { createIdentities } from '../../../server/stores/sqlite/identities.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { withStatements } from '../../../server/stores/sqlite/prepared.ts';
import { openRevision, publishRevision, readHead, takeLease } from '../../../server/stores/sqlite/revisions.ts';
import { schemaVersion, tablesOfVersion1 } from '../../../server/stores/sqlite/schema.ts';
import { storeError } from '../../../server/stores/sqlite/store-error.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { assertion, dataset, tester } from '../../conformance/graph-documents.ts';

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

  it('is refused when it is not a store at all', async () => {
    writeFileSync(storeFile(directory), 'not a database, but long enough to be looked at as one '.repeat(40));
    await expect(open()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
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
});

describe('the ledger in the store file', () => {
  it('names the batch and what is wrong when a record was changed, removed or added behind its back', async () => {
    const stores = await open();
    for (let i = 0; i < 3; i++)
      await stores.ledger.append([
        { kind: 'export', actor: tester, at: '2026-01-01T00:00:00.000Z', subject: null, body: { i } },
      ]);
    await stores.close();
    const tampered = async (sql: string) => {
      const db = new DatabaseSync(storeFile(directory));
      db.exec(`BEGIN; ${sql}; COMMIT;`);
      const again = await open();
      const check = await again.ledger.verify();
      await again.close();
      db.close();
      return check;
    };
    expect(await tampered('UPDATE ledger_entry SET body = \'{"i":9}\' WHERE seq = 2')).toMatchObject({
      intact: false,
      batch: 2,
    });
    expect(
      await tampered(
        'UPDATE ledger_entry SET body = \'{"i":1}\' WHERE seq = 2; DELETE FROM ledger_entry WHERE seq = 3',
      ),
    ).toMatchObject({ intact: false, batch: 3 });
    expect(
      await tampered(
        "INSERT INTO ledger_entry SELECT 3, 3, 'export', actor_kind, actor, at, subject, '{\"i\":2}' FROM ledger_entry WHERE seq = 1",
      ),
    ).toMatchObject({ intact: true });
    expect(await tampered('DELETE FROM ledger_batch WHERE batch = 1')).toMatchObject({ intact: false, batch: 1 });
  });
});

describe('the plans of hot queries', () => {
  it('walk on the covering index alone, also where a hub has a long history', () => {
    const db = openWritable(directory);
    const plan = (sql: string) =>
      db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(1, 2, 2)
        .map((row) => String(row['detail']))
        .join('; ');
    expect(
      plan(
        'SELECT DISTINCT dst FROM edge INDEXED BY edge_out WHERE src = ? AND to_rev > ? AND from_rev <= ? AND kind IN (1,2,3) ORDER BY dst',
      ),
    ).toContain('COVERING INDEX edge_out');
    expect(
      plan(
        'SELECT DISTINCT src FROM edge INDEXED BY edge_in WHERE dst = ? AND to_rev > ? AND from_rev <= ? AND kind IN (1,2,3) ORDER BY src',
      ),
    ).toContain('COVERING INDEX edge_in');
    db.close();
  });
});
