import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { createSync } from '../../../server/sync/create-sync.ts';
import { generatedSource } from './generated-source.ts';

/**
 * One sync of the generated source in a process of its own: `sync-child.ts <folder> <tables> [stage done delayMs]`. With a
 * stage it kills itself as soon as that has come so far, or so many milliseconds later. Says its report on standard output.
 */
const [path = '', tables = '0', fatal = '', least = '0', delayMs = '0'] = process.argv.slice(2);
let doomed = false;
function dieAt(stage: string, done: number): void {
  if (doomed || stage !== fatal || done < Number(least)) return;
  doomed = true;
  const die = (): void => void process.kill(process.pid, 'SIGKILL');
  if (delayMs === '0') die();
  else setTimeout(die, Number(delayMs));
}
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
  onProgress: ({ stage, done }) => dieAt(stage, done),
});
process.stdout.write(`report ${JSON.stringify(report)}\n`);
await sqlEngine.close();
await stores.close();
