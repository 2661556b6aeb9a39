import type { Verdict } from '../../server/model/classification.ts';
import type { Uid } from '../../server/model/ids.ts';
import { propagate } from '../../server/propagate/propagate.ts';
import { loadPropagationRules } from '../../server/rulebook/functions.ts';
import { createBatchWriter } from '../../server/stores/graph/batch-writer.ts';
import { everyPage } from '../../server/stores/every-page.ts';
import type { Change, GraphStore, OpenRevision } from '../../server/stores/graph/graph-store.ts';
import type { Floor } from './floors.ts';
import { columnOf, columns, documents, hubTable, jobAt, levels, tableAt, type LevelsSize } from './levels.ts';
import { memoryOf, milliseconds, seconds, since, Stopwatch } from './stopwatch.ts';
import { numbers } from './warehouse.ts';

/** Figures by the words of their line. */
export type Figures = Map<string, string>;

export interface StoresOfEngine {
  readonly graph: GraphStore;
}

const source = 'warehouse';
const scope = 'dw';
const category = 'user.contact.email';

/** Fields to begin at: some of each of the first twenty levels. */
function startsOf({ tables }: LevelsSize, count: number): Uid[] {
  const random = numbers(42);
  return Array.from({ length: count }, () => {
    const row = Math.floor(random() * Math.floor(tables / levels));
    return columnOf(row * levels + Math.floor(random() * 20), Math.floor(random() * columns));
  });
}

function verdict(field: Uid, state: Verdict['state']): Verdict {
  return {
    field,
    decider: 'detector',
    by: 'bench@1',
    category,
    state,
    classes: ['PII'],
    fine: ['email'],
    confidence: 0.9,
    derived: null,
    evidence: [],
    citations: [],
    key: 'k',
    at: '2026-01-01T00:00:00.000Z',
  };
}

/** Everything that is measured of one engine, in the order of a graph's life. */
export async function measureEngine(
  { graph }: StoresOfEngine,
  size: LevelsSize,
  revisions: number,
  say: (what: string) => void,
  serverPid: number | null,
): Promise<Figures> {
  const figures: Figures = new Map();
  const put = (line: string, figure: string) => {
    figures.set(line, figure);
    say(`${line}: ${figure}`);
  };
  const { tables } = size;
  const versions = new Int32Array(tables);
  const commit = async (
    work: (open: OpenRevision, add: (change: Change, rows?: number) => Promise<void>) => Promise<void>,
  ) => {
    const lease = await graph.lease('bench', 600_000);
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
    for (const document of documents(size, () => 0))
      await add({ type: 'assert', source, scope, document }, document.entities.length + document.edges.length);
  });
  put('first load', watch.told());
  const { fields, edges } = await graph.totals(1);
  put('fields / edges', `${fields} / ${edges}`);

  watch.start();
  put('unchanged re-sync: digests that differ', String(await differing(graph, size, 1, () => 0)));
  put('unchanged re-sync: digests compared', watch.told());

  watch.start();
  for (let r = 1; r <= revisions; r++) {
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
  for (const [when, n] of [
    ['head', head],
    ['the middle', middle],
    ['the first', 1],
  ] as const)
    put(`depth 10, first 100 with names, p50 / p95, ${when}`, milliseconds(await timed(starts, n)));
  // A page of a published walk is remembered: each hub once at each revision.
  const hubs = [0, 1, 2].map((h) => columnOf(hubTable(h), 0));
  const atRevisions = [head, head - 1, head - 2, middle, 1].filter((n) => n >= 1);
  const hubTimes: number[] = [];
  for (const n of atRevisions) hubTimes.push(...(await timed(hubs, n)));
  put('the same on a hub of 10,000', milliseconds(hubTimes));

  const writing = commit(async (_, add) => {
    for (let i = 50; i < tables; i += 50)
      await add({ type: 'assert', source, scope, document: tableAt(i, 1000) }, columns + 1);
  });
  put('the same while a sync writes', milliseconds(await timed(startsOf(size, 90).slice(60), head)));
  await writing;

  const counts: number[] = [];
  let most = 0;
  for (const from of [...hubs, ...starts.slice(0, 7)]) {
    const at = performance.now();
    const { fields: reached } = await graph.count({ from: [from], direction: 'downstream', depth: 100, n: head });
    counts.push(since(at));
    most = Math.max(most, reached);
  }
  put('exact count, whole closure, p50 / p95', milliseconds(counts));
  put('  of at most so many fields', String(most));

  await measurePropagation(graph, size, commit, put, serverPid);
  put('memory of this process', `${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`);
  if (serverPid !== null) put('memory of the server', memoryOf(serverPid));
  return figures;
}

type Commit = (
  work: (open: OpenRevision, add: (change: Change, rows?: number) => Promise<void>) => Promise<void>,
) => Promise<void>;

async function measurePropagation(
  graph: GraphStore,
  size: LevelsSize,
  commit: Commit,
  put: (line: string, figure: string) => void,
  serverPid: number | null,
): Promise<void> {
  const watch = new Stopwatch(serverPid);
  const rules = loadPropagationRules();
  const { tables } = size;
  // One column in twenty of the upper ten levels is judged.
  const judged: Uid[] = [];
  for (let i = 0; i < tables; i++) if (i % levels < 10) judged.push(columnOf(i, (i * 7) % columns));
  let rows = 0;
  const inRevision = async (changes: readonly Change[], full: boolean) => {
    const lease = await graph.lease('bench', 3_600_000);
    if (lease === null) throw new Error('the lease is taken');
    const run = `propagation after ${String((await graph.head()).published)}`;
    const open = await graph.open(lease, { run, cause: 'bench', actor: { kind: 'process', id: 'bench' } });
    const writer = createBatchWriter(graph, open);
    for (const change of changes) await writer.add(change);
    await writer.end();
    if (full) watch.start();
    ({ rows } = await propagate({ graph, open, rules, full }));
    await graph.publish(open, []);
    await graph.release(lease);
  };
  await inRevision(
    judged.map((field) => ({ type: 'verdict', verdict: verdict(field, 'accepted') })),
    true,
  );
  put('full propagation', watch.told());
  put('  rows derived', String(rows));
  await commit(async () => {});

  const head = (await graph.head()).published;
  const near = await fieldWithDownstream(graph, size, head, 10_000);
  const other: Verdict = { ...verdict(near.field, 'accepted'), category: 'user.name' };
  watch.start();
  await inRevision([{ type: 'verdict', verdict: other }], false);
  put('a verdict more, propagated and published', watch.told());
  put('  rows that it changed', String(rows));
  watch.start();
  await inRevision([{ type: 'end-verdict', field: near.field, decider: 'detector', category: 'user.name' }], false);
  put('the same verdict taken back', watch.told());
}

/** Of many fields, the one whose downstream is nearest to so many. */
async function fieldWithDownstream(graph: GraphStore, size: LevelsSize, n: number, wanted: number) {
  let best = { field: columnOf(0, 0), reached: 0 };
  const perLevel = Math.floor(size.tables / levels);
  for (let level = 0; level < levels; level += 1)
    for (let k = 0; k < 3; k++) {
      const field = columnOf(Math.floor((perLevel * (k + 1)) / 5) * levels + level, 3);
      const { fields } = await graph.count({ from: [field], direction: 'downstream', depth: 100, n });
      if (Math.abs(fields - wanted) < Math.abs(best.reached - wanted)) best = { field, reached: fields };
    }
  return best;
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
  const figures: Figures = new Map([['first load', seconds(floor.load * 1000)]]);
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
  figures.set(
    'depth 10, first 100 with names, p50 / p95, head',
    await timesOf(starts, (from) => floor.walk(from, 10, 100)),
  );
  const hubs = [0, 1, 2].map((h) => columnOf(hubTable(h), 0));
  figures.set('the same on a hub of 10,000', await timesOf(hubs, (from) => floor.walk(from, 10, 100)));
  figures.set(
    'exact count, whole closure, p50 / p95',
    await timesOf([...hubs, ...starts.slice(0, 7)], (from) => floor.count(from, 100)),
  );
  return figures;
}
