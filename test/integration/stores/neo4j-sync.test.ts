import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startNeo4j, type RunningNeo4j } from '../../../scripts/neo4j.ts';
import { silentLog } from '../../../server/base/log.ts';
import { openNeo4jStores, type Neo4jStores } from '../../../server/stores/neo4j/open-stores.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import type { SyncReport } from '../../../server/sync/sync.ts';
import { describeOnNeo4j } from './neo4j-database.ts';
import { contentsOf } from './sync-on.ts';

const tables = 150;
const childFile = join(import.meta.dirname, 'neo4j-sync-process.ts');

/** What the embedded engine holds after the same syncs, by processes of the same kind, one after the other and undisturbed. */
async function expected(...sources: readonly string[]): Promise<Record<string, unknown>> {
  const path = mkdtempSync(join(tmpdir(), 'lexline-expected-'));
  try {
    for (const source of sources)
      expect((await startSync({ url: path, password: '' }, source).report())?.error).toBeNull();
    const stores = await openSqliteStores({ path, log: silentLog });
    const contents = await contentsOf(stores.graph);
    await stores.close();
    return contents;
  } finally {
    rmSync(path, { recursive: true });
  }
}

interface Child {
  readonly process: ChildProcess;
  /** Waits until a stage has come so far; false when the process ended before. */
  reached(stage: string, done: number): Promise<boolean>;
  /** Null where it ended without a report. */
  report(): Promise<SyncReport | null>;
}

function startSync({ url, password }: Pick<RunningNeo4j, 'url' | 'password'>, source: string): Child {
  const child = spawn(process.execPath, [childFile, url, source, String(tables)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NEO4J_PASSWORD: password },
  });
  let text = '';
  const state = { ended: false };
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      state.ended = true;
      resolve();
    });
  });
  return {
    process: child,
    async reached(stage, done) {
      const isThere = () =>
        text.split('\n').some((line) => {
          const [at, count] = line.split(' ');
          return at === stage && Number(count) >= done;
        });
      while (!state.ended && !isThere()) await sleep(5);
      return isThere();
    },
    async report() {
      await closed;
      const line = text.split('\n').find((each) => each.startsWith('report '));
      return line === undefined ? null : (JSON.parse(line.slice('report '.length)) as SyncReport);
    },
  };
}

async function withStores<T>(server: RunningNeo4j, work: (stores: Neo4jStores) => Promise<T>): Promise<T> {
  const { url, username, password } = server;
  const stores = await openNeo4jStores({ url, username, password, log: silentLog });
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}

describeOnNeo4j('syncs into a Neo4j of their own', () => {
  let server: RunningNeo4j | null = null;
  const running = () => {
    if (server === null) throw new Error('the server is not there yet');
    return server;
  };
  beforeAll(async () => {
    server = await startNeo4j();
  }, 300_000);
  afterAll(() => server?.stop(), 60_000);

  it(
    'survive kill -9 of the server and of themselves, go on, and end as if nothing had been',
    { timeout: 900_000 },
    async () => {
      const kills = [
        { stage: 'read', done: 60, what: 'server' },
        { stage: 'write', done: 50, what: 'both' },
        { stage: 'write', done: 200, what: 'server' },
        { stage: 'classify', done: 50, what: 'process' },
        { stage: 'propagate', done: 0, what: 'both' },
      ] as const;
      const hits: string[] = [];
      for (const { stage, done, what } of kills) {
        const child = startSync(running(), 'warehouse');
        if (await child.reached(stage, done)) {
          hits.push(`${what} at ${stage}`);
          if (what !== 'server') child.process.kill('SIGKILL');
          if (what !== 'process') {
            await running().crash();
            await running().start();
          }
        }
        // A process whose server came back within its patience ends its sync by itself.
        await child.report();
      }
      const last = await startSync(running(), 'warehouse').report();
      expect(last?.error).toBeNull();
      process.stdout.write(`kill -9 of ${hits.join(', of ')}\n`);
      // How many hit is for the scheduler to say: a sync whose server came back in time ends by itself, and leaves the next nothing.
      expect(hits[0]).toBe('server at read');
      await withStores(running(), async ({ graph, ledger }) => {
        expect(await contentsOf(graph)).toEqual(await expected('warehouse'));
        expect(await ledger.verify()).toMatchObject({ intact: true });
      });
    },
  );

  it('lose and double nothing when three processes write at once', { timeout: 900_000 }, async () => {
    const sources = ['lake', 'mart', 'lake'];
    const children = sources.map((source) => startSync(running(), source));
    for (const [i, child] of children.entries()) {
      const error = (await child.report())?.error ?? null;
      // Two processes never sync one source at once: the second is told so. On a machine so slow that a lease runs out, the
      // writer is fenced off. Neither changed anything that the next attempt would not find.
      if (error === null) continue;
      expect(['STORE_BUSY', 'STORE_FENCED'], error.message).toContain(error.code);
      expect((await startSync(running(), sources[i] ?? '').report())?.error).toBeNull();
    }
    await withStores(running(), async ({ graph, ledger }) => {
      expect(await contentsOf(graph)).toEqual(await expected('warehouse', 'lake', 'mart'));
      const { items } = await graph.revisions({ first: 100 });
      expect(items.map(({ n }) => n).toReversed()).toEqual(items.map((_, i) => i + 1));
      expect(await ledger.verify()).toMatchObject({ intact: true });
    });
  });
});
