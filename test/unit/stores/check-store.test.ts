import { closeSync, fstatSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { checkStore } from '../../../server/stores/sqlite/check-store.ts';
import { storeFile } from '../../../server/stores/sqlite/database.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { assertion, commit, dataset } from '../../conformance/graph-documents.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lexline-check-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('a look at the whole store file', () => {
  it('finds nothing in a sound one, also while it is open, and damage that opening it does not meet', async () => {
    const stores = await openSqliteStores({ path: directory, log: silentLog });
    const many = Array.from({ length: 300 }, (_, i) => assertion('a', dataset(`table ${i}`, ['a', 'b', 'c'])));
    await commit(stores.graph, many);
    checkStore(directory);
    await stores.close();
    const file = openSync(storeFile(directory), 'r+');
    const { size } = fstatSync(file);
    writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, Math.floor(size / 8192) * 4096);
    closeSync(file);
    const damaged = await openSqliteStores({ path: directory, log: silentLog });
    expect((await damaged.graph.head()).published).toBe(1);
    await damaged.close();
    expect(() => checkStore(directory)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    expect(() => checkStore(directory)).toThrow(storeFile(directory));
  });

  it('says of what is no store that it is none', () => {
    writeFileSync(storeFile(directory), 'not a database, but long enough to be looked at as one '.repeat(40));
    expect(() => checkStore(directory)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
  });
});
