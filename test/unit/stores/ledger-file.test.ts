import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { storeFile } from '../../../server/stores/sqlite/database.ts';
import { leafHash } from '../../../server/stores/ledger/chain.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { tester } from '../../conformance/graph-documents.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lexline-file-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const open = () => openSqliteStores({ path: directory, log: silentLog });

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
