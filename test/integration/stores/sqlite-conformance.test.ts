import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../../server/base/log.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { describeGraphStore } from '../../conformance/graph-store.ts';
import { describeLedger } from '../../conformance/ledger.ts';
import { describePropagation } from '../../conformance/propagation.ts';
import { describeStateStore } from '../../conformance/state-store.ts';
import { describeVectorIndex } from '../../conformance/vector-index.ts';

async function fresh() {
  const path = mkdtempSync(join(tmpdir(), 'lexline-stores-'));
  const stores = await openSqliteStores({ path, log: silentLog });
  const close = async () => {
    await stores.close();
    rmSync(path, { recursive: true });
  };
  return { ...stores, store: stores.graph, close };
}

describeGraphStore('the embedded engine', { create: fresh });
describeLedger('the embedded engine', { create: fresh });
describeStateStore('the embedded engine', { create: fresh });
describePropagation('the embedded engine', { create: fresh });
describeVectorIndex('the embedded engine', { create: fresh });
