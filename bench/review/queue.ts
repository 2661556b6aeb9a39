import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../server/base/clock.ts';
import { silentLog } from '../../server/base/log.ts';
import type { Verdict } from '../../server/model/classification.ts';
import { datasetUid, fieldUid } from '../../server/model/ids.ts';
import { digestOf } from '../../server/model/json.ts';
import { loadPropagationRules } from '../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../server/rulebook/taxonomy.ts';
import type { AssertedEntity, Change, GraphDocument } from '../../server/stores/graph/graph-store.ts';
import { openSqliteStores } from '../../server/stores/sqlite/open-stores.ts';
import { createReviewDesk } from '../../server/sync/create-review-desk.ts';

/**
 * The review queue over a graph of 100,000 fields in 5,000 tables of two sources, 30,000 of them left open under 400 names:
 * the first page, further pages, a page after a decision, a viewer of one source. `node bench/review/queue.ts [tables]`.
 */
const tables = Number(process.argv[2] ?? 5000);
const columns = 20;
const actor = { kind: 'process', id: 'bench' } as const;
const folder = mkdtempSync(join(tmpdir(), 'lexline-review-bench-'));
const stores = await openSqliteStores({ path: folder, log: silentLog });
const { graph } = stores;

const named = (i: number) => ({ namespace: 'postgres://db.example.com:5432', name: `shop.s${i % 40}.table_${i}` });

/** Digits do not tell names apart in the queue, letters do. */
function nameOf(i: number): string {
  return `q_${String(i).replaceAll(/\d/gu, (digit) => 'abcdefghij'.charAt(Number(digit)))}`;
}

function documentOf(i: number): GraphDocument {
  const qualified = named(i);
  const uid = datasetUid(qualified);
  const core = { kind: 'table', platform: 'postgres' };
  const own: AssertedEntity = { uid, kind: 'dataset', parent: null, ...qualified, path: null, facets: { core } };
  const fields = Array.from({ length: columns }, (_, ordinal): AssertedEntity => {
    const path = [nameOf((i + ordinal * 20) % 400)];
    const facets = { core: { type: 'text', ordinal }, description: `what column ${ordinal} of table ${i} is for` };
    return { uid: fieldUid(qualified, path), kind: 'field', parent: uid, ...qualified, path, facets };
  });
  const body = { entities: [own, ...fields], edges: [], aliases: [], statements: [] };
  return { uid, kind: 'dataset', ...body, digest: digestOf(body) };
}

function verdictOn(field: string, place: number): Verdict {
  const isOpen = place % 10 < 3;
  const isFound = place % 10 === 3;
  return {
    field,
    decider: 'detector',
    by: 'detectors@bench',
    category: isFound ? 'user.contact.email' : 'none',
    state: isOpen ? 'abstained' : 'proposed',
    classes: isFound ? ['PII'] : [],
    fine: isFound ? ['email'] : [],
    confidence: isOpen ? 0.4 : 0.95,
    derived: null,
    evidence: [{ signal: 'name', detail: 'says little by itself, and nothing beside it says more', weight: -0.4 }],
    citations: [],
    alternatives: isOpen ? [{ category: 'user.id', confidence: 0.3, rejectedBecause: 'says little' }] : [],
    key: digestOf([field]),
    at: '2026-01-01T00:00:00.000Z',
  };
}

const lease = await graph.lease('bench', 600_000);
if (lease === null) throw new Error('the graph is taken');
for (const name of ['shop', 'lake'])
  await graph.putSource({ name, connector: 'postgres', mode: 'snapshot', precedence: 1, managed: true });
const open = await graph.open(lease, { run: 'bench', cause: 'bench', actor });
let place = 0;
for (let at = 0; at < tables; at += 100) {
  const documents = Array.from({ length: Math.min(100, tables - at) }, (_, i) => documentOf(at + i));
  const asserts = documents.map((document, i): Change => ({
    type: 'assert',
    source: i % 2 === 0 ? 'shop' : 'lake',
    scope: 'all',
    document,
  }));
  const verdicts = documents.flatMap(({ entities }) =>
    entities.slice(1).map(({ uid }): Change => ({ type: 'verdict', verdict: verdictOn(uid, (place += 1)) })),
  );
  await graph.apply(open, asserts);
  await graph.apply(open, verdicts);
}
await graph.publish(open, []);
await graph.release(lease);

const desk = createReviewDesk({
  graph,
  state: stores.state,
  ledger: stores.ledger,
  taxonomy: loadTaxonomy(),
  rules: loadPropagationRules(),
  clock: systemClock,
});
const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  const started = performance.now();
  const result = await work();
  console.log(`${what}: ${Math.round(performance.now() - started)} ms`);
  return result;
};
const first = await timed('first page of 20', () => desk.queue({ first: 20 }));
console.log(`  ${first.totalGroups} groups of ${first.totalFields} fields`);
const after = first.groups.at(-1)?.id;
await timed('second page', () => desk.queue({ first: 20, ...(after === undefined ? {} : { after }) }));
await timed('the same page again', () => desk.queue({ first: 20 }));
const [group] = first.groups;
if (group === undefined) throw new Error('nothing waits');
await timed(`deciding a group of ${group.fields.length} fields`, () =>
  desk.decide({
    group: group.id,
    kind: 'correct',
    category: 'none',
    comment: null,
    validUntil: null,
    idempotencyKey: 'bench',
    actor,
    signal: AbortSignal.timeout(600_000),
  }),
);
await timed('first page after the decision', () => desk.queue({ first: 20 }));
const scoped = await timed('first page of a viewer of one source', () => desk.queue({ first: 20, seen: ['shop'] }));
console.log(`  ${scoped.totalGroups} groups of ${scoped.totalFields} fields`);
console.log(`memory: ${Math.round(process.memoryUsage().rss / 1024 / 1024)} MiB`);
await stores.close();
rmSync(folder, { recursive: true, force: true });
