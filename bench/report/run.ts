import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../server/base/log.ts';
import { governanceFileSchema } from '../../server/governance/objects.ts';
import { createQuery } from '../../server/query/create-query.ts';
import { createReports } from '../../server/report/create-reports.ts';
import { reportFormats } from '../../server/report/formats.ts';
import { loadTaxonomy } from '../../server/rulebook/taxonomy.ts';
import { openSqliteStores } from '../../server/stores/sqlite/open-stores.ts';
import { columnsPerTable, seedWarehouse } from '../api/seed.ts';

/**
 * Reports over a generated warehouse on the embedded store: `node bench/report/run.ts [tables]` (default 5,000 tables,
 * 100,000 columns). Each report and format is made by a process of its own, so that its memory is its own.
 */
const [command = '5000', directory = '', name = '', format = ''] = process.argv.slice(2);
/** Reports and formats to measure, given after the number of tables; none: all of both. */
const only = command === 'make' ? [] : process.argv.slice(3);

if (command === 'make') await make();
else seedAndMeasure(Number(command), await seed(Number(command)));

async function seed(tables: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-bench-'));
  const stores = await openSqliteStores({ path: folder, log: silentLog });
  await seedWarehouse(stores.graph, tables);
  await stores.close();
  return folder;
}

function seedAndMeasure(tables: number, folder: string): void {
  console.log(`${tables} tables, ${tables * columnsPerTable} columns; node ${process.version}`);
  try {
    for (const report of ['gdpr-30-1', 'hipaa-ephi', 'pci-dss-12-5-2', 'inventory', 'ccpa-categories'])
      for (const as of reportFormats) {
        if (only.length > 0 && !(only.includes(report) && only.includes(as))) continue;
        const { stdout, stderr, status } = spawnSync(
          process.execPath,
          [import.meta.filename, 'make', folder, report, as],
          { encoding: 'utf8' },
        );
        console.log(status === 0 ? stdout.trim() : `${report} ${as}: failed: ${stderr.slice(-500)}`);
      }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function make(): Promise<void> {
  const stores = await openSqliteStores({ path: directory, log: silentLog });
  const query = createQuery({
    graph: stores.graph,
    state: stores.state,
    taxonomy: loadTaxonomy(),
    appliesOf: () => ({ gdpr: 'controller' }),
  });
  const governance = governanceFileSchema.parse({
    entities: [{ id: 'one', name: 'Example', role: 'controller' }],
    activities: Array.from({ length: 12 }, (_, i) => ({
      id: `a${i}`,
      name: `Activity ${i}`,
      entity: 'one',
      datasets: [{ name: `dw.layer_${i}.*` }],
    })),
  });
  const reports = createReports({ query, version: 'bench', governance: () => Promise.resolve(governance) });
  const started = performance.now();
  const hash = createHash('sha256');
  let bytes = 0;
  let first = 0;
  const opened = await reports.open({ name, format: format as (typeof reportFormats)[number] });
  for await (const chunk of opened.chunks) {
    first ||= performance.now() - started;
    hash.update(chunk);
    bytes += chunk.length;
  }
  const seconds = (performance.now() - started) / 1000;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const megabytes = maxRSS / 1024;
  const cpu = (userCPUTime + systemCPUTime) / 1e6;
  await stores.close();
  console.log(
    `${name} ${format}: ${seconds.toFixed(1)} s (${cpu.toFixed(1)} s of processor), first byte after ${(first / 1000).toFixed(1)} s, ${(bytes / 1e6).toFixed(1)} MB, ${megabytes.toFixed(0)} MB resident at most`,
  );
}
