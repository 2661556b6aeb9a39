import { fileURLToPath } from 'node:url';
import { systemClock } from '../../server/base/clock.ts';
import type { Product } from '../../server/cli/composition.ts';
import { composeFor } from '../../server/lexline.ts';
import { main } from '../../server/main.ts';
import type { SyncReport } from '../../server/sync/sync.ts';
import { summaryLines } from './summary.ts';
import { prepareWarehouse } from './warehouse.ts';

/**
 * `npm start`: makes the example's warehouse when it is not there, syncs both sources, says what was found in four lines and
 * serves it. A second start finds everything as it was and writes nothing.
 */
const config = fileURLToPath(new URL('./lexline.yaml', import.meta.url));
const warehouse = fileURLToPath(new URL('../../data/shop-clinic/warehouse', import.meta.url));
const actor = { kind: 'process', id: 'example shop-clinic' } as const;

process.stdout.write('Lexline, example shop-clinic: a fictional web shop with a small clinic and card payments\n');
const built = await prepareWarehouse(warehouse);
process.stdout.write(built ? 'warehouse: made in ./data/shop-clinic/warehouse\n' : 'warehouse: as it was\n');

const compose = composeFor({
  global: { config, data: undefined, json: false },
  env: process.env,
  clock: systemClock,
  actor,
});
const product = await compose.open();
const address = `http://${product.config.http.host}:${product.config.http.port}`;
try {
  const entered = await (await product.governance()).apply({ actor, signal: AbortSignal.timeout(60_000) });
  if (entered !== null)
    process.stdout.write(`governance: ${entered.objects} objects, ${entered.changed} new or changed\n`);
  await syncAll(product);
  const lines = await summaryLines(await product.query(), address);
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
} finally {
  await product.close();
}

// Without serving, for tests and for a look: npm start -- --no-serve
if (!process.argv.includes('--no-serve')) {
  // Options of serve are passed on: npm start -- --port 4001
  process.argv = [...process.argv.slice(0, 2), 'serve', '--config', config, ...process.argv.slice(2)];
  await main(process);
}

async function syncAll(running: Product): Promise<void> {
  const sync = await running.sync();
  for (const { name } of running.config.sources) {
    const report = await sync.run({ source: name, actor });
    if (report.error !== null) throw new Error(`${name}: ${report.error.message}`);
    process.stdout.write(`${name}: ${whatHappened(report)}\n`);
  }
}

function whatHappened({ status, documents, fields, revisions }: SyncReport): string {
  if (status === 'UNCHANGED') return 'unchanged, nothing written';
  const { read, changed, retired } = documents;
  return `${read} documents read, ${changed} new or changed, ${retired} retired, ${fields.judged} fields judged, revision ${revisions.join(', ')}`;
}
