import { afterAll, afterEach, beforeEach } from 'vitest';
import { databricks } from '../../../connectors/databricks/connector.ts';
import type { WriteBackConfig } from '../../../server/base/config-write-back.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import { createSync } from '../../../server/sync/create-sync.ts';
import type { ConfiguredSource } from '../../../server/sync/source.ts';
import type { Sync } from '../../../server/sync/sync.ts';
import { createWriteBack } from '../../../server/writeback/create-write-back.ts';
import type { WriteBack } from '../../../server/writeback/write-back.ts';
import { createFakeMetastore, type FakeMetastore } from '../../fake/databricks-metastore.ts';
import { startFakeDatabricks, type FakeDatabricks } from '../../fake/databricks-server.ts';
import { openHouse, type House } from '../sync/harness.ts';

export const namespace = 'databricks://dbc-1.cloud.example.com';

/** What a test over a metastore in memory has: the metastore, its server, real stores, and a way to sync and write. */
export interface MetastoreWorld {
  readonly house: House;
  readonly metastore: FakeMetastore;
  readonly server: FakeDatabricks;
  open(
    writeBack: Partial<WriteBackConfig>,
    tagMap?: Readonly<Record<string, string>>,
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

  const open: MetastoreWorld['open'] = async (writeBack, tagMap = {}) => {
    const config = databricks.configSchema.parse({
      url: server.url,
      token: 't',
      warehouseId: 'w1',
      namespace,
      retries: 0,
    });
    const whole: WriteBackConfig = { mode: 'off', threshold: 0.5, maxChanges: 100, tables: false, ...writeBack };
    const source: ConfiguredSource = {
      name: 'lake',
      connectorName: 'databricks',
      capabilities: databricks.capabilities,
      connection: () => databricks.connect(config, { source: 'lake', clock: systemClock, log: silentLog }),
      profile: 'none',
      applies: {},
      precedence: 1,
      tagMap,
      writeBack: whole,
    };
    const taxonomy = loadTaxonomy();
    const { stores } = house;
    return {
      sync: createSync({
        stores,
        sources: [source],
        sqlEngine,
        classifier: createClassifier({ taxonomy }),
        taxonomy,
        rules: loadPropagationRules(),
        namespaces: {},
        clock: systemClock,
        log: silentLog,
      }),
      writeBack: createWriteBack({
        stores,
        sources: [{ name: 'lake', tagMap, writeBack: whole, connection: source.connection }],
        classesOf: (category) => taxonomy.classesOf(category),
        clock: systemClock,
      }),
    };
  };

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
