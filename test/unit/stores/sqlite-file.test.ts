import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { applyChanges } from '../../../server/stores/sqlite/apply.ts';
import { openWritable, storeFile } from '../../../server/stores/sqlite/database.ts';
import { createIdentities } from '../../../server/stores/sqlite/identities.ts';
import { leafHash } from '../../../server/stores/sqlite/ledger-rows.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { withStatements, type Connection } from '../../../server/stores/sqlite/prepared.ts';
import { readChanges } from '../../../server/stores/sqlite/change-rows.ts';
import { listEntities } from '../../../server/stores/sqlite/entity-rows.ts';
import { reach } from '../../../server/stores/sqlite/reach.ts';
import { toCursor } from '../../../server/stores/sqlite/rows.ts';
import {
  intervalTables,
  openRevision,
  publishRevision,
  readHead,
  takeLease,
} from '../../../server/stores/sqlite/revisions.ts';
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
    await tampered('CREATE TABLE kept AS SELECT * FROM ledger_entry');
    const restore = 'DELETE FROM ledger_entry; INSERT INTO ledger_entry SELECT * FROM kept';
    expect(await tampered(restore)).toMatchObject({ intact: true, batches: 3, entries: 3 });
    expect(await tampered('UPDATE ledger_entry SET body = \'{"i":9}\' WHERE seq = 2')).toMatchObject({
      intact: false,
      batch: 2,
      seq: 2,
    });
    // Who changes the entry's own hash too is found by the batch's.
    const hashed = leafHash({
      seq: 2,
      kind: 'export',
      actor: tester,
      at: '2026-01-01T00:00:00.000Z',
      subject: null,
      body: { i: 9 },
    });
    expect(await tampered(`UPDATE ledger_entry SET leaf = '${hashed}' WHERE seq = 2`)).toMatchObject({
      intact: false,
      batch: 2,
      seq: null,
    });
    expect(await tampered(`${restore}; DELETE FROM ledger_entry WHERE seq = 3`)).toMatchObject({
      intact: false,
      batch: 3,
      seq: 3,
    });
    expect(
      await tampered(
        `${restore}; INSERT INTO ledger_entry SELECT 4, 4, kind, actor_kind, actor, at, subject, body, leaf FROM kept WHERE seq = 1`,
      ),
    ).toMatchObject({ intact: false, seq: 4 });
    expect(await tampered(`${restore}; UPDATE ledger_batch SET at = '2020-01-01' WHERE batch = 2`)).toMatchObject({
      intact: false,
      batch: 2,
    });
    expect(await tampered('DELETE FROM ledger_batch WHERE batch = 2')).toMatchObject({ intact: false, batch: 3 });
  });

  it('cannot tell that its tail was cut, and does not claim to', async () => {
    const stores = await open();
    for (let i = 0; i < 2; i++)
      await stores.ledger.append([
        { kind: 'export', actor: tester, at: '2026-01-01T00:00:00.000Z', subject: null, body: { i } },
      ]);
    const whole = await stores.ledger.verify();
    await stores.close();
    const db = new DatabaseSync(storeFile(directory));
    db.exec('DELETE FROM ledger_entry WHERE seq = 2; DELETE FROM ledger_batch WHERE batch = 2');
    db.close();
    const again = await open();
    const cut = await again.ledger.verify();
    await again.close();
    expect(cut).toMatchObject({ intact: true, batches: 1 });
    // A head kept elsewhere is what tells.
    expect('head' in cut && 'head' in whole && cut.head !== whole.head).toBe(true);
  });
});

describe('the plans of hot queries', () => {
  const plansOf = (work: (connection: Connection) => void) => {
    const db = openWritable(directory);
    const connection = withStatements(db);
    const texts = new Set<string>();
    const watched: Connection = {
      ...connection,
      sql(text) {
        texts.add(text);
        return connection.sql(text);
      },
      arrays(text) {
        texts.add(text);
        return connection.arrays(text);
      },
    };
    work(watched);
    const plans = [...texts].map((text) => ({
      text,
      plan: db
        .prepare(`EXPLAIN QUERY PLAN ${text}`)
        .all()
        .map((row) => String(row['detail'])),
    }));
    db.close();
    return plans;
  };
  const planFor = (plans: ReturnType<typeof plansOf>, part: string) => {
    const found = plans.find(({ text }) => text.includes(part));
    return found?.plan.join('; ') ?? `no statement with ${part}`;
  };

  it('walk on the covering index alone, also where a hub has a long history', () => {
    const isStopped = () => false;
    for (const direction of ['downstream', 'upstream'] as const) {
      const plans = plansOf((connection) => {
        connection.db.exec("INSERT INTO entity VALUES (1, x'00', 1, NULL, '', '', NULL)");
        reach(connection, { from: ['00'], direction, depth: 5, n: 1 }, isStopped);
        connection.db.exec('DELETE FROM entity');
      });
      const index = direction === 'downstream' ? 'edge_out' : 'edge_in';
      expect(planFor(plans, 'json_each')).toContain(`USING COVERING INDEX ${index}`);
      expect(planFor(plans, 'json_each')).not.toContain('TEMP B-TREE');
    }
  });

  it('read the fields of a dataset by their parent, and a page of a list without sorting everything', () => {
    const page = { first: 10 };
    const after = toCursor(['a', 'b', '', 1]);
    const byParent = plansOf((connection) => listEntities(connection, { kind: 'field', parent: '00' }, 1, page));
    expect(planFor(byParent, 'entity_parent')).toContain('USING INDEX entity_parent (parent=?)');
    const byKind = plansOf((connection) => listEntities(connection, { kind: 'dataset' }, 1, { ...page, after }));
    expect(planFor(byKind, 'entity_name')).toContain('USING INDEX entity_name (kind=? AND (namespace,name)>');
  });

  it('read the difference of two revisions by the ends of rows', () => {
    const plans = plansOf((connection) => readChanges(connection, 1, 2, { first: 10 }));
    for (const table of intervalTables)
      for (const end of ['from', 'to']) {
        const plan = planFor(plans, `INDEXED BY ${table}_${end} `);
        expect(plan).toContain(`${table}_${end} (${end}_rev>? AND ${end}_rev<?`);
        expect(plan).not.toContain('TEMP B-TREE');
      }
  });
});
