import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { createSync } from '../../../server/sync/create-sync.ts';
import { generatedSource } from './generated-source.ts';

// One sync of the generated source in a process of its own: says on standard output how far it is, and may be killed.
const [path = '', tables = '0'] = process.argv.slice(2);
const stores = await openSqliteStores({ path, log: silentLog });
const sqlEngine = createSqlEngine({ workers: 1 });
const taxonomy = loadTaxonomy();
const sync = createSync({
  stores,
  sources: [generatedSource('warehouse', Number(tables))],
  sqlEngine,
  classifier: createClassifier({ taxonomy }),
  taxonomy,
  rules: loadPropagationRules(),
  namespaces: {},
  clock: systemClock,
  log: silentLog,
  leaseMs: 3000,
});
const report = await sync.run({
  source: 'warehouse',
  actor: { kind: 'process', id: 'test' },
  onProgress: ({ stage, done }) => process.stdout.write(`${stage} ${done}\n`),
});
process.stdout.write(`report ${JSON.stringify(report)}\n`);
await sqlEngine.close();
await stores.close();
