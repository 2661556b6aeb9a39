import type { Uid } from '../../server/model/ids.ts';
import { createBatchWriter } from '../../server/stores/graph/batch-writer.ts';
import { everyPage } from '../../server/stores/every-page.ts';
import type { Change, GraphStore, OpenRevision } from '../../server/stores/graph/graph-store.ts';
import { atlasShaped } from './atlas-shaped.ts';
import { judged, lines, type Figure, type Figures } from './figures.ts';
import type { Floor } from './floors.ts';
import { measureCounts } from './measure-counts.ts';
import { measurePropagation } from './measure-propagation.ts';
import { columnOf, columns, documents, hubTable, jobAt, levels, tableAt, type LevelsSize } from './levels.ts';
import { memoryOf, milliseconds, seconds, since, Stopwatch } from './stopwatch.ts';
import { numbers } from './warehouse.ts';

export interface StoresOfEngine {
  readonly graph: GraphStore;
}

const source = 'warehouse';
const scope = 'dw';

/** Fields to begin at: some of each of the first twenty levels. */
function startsOf({ tables }: LevelsSize, count: number): Uid[] {
  const random = numbers(42);
  return Array.from({ length: count }, () => {
    const row = Math.floor(random() * Math.floor(tables / levels));
    return columnOf(row * levels + Math.floor(random() * 20), Math.floor(random() * columns));
  });
}

/** Everything that is measured of one engine, in the order of a graph's life. */
export async function measureEngine(
  { graph }: StoresOfEngine,
  size: LevelsSize,
  revisions: number,
  engine: string,
  serverPid: number | null,
): Promise<Figures> {
  const figures: Figures = new Map();
  const memory = () => {
    const own = `${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`;
    return serverPid === null ? own : `${own} + server ${memoryOf(serverPid)}`;
  };
  const say = (what: string) => {
    console.error(`${new Date().toISOString().slice(11, 19)} ${engine}: ${what} [resident ${memory()}]`);
  };
  const put = (line: string, figure: Figure | string) => {
    const told = typeof figure === 'string' ? { text: figure } : figure;
    figures.set(line, told);
    say(`${line}: ${told.text}${judged(engine, line, told)}`);
  };
  const { tables } = size;
  const versions = new Int32Array(tables);
  const commit = async (
    work: (open: OpenRevision, add: (change: Change, rows?: number) => Promise<void>) => Promise<void>,
  ) => {
    const lease = await graph.lease('bench', 3_600_000);
    if (lease === null) throw new Error('the lease is taken');
    const open = await graph.open(lease, {
      run: `run ${String((await graph.head()).published)}`,
      cause: 'bench',
      actor: { kind: 'process', id: 'bench' },
    });
    const writer = createBatchWriter(graph, open);
    await work(open, (change, rows) => writer.add(change, rows));
    await writer.end();
    await graph.publish(open, []);
    await graph.release(lease);
  };

  const watch = new Stopwatch(serverPid);
  await commit(async (_, add) => {
    let loaded = 0;
    for (const document of documents(size, () => 0)) {
      if (loaded++ % 10_000 === 9999) say(`${loaded} documents loaded`);
      await add({ type: 'assert', source, scope, document }, document.entities.length + document.edges.length);
    }
  });
  put(lines.load, watch.told());
  const { fields, edges } = await graph.totals(1);
  put('fields / edges', `${fields} / ${edges}`);

  watch.start();
  put('unchanged re-sync: digests that differ', String(await differing(graph, size, 1, () => 0)));
  put(lines.unchanged, watch.told());

  watch.start();
  for (let r = 1; r <= revisions; r++) {
    if (r % 10 === 0) say(`revision ${r} of ${revisions}`);
    await commit(async (_, add) => {
      for (let i = r % 100; i < tables; i += 100) {
        versions[i] = r;
        await add({ type: 'assert', source, scope, document: tableAt(i, r) }, columns + 1);
        const job = jobAt(i, size, r);
        if (job !== null) await add({ type: 'assert', source, scope, document: job }, job.edges.length);
      }
    });
  }
  put(`${revisions} revisions of 1 %`, watch.told());
  const head = (await graph.head()).published;
  watch.start();
  put(
    'one revision as a difference, rows',
    String((await graph.changes(head - 1, head, { first: 10_000 })).items.length),
  );
  put('one revision as a difference', watch.told());

  const starts = startsOf(size, 60);
  const page = async (from: Uid, n: number) => {
    const { hits } = await graph.walk({ from: [from], direction: 'downstream', depth: 10, n, first: 100 });
    const named = await graph.get(
      hits.map(({ uid }) => uid),
      n,
    );
    return named.length;
  };
  const timed = async (froms: readonly Uid[], n: number) => {
    const times: number[] = [];
    for (const from of froms) {
      const at = performance.now();
      await page(from, n);
      times.push(since(at));
    }
    return times;
  };
  // The first of each kind makes plans and fills caches.
  await timed(starts.slice(0, 5), head);
  const middle = Math.max(1, Math.floor(head / 2));
  for (const [line, n] of [
    [lines.head, head],
    [lines.middle, middle],
    [lines.first, 1],
  ] as const)
    put(line, milliseconds(await timed(starts, n)));
  // A page of a published walk is remembered: each hub once at each of ten revisions, of which a 95th percentile can be told.
  const hubs = [0, 1, 2].map((h) => columnOf(hubTable(h), 0));
  const atRevisions = new Set(
    Array.from({ length: 10 }, (_, tenth) => Math.max(1, Math.round((head * (10 - tenth)) / 10))),
  );
  const hubTimes: number[] = [];
  for (const n of atRevisions) hubTimes.push(...(await timed(hubs, n)));
  put(lines.hub, milliseconds(hubTimes));

  const writing = commit(async (_, add) => {
    for (let i = 50; i < tables; i += 50)
      await add({ type: 'assert', source, scope, document: tableAt(i, 1000) }, columns + 1);
  });
  put(lines.writing, milliseconds(await timed(startsOf(size, 90).slice(60), head)));
  await writing;

  await measureCounts(graph, size, { n: head, starts: [...hubs, ...starts.slice(0, 7)] }, put);
  await measurePropagation(graph, size, commit, put, serverPid);
  watch.start();
  await commit(async (_, add) => {
    for (const document of atlasShaped())
      await add(
        { type: 'assert', source: 'atlas', scope: 'all', document },
        document.entities.length + document.edges.length,
      );
  });
  put(lines.atlas, watch.told());
  put('resident at the end', memory());
  return figures;
}

/** What ingest does with a source that did not change: reads every digest of the source and compares. */
async function differing(
  graph: GraphStore,
  size: LevelsSize,
  n: number,
  versionOf: (i: number) => number,
): Promise<number> {
  const known = new Map<Uid, string>();
  for await (const { uid, digest } of everyPage((page) => graph.docs(source, scope, n, page), 10_000))
    known.set(uid, digest);
  let different = 0;
  for (const { uid, digest } of documents(size, versionOf)) if (known.get(uid) !== digest) different += 1;
  return different;
}

/** The same walks and counts on a floor, which has one state only and no names. */
export async function measureFloor(floor: Floor, size: LevelsSize): Promise<Figures> {
  const figures: Figures = new Map([[lines.load, { text: seconds(floor.load * 1000) }]]);
  const starts = startsOf(size, 60);
  const timesOf = async (froms: readonly Uid[], work: (from: Uid) => Promise<number>) => {
    const times: number[] = [];
    for (const from of froms) {
      const at = performance.now();
      await work(from);
      times.push(since(at));
    }
    return milliseconds(times);
  };
  await timesOf(starts.slice(0, 5), (from) => floor.walk(from, 10, 100));
  figures.set(lines.head, await timesOf(starts, (from) => floor.walk(from, 10, 100)));
  const hubs = [0, 1, 2].map((h) => columnOf(hubTable(h), 0));
  figures.set(lines.hub, await timesOf(hubs, (from) => floor.walk(from, 10, 100)));
  figures.set(lines.whole, await timesOf([...hubs, ...starts.slice(0, 7)], (from) => floor.count(from, 100)));
  return figures;
}
