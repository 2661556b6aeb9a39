import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { digestOf } from '../../../server/model/json.ts';
import { everyPage } from '../../../server/stores/every-page.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import type { SyncReport } from '../../../server/sync/sync.ts';

const tables = 5000;
const folders: string[] = [];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'lexline-kill-'));
  folders.push(path);
  return path;
}

afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

/** Where a sync dies: as soon as a stage has come so far, or a little later. */
interface Kill {
  readonly stage: string;
  readonly done: number;
  readonly delayMs: number;
}

/** Runs one sync; null where it died by SIGKILL on its way. */
async function runChild(path: string, kill: Kill | null): Promise<SyncReport | null> {
  const fatal = kill === null ? [] : [kill.stage, String(kill.done), String(kill.delayMs)];
  const file = join(import.meta.dirname, 'sync-child.ts');
  const child = spawn(process.execPath, [file, path, String(tables), ...fatal], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
  if (signal === 'SIGKILL' && kill !== null) return null;
  const line = text.split('\n').find((each) => each.startsWith('report '));
  if (line === undefined) throw new Error(`the sync ended by itself without a report: ${errors.slice(-2000)}`);
  return JSON.parse(line.slice('report '.length)) as SyncReport;
}

/** Everything that the graph holds, apart from when it was judged. */
async function contents(path: string): Promise<Record<string, unknown>> {
  const stores = await openSqliteStores({ path, log: silentLog });
  const { graph } = stores;
  const { published, open } = await graph.head();
  const counted: Record<string, unknown> = { published, open };
  for (const what of ['entities', 'docs', 'edges', 'evidence', 'verdicts', 'derived'] as const) {
    const lines: string[] = [];
    for await (const row of everyPage((page) => graph.scan(what, published, page)))
      lines.push(digestOf('at' in row ? { ...row, at: '' } : row));
    counted[what] = { rows: lines.length, digest: digestOf(lines.toSorted()) };
  }
  counted['revisions'] = (await graph.revisions({ first: 10 })).items.map(({ n, cause }) => ({ n, cause }));
  await stores.close();
  return counted;
}

/** A small generator with a printed seed, so that a failure can be run again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('a sync of 5,000 tables', () => {
  it('killed again and again goes on and ends as if it had never been', { timeout: 900_000 }, async () => {
    const seed = 20_261_121;
    const below = random(seed);
    const later = (): number => 1 + below(150);
    const kills: readonly Kill[] = [
      { stage: 'check', done: 0, delayMs: later() },
      { stage: 'read', done: 500 + below(4000), delayMs: 0 },
      { stage: 'read', done: 6000 + below(3000), delayMs: later() },
      { stage: 'resolve', done: 0, delayMs: 0 },
      { stage: 'write', done: 500 + below(4000), delayMs: 0 },
      { stage: 'write', done: 5000 + below(4000), delayMs: later() },
      { stage: 'classify', done: 500 + below(4000), delayMs: 0 },
      { stage: 'propagate', done: 0, delayMs: 0 },
    ];
    const [whole, killed] = [folder(), folder()];
    const uninterrupted = await runChild(whole, null);
    const documents = { read: tables * 2 - 1 };
    expect(uninterrupted).toMatchObject({ error: null, status: 'DONE', resumed: false, documents });

    const met: Kill[] = [];
    for (const kill of kills) if ((await runChild(killed, kill)) === null) met.push(kill);
    const last = await runChild(killed, null);
    expect(last?.error).toBeNull();
    expect(await contents(killed), `seed ${seed}`).toEqual(await contents(whole));
    // What is to come a little later may come too late: that is for the scheduler to say.
    const atOnce = ({ delayMs }: Kill): boolean => delayMs === 0;
    expect(met.filter(atOnce), `seed ${seed}`).toEqual(kills.filter(atOnce));
  });
});
