import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { datasetUid } from '../../../server/model/ids.ts';
import { canonicalJson } from '../../../server/model/json.ts';
import { storeFile } from '../../../server/stores/sqlite/database.ts';
import { leafHash } from '../../../server/stores/ledger/chain.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import {
  INF,
  keptBelowFloor,
  stagedByScope,
  tablesOfVersion1,
  wordsByFactAndLeaves,
} from '../../../server/stores/sqlite/schema.ts';
import { assertion, commit, dataset, named, tester } from '../../conformance/graph-documents.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lexline-file-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const open = () => openSqliteStores({ path: directory, log: silentLog });

describe('what an older version wrote', () => {
  it('has its descriptions found and its changed ledger entries named after the migration', async () => {
    const [uid, field] = ['00000000000000000000000000000001', '00000000000000000000000000000002'];
    const old = new DatabaseSync(storeFile(directory));
    old.exec(`${tablesOfVersion1} PRAGMA user_version = 1;
      INSERT INTO source VALUES (1, 'shop', 'x', 'snapshot', 1, 1), (2, 'dbt', 'x', 'snapshot', 2, 1);
      INSERT INTO entity VALUES (1, x'${uid}', 0, NULL, 'ns', 'orders', NULL), (2, x'${field}', 1, 1, 'ns', 'orders', '["id"]');
      INSERT INTO fact VALUES (1, 1, 'core', 1, '{}', 1, ${INF}), (2, 1, 'core', 1, '{}', 1, ${INF}),
        (1, 1, 'description', 1, '"apple"', 1, 2), (1, 1, 'description', 1, '"birch"', 2, ${INF}), (1, 2, 'description', 1, '"cedar"', 1, ${INF});
      INSERT INTO entity_text(rowid, text) VALUES (1, 'orders cedar'), (2, 'id');
      INSERT INTO revision VALUES (1, '2026-01-01T00:00:00.000Z', 'r1', 'c', 'process', 'p'), (2, '2026-01-02T00:00:00.000Z', 'r2', 'c', 'process', 'p');
      UPDATE head SET published = 2, published_at = '2026-01-02T00:00:00.000Z';`);
    const entry = { kind: 'sync', actor: tester, at: '2026-01-01T00:00:00.000Z', subject: null, body: { a: 1 } };
    const body = {
      batch: 1,
      at: entry.at,
      firstSeq: 1,
      lastSeq: 1,
      root: leafHash({ ...entry, seq: 1 }),
      previousHash: '',
      revision: 1,
    };
    old
      .prepare("INSERT INTO ledger_entry VALUES (1, 1, 'sync', ?, ?, ?, NULL, ?)")
      .run(tester.kind, tester.id, entry.at, canonicalJson(entry.body));
    old
      .prepare('INSERT INTO ledger_batch VALUES (1, ?, 1, 1, ?, ?, ?, 1)')
      .run(entry.at, body.root, '', createHash('sha256').update(canonicalJson(body)).digest('hex'));
    old.close();
    const stores = await open();
    const found = async (text: string, n: number) =>
      (await stores.graph.search(text, {}, n, { first: 9 })).items.map((item) => item.uid);
    expect([await found('apple', 1), await found('birch', 1), await found('cedar', 1)]).toEqual([[uid], [], [uid]]);
    expect([await found('apple', 2), await found('birch', 2), await found('orders', 2)]).toEqual([[], [uid], [uid]]);
    expect(await found('id', 1)).toEqual([field]);
    expect(await stores.ledger.verify()).toMatchObject({ intact: true, entries: 1 });
    await stores.close();
  });

  it('is found after the migration where version 4 indexed it by other words', async () => {
    const uid = '00000000000000000000000000000001';
    const old = new DatabaseSync(storeFile(directory));
    old.exec(`${tablesOfVersion1}${stagedByScope}${wordsByFactAndLeaves}${keptBelowFloor} PRAGMA user_version = 4;
      INSERT INTO source VALUES (1, 'shop', 'x', 'snapshot', 1, 1);
      INSERT INTO entity VALUES (1, x'${uid}', 0, NULL, 'ns', 'ﬁnal', NULL);
      INSERT INTO fact VALUES (1, 1, 'core', 1, '{}', 1, ${INF}), (1, 1, 'description', 1, '"Ｆｕｌｌ"', 1, ${INF});
      INSERT INTO described VALUES (1, 1, 1, 1);
      INSERT INTO entity_text(rowid, text) VALUES (1, 'ﬁnal'), (-1, 'ﬁnal Ｆｕｌｌ');
      INSERT INTO revision VALUES (1, '2026-01-01T00:00:00.000Z', 'r1', 'c', 'process', 'p');
      UPDATE head SET published = 1, published_at = '2026-01-01T00:00:00.000Z';`);
    old.close();
    const stores = await open();
    for (const text of ['final', 'full', 'final full', 'ﬁnal'])
      expect((await stores.graph.search(text, {}, 1, { first: 9 })).items.map((item) => item.uid)).toEqual([uid]);
    expect((await stores.graph.search('fully', {}, 1, { first: 9 })).items).toEqual([]);
    await stores.close();
  });

  it('has its fields at their datasets where version 5 gave them none, and every dataset is judged again', async () => {
    const described = await open();
    await commit(described.graph, [
      assertion('a', dataset('orders', ['id', 'email'])),
      assertion('a', dataset('t', ['c'])),
    ]);
    await described.state.put('judged', 'a', 'digest');
    await described.close();
    const old = new DatabaseSync(storeFile(directory));
    old.exec(`UPDATE entity SET parent = NULL WHERE path IN ('["email"]', '["c"]'); PRAGMA user_version = 5;
      DELETE FROM entity_text WHERE rowid = (SELECT id FROM entity WHERE kind = 0 AND name = 't');
      DELETE FROM entity WHERE kind = 0 AND name = 't';`);
    old.close();
    const stores = await open();
    const fieldsOf = async (name: string) =>
      (await stores.graph.fieldsOf([datasetUid(named(name))], 1)).flat().map(({ path }) => path?.[0]);
    expect(await fieldsOf('orders')).toEqual(['email', 'id']);
    expect(await fieldsOf('t')).toEqual(['c']);
    expect(await stores.state.get('judged', 'a')).toBeNull();
    expect((await stores.graph.search('t', { alive: false }, 1, { first: 5 })).items).toHaveLength(1);
    await stores.close();
  });

  it('stays judged where every field had its dataset', async () => {
    const described = await open();
    await commit(described.graph, [assertion('a', dataset('orders', ['id']))]);
    await described.state.put('judged', 'a', 'digest');
    await described.close();
    const old = new DatabaseSync(storeFile(directory));
    old.exec('PRAGMA user_version = 5');
    old.close();
    const stores = await open();
    expect(await stores.state.get('judged', 'a')).toBe('digest');
    await stores.close();
  });
});
