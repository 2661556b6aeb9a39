/**
 * An Atlas-shaped catalog of 100,000 columns over loopback, the catalog in a process of its own:
 *
 *   node bench/atlas/run.ts [columns]
 *
 * First sync, unchanged sync, sync after 100 changed columns: times, requests, documents and rows written. The embedded
 * stores, the real connector and the real detectors; no profiling. Prints one table.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createLexline } from '../../server/lexline.ts';
import { openSqliteStores } from '../../server/stores/sqlite/open-stores.ts';
import { silentLog } from '../../server/base/log.ts';

const columns = process.argv[2] ?? '100000';
const served = spawn(process.execPath, [join(import.meta.dirname, 'serve-process.ts'), columns], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const folder = mkdtempSync(join(tmpdir(), 'lexline-bench-atlas-'));
try {
  const { url, control } = await new Promise<{ url: string; control: string }>((resolve) =>
    createInterface(served.stdout).once('line', (line) =>
      resolve(JSON.parse(line) as { url: string; control: string }),
    ),
  );
  const requests = async (path = '/'): Promise<number> =>
    ((await (await fetch(control + path)).json()) as { requests: number }).requests;
  const config = {
    sources: [{ name: 'atlas', connector: 'atlas', url, username: 'u', password: 'p', listSize: 5000, pageSize: 100 }],
  };
  const lines: string[] = [];
  const sync = async (title: string): Promise<void> => {
    const lexline = await createLexline({ config, directory: folder });
    const before = await requests();
    const start = performance.now();
    const report = await lexline.sync.run({ source: 'atlas', actor: { kind: 'process', id: 'bench' } });
    const seconds = (performance.now() - start) / 1000;
    await lexline.close();
    if (report.error !== null) throw new Error(report.error.message);
    const after = await requests();
    const { read, changed } = report.documents;
    const memory = Math.round(process.memoryUsage().rss / 1e6);
    lines.push(
      `| ${title} | ${seconds.toFixed(1)} s | ${after - before} | ${read} | ${changed} | ${report.fields.judged} | ${report.revisions.length} | ${await rowsSince(report.revisions)} | ${memory} MB |`,
    );
  };
  await sync('first sync');
  await sync('unchanged sync');
  await requests('/change');
  await sync('after 100 changed columns');
  console.log('|  | time | requests | documents read | changed | fields judged | revisions | rows written | memory |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const line of lines) console.log(line);
} finally {
  served.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** Rows that opened or closed in the revisions of a run. */
async function rowsSince(revisions: readonly number[]): Promise<number> {
  const [first] = revisions;
  const last = revisions.at(-1);
  if (first === undefined || last === undefined) return 0;
  const stores = await openSqliteStores({ path: join(folder, 'data'), log: silentLog });
  let rows = 0;
  let after: string | undefined;
  do {
    const page = await stores.graph.changes(first - 1, last, {
      first: 5000,
      ...(after === undefined ? {} : { after }),
    });
    rows += page.items.length;
    after = page.cursor ?? undefined;
  } while (after !== undefined);
  await stores.close();
  return rows;
}
