import { afterAll, afterEach, beforeEach } from 'vitest';
import { databricks } from '../../../connectors/databricks/connector.ts';
import type { Clock } from '../../../server/base/clock.ts';
import type { WriteBackConfig } from '../../../server/base/config-write-back.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import type { Sync } from '../../../server/sync/sync.ts';
import type { WriteBack } from '../../../server/writeback/write-back.ts';
import { createFakeMetastore, type FakeMetastore } from '../../fake/databricks-metastore.ts';
import { startFakeDatabricks, type FakeDatabricks } from '../../fake/databricks-server.ts';
import { openHouse, type House } from '../sync/harness.ts';
import { openOneSource } from '../sync/one-source.ts';

export const namespace = 'databricks://dbc-1.cloud.example.com';

/** What a test over a metastore in memory has: the metastore, its server, real stores, and a way to sync and write. */
export interface MetastoreWorld {
  readonly house: House;
  readonly metastore: FakeMetastore;
  readonly server: FakeDatabricks;
  open(
    writeBack: Partial<WriteBackConfig>,
    tagMap?: Readonly<Record<string, string>>,
    clock?: Clock,
  ): Promise<{ readonly sync: Sync; readonly writeBack: WriteBack }>;
}

/** A fresh world for each test of the file that calls it. */
export function metastoreWorld(): MetastoreWorld {
  const sqlEngine = createSqlEngine({ workers: 1 });
  let house: House;
  let metastore: FakeMetastore;
  let server: FakeDatabricks;

  beforeEach(async () => {
    house = await openHouse();
    metastore = createFakeMetastore();
    metastore.now = Date.now();
    server = await startFakeDatabricks(metastore, { token: 't', warehouseId: 'w1' });
  });
  afterEach(async () => {
    await server.close();
    await house.close();
  });
  afterAll(() => sqlEngine.close());

  const open: MetastoreWorld['open'] = async (writeBack, tagMap, clock) =>
    openOneSource({
      house,
      sqlEngine,
      name: 'lake',
      connector: databricks,
      settings: { url: server.url, token: 't', warehouseId: 'w1', namespace, retries: 0 },
      writeBack,
      ...(tagMap === undefined ? {} : { tagMap }),
      ...(clock === undefined ? {} : { clock }),
    });

  return {
    get house() {
      return house;
    },
    get metastore() {
      return metastore;
    },
    get server() {
      return server;
    },
    open,
  };
}
