import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../../server/base/log.ts';
import { openSqliteStores, type SqliteStores } from '../../../server/stores/sqlite/open-stores.ts';

export interface TemporaryStores extends SqliteStores {
  readonly path: string;
}

/** Embedded stores in a folder of their own; `close` removes it. */
export async function openTemporaryStores(): Promise<TemporaryStores> {
  const path = mkdtempSync(join(tmpdir(), 'lexline-api-'));
  const stores = await openSqliteStores({ path, log: silentLog });
  return {
    ...stores,
    path,
    close: async () => {
      await stores.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}
