import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { openSqliteStores, type SqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { exported } from '../../conformance/graph-documents.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lexline-two-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const writerFile = join(import.meta.dirname, 'writer-process.ts');
const noteFile = join(import.meta.dirname, 'note-process.ts');

/** Starts a process that applies batches to one revision, so many or until its input ends, and names each that was acknowledged. */
function startWriter(batches?: number) {
  const child = spawn(process.execPath, [writerFile, directory, ...(batches === undefined ? [] : [String(batches)])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let acknowledged = 0;
  let published = false;
  let text = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    text += chunk;
    acknowledged = (text.match(/^batch /gm) ?? []).length;
    published = text.includes('published');
  });
  return { child, acknowledged: () => acknowledged, isPublished: () => published };
}

const until = async (condition: () => boolean) => {
  while (!condition())
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
};

async function withStores<T>(work: (stores: SqliteStores) => Promise<T>): Promise<T> {
  const stores = await openSqliteStores({ path: directory, log: silentLog });
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}

describe('the embedded engine under several processes', () => {
  it('keeps every acknowledged batch of a process that was killed, unpublished, and lets its run go on', async () => {
    const writer = startWriter();
    await until(() => writer.acknowledged() >= 40);
    const closed = once(writer.child, 'close');
    writer.child.kill('SIGKILL');
    await closed;
    const acknowledged = writer.acknowledged();
    await withStores(async ({ graph }) => {
      expect((await graph.head()).open).toEqual({ n: 1, run: 'the run' });
      expect((await graph.totals(0)).datasets).toBe(0);
      expect((await graph.totals(1)).datasets).toBeGreaterThanOrEqual(acknowledged);
    });
    const again = startWriter(120);
    await once(again.child, 'close');
    expect(again.isPublished()).toBe(true);
    await withStores(async ({ graph }) => {
      expect((await graph.head()).published).toBe(1);
      expect((await exported(graph, 1)).length).toBeGreaterThan(0);
    });
  });

  it('reads and writes from a second process while the first one writes, without a lock failure', async () => {
    const writer = startWriter();
    await until(() => writer.acknowledged() >= 5);
    const closed = once(writer.child, 'close');
    const rounds = 60;
    await withStores(async ({ graph, state, ledger }) => {
      const before = writer.acknowledged();
      for (let i = 0; i < rounds; i++) {
        await graph.list({ kind: 'dataset' }, 1, { first: 20 });
        await state.put('command', String(i), { i });
        await ledger.append([
          {
            kind: 'export',
            actor: { kind: 'process', id: 'second' },
            at: '2026-01-01T00:00:00.000Z',
            subject: null,
            body: {},
          },
        ]);
      }
      await until(() => writer.acknowledged() > before);
      expect(writer.isPublished()).toBe(false);
      writer.child.stdin.end();
      // Not `exit`: what a process said last may be read only after that.
      await closed;
      expect(writer.isPublished()).toBe(true);
      expect(await ledger.verify()).toMatchObject({ intact: true, entries: rounds });
      expect((await graph.totals(1)).datasets).toBe(writer.acknowledged());
    });
  });

  it('lets many processes open a directory that has no stores yet at the same moment', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    const codes = await Promise.all(
      keys.map(async (key) => {
        const [code] = await once(spawn(process.execPath, [noteFile, directory, key], { stdio: 'inherit' }), 'exit');
        return code;
      }),
    );
    expect(codes).toEqual(keys.map(() => 0));
    await withStores(async ({ state }) => {
      expect((await state.list('note', { first: 10 })).items.map((record) => record.key)).toEqual(keys);
    });
  });
});
