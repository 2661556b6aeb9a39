import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../server/base/clock.ts';
import { silentLog } from '../../server/base/log.ts';
import { createClassifier } from '../../server/classify/create-classifier.ts';
import { fieldUid } from '../../server/model/ids.ts';
import { loadPropagationRules } from '../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../server/rulebook/taxonomy.ts';
import { createSqlEngine } from '../../server/sql/create-sql-engine.ts';
import { openSqliteStores } from '../../server/stores/sqlite/open-stores.ts';
import { createSync } from '../../server/sync/create-sync.ts';
import type { SyncProgress } from '../../server/sync/sync.ts';
import { rawFieldId, writeRaw } from './raw-sqlite.ts';
import { numbers, tableName, warehouseSource, type WarehouseSize } from './warehouse.ts';

/**
 * The embedded store against raw SQLite, in one run: `node bench/graph/run.ts [tables]` (default 20,000 tables, 400,000
 * columns, 1.1 to 1.2 M edges). SQL parsing is left out: the stream holds stated edges. Prints one table.
 */
const tables = Number(process.argv[2] ?? 20_000);
const size: WarehouseSize = { tables, columns: 20, edgesPerJob: 66 };
const actor = { kind: 'process', id: 'bench' } as const;
const directory = mkdtempSync(join(tmpdir(), 'lexline-bench-'));

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const row = (what: string, ours: string, raw: string, ratio = '') =>
  console.log(`${what.padEnd(44)}${ours.padStart(14)}${raw.padStart(14)}${ratio.padStart(9)}`);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

console.log(`${tables} tables, ${tables * size.columns} columns; node ${process.version}`);
row('', 'lexline', 'raw sqlite', 'ratio');
const raw = writeRaw(directory, size);

const stores = await openSqliteStores({ path: join(directory, 'stores'), log: silentLog });
const sqlEngine = createSqlEngine({ workers: 1 });
const taxonomy = loadTaxonomy();
const sync = createSync({
  stores,
  sources: [warehouseSource(size)],
  sqlEngine,
  classifier: createClassifier({ taxonomy }),
  taxonomy,
  rules: loadPropagationRules(),
  namespaces: {},
  clock: systemClock,
  log: silentLog,
});

/** When each stage was first heard of, in ms since the start. */
async function timed() {
  const started = performance.now();
  const begins = new Map<SyncProgress['stage'], number>();
  const report = await sync.run({
    source: 'warehouse',
    actor,
    onProgress: ({ stage }) => {
      if (!begins.has(stage)) begins.set(stage, performance.now() - started);
    },
  });
  return { report, begins, total: performance.now() - started };
}

const first = await timed();
const published = first.begins.get('classify') ?? first.begins.get('propagate') ?? first.total;
row(
  'first sync: read, name, stage, diff, publish',
  seconds(published),
  `${raw.seconds.toFixed(1)} s`,
  (published / 1000 / raw.seconds).toFixed(1),
);
row('  of it reading and staging', seconds(first.begins.get('write') ?? 0), '');
row(
  '  of it writing until propagation',
  seconds((first.begins.get('propagate') ?? published) - (first.begins.get('write') ?? 0)),
  '',
);
row('first sync with classification', seconds(first.total), '');
const totals = await stores.graph.totals((await stores.graph.head()).published);
row(
  'rows: datasets / fields / jobs / edges',
  `${totals.datasets}/${totals.fields}/${totals.jobs}/${totals.edges}`,
  String(raw.rows),
);
if (first.report.status !== 'DONE')
  console.log(`first sync ended ${first.report.status}`, first.report.gaps.slice(0, 3), first.report.error);

const before = (await stores.graph.head()).published;
const again = await timed();
const after = (await stores.graph.head()).published;
row('unchanged re-sync', seconds(again.total), '');
row('  revisions opened by it', String(after - before), '', again.report.status);

const random = numbers(42);
const starts = Array.from({ length: 300 }, () => ({
  table: Math.floor((random() * tables) / 12) * 12,
  column: Math.floor(random() * size.columns),
}));
const measure = async (walk: (start: { table: number; column: number }) => Promise<number> | number) => {
  const times: number[] = [];
  let hits = 0;
  for (const start of starts) {
    const begun = performance.now();
    hits += await walk(start);
    times.push(performance.now() - begun);
  }
  return { times: times.sort((a, b) => a - b), hits };
};
const n = after;
const rawWalk = await measure(({ table, column }) => raw.walk(rawFieldId(table, column, size), 5, 1000));
const ourWalk = await measure(async ({ table, column }) => {
  const { hits } = await stores.graph.walk({
    from: [fieldUid(tableName(table), [`column_${column}`])],
    direction: 'downstream',
    depth: 5,
    n,
    first: 1000,
  });
  return hits.length;
});
for (const share of [0.5, 0.95])
  row(
    `depth-5 walk p${share * 100} (${ourWalk.hits} / ${rawWalk.hits} hits)`,
    `${percentile(ourWalk.times, share).toFixed(2)} ms`,
    `${percentile(rawWalk.times, share).toFixed(2)} ms`,
    (percentile(ourWalk.times, share) / percentile(rawWalk.times, share)).toFixed(1),
  );
row(
  'file',
  `${(statSync(join(directory, 'stores', 'lexline.db')).size / 1e6).toFixed(0)} MB`,
  `${(statSync(join(directory, 'raw.db')).size / 1e6).toFixed(0)} MB`,
);
row('resident memory of the process', `${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`, '');
raw.close();
await sqlEngine.close();
await stores.close();
rmSync(directory, { recursive: true });
