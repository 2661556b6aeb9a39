import type { Connector } from '../../../connectors/connector.ts';
import type { WriteBackConfig } from '../../../server/base/config-write-back.ts';
import { systemClock, type Clock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { SqlEngine } from '../../../server/sql/sql-lineage.ts';
import { createSync } from '../../../server/sync/create-sync.ts';
import type { ConfiguredSource } from '../../../server/sync/source.ts';
import type { Sync } from '../../../server/sync/sync.ts';
import { createWriteBack } from '../../../server/writeback/create-write-back.ts';
import type { WriteBack } from '../../../server/writeback/write-back.ts';
import type { House } from './harness.ts';

/** A way to sync one source into real stores, and to write its tags back. */
export function openOneSource<Config>(given: {
  readonly house: House;
  readonly sqlEngine: SqlEngine;
  readonly name: string;
  readonly connector: Connector<Config>;
  readonly settings: object;
  readonly writeBack?: Partial<WriteBackConfig>;
  readonly tagMap?: Readonly<Record<string, string>>;
  /** Default: the system's. */
  readonly clock?: Clock;
}): { readonly sync: Sync; readonly writeBack: WriteBack } {
  const { name, connector, sqlEngine, tagMap = {}, clock = systemClock } = given;
  const { stores } = given.house;
  const config = connector.configSchema.parse(given.settings);
  const writeBack: WriteBackConfig = {
    mode: 'off',
    threshold: 0.5,
    maxChanges: 100,
    tables: false,
    ...given.writeBack,
  };
  const source: ConfiguredSource = {
    name,
    connectorName: connector.name,
    capabilities: connector.capabilities,
    connection: () => connector.connect(config, { source: name, clock, log: silentLog }),
    profile: 'none',
    applies: {},
    precedence: 1,
    tagMap,
    writeBack,
  };
  const taxonomy = loadTaxonomy();
  return {
    sync: createSync({
      stores,
      sources: [source],
      sqlEngine,
      classifier: createClassifier({ taxonomy }),
      taxonomy,
      rules: loadPropagationRules(),
      namespaces: {},
      clock,
      log: silentLog,
    }),
    writeBack: createWriteBack({
      stores,
      sources: [{ name, tagMap, writeBack, connection: source.connection }],
      classesOf: (category) => taxonomy.classesOf(category),
      clock,
    }),
  };
}
