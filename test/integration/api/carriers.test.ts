import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetUid, jobUid, type Uid } from '../../../server/model/ids.ts';
import { propagate } from '../../../server/propagate/propagate.ts';
import { createVouchedFunctions } from '../../../server/propagate/vouched-functions.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import type { Query } from '../../../server/query/query.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { Change } from '../../../server/stores/graph/graph-store.ts';
import { datasetDocument, edge, field, jobDocument, verdict } from './graph-rows.ts';
import { openTemporaryStores, type TemporaryStores } from './temporary-stores.ts';

const [email, phone] = ['user.contact.email', 'user.contact.phone'];
const named = (name: string) => ({ namespace: 'postgres://db.example:5432', name });
const at = (dataset: string, path: string): Uid => field(named(dataset), path);
const table = (name: string, ...columns: readonly string[]): Change => ({
  type: 'assert',
  source: 'shop',
  scope: 'main',
  document: datasetDocument(
    named(name),
    columns.map((path) => ({ path })),
  ),
});
const job = (name: string, edges: readonly Parameters<typeof edge>[]): Change => ({
  type: 'assert',
  source: 'shop',
  scope: 'main',
  document: jobDocument(
    named(name),
    edges.map(([from, to, over]) => edge(from, to, { job: jobUid(named(name)), ...over })),
    {},
  ),
});
const stop = (uid: Uid): Change => ({
  type: 'enter',
  entered: { uid, kind: 'stop', body: { category: null, to: null }, actor: { kind: 'person', id: 'privacy-office' } },
});
const found = (uid: Uid, category: string): Change => ({ type: 'verdict', verdict: verdict(uid, category) });

const rules = { ...loadPropagationRules(), functions: new Map([['SEC.PSEUDO', 'tokenise' as const]]) };
const vouched = createVouchedFunctions({ rules, under: new Map(), vouched: new Map() });
const count = { fn: 'COUNT', effect: 'count', kind: 'AGGREGATION' } as const;

let stores: TemporaryStores;
let query: Query;

async function revision(run: string, changes: readonly Change[]): Promise<void> {
  const { graph } = stores;
  const lease = await graph.lease('test', 60_000);
  if (lease === null) throw new Error('the write lease is taken');
  const open = await graph.open(lease, { run, cause: `sync ${run}`, actor: { kind: 'process', id: 'test' } });
  await graph.apply(open, changes);
  await propagate({ graph, open, rules });
  await graph.publish(open, []);
  await graph.release(lease);
}

beforeAll(async () => {
  stores = await openTemporaryStores();
  await stores.graph.putSource({ name: 'shop', connector: 'test', mode: 'snapshot', precedence: 1, managed: true });
  query = createQuery({
    graph: stores.graph,
    state: stores.state,
    taxonomy: loadTaxonomy(),
    vouched: async () => vouched,
  });
  await revision('first', [
    table('shop.people', 'id', 'email', 'phone'),
    table('mart.copy', 'email', 'n', 'plain_n'),
    table('mart.token', 'email', 'other'),
    table('mart.cut', 'phone', 'other'),
    table('mart.open', 'phone'),
    found(at('shop.people', 'email'), email),
    found(at('shop.people', 'phone'), phone),
    found(at('mart.token', 'email'), email),
    found(at('mart.cut', 'phone'), phone),
    found(at('mart.open', 'phone'), phone),
    job('a-stopped', [[at('shop.people', 'email'), at('mart.copy', 'email')]]),
    job('b-ungrouped', [[at('shop.people', 'email'), at('mart.copy', 'n'), count]]),
    job('c-carrying', [
      [at('shop.people', 'email'), at('mart.copy', 'email')],
      [at('shop.people', 'email'), at('mart.copy', 'n'), { ...count, statement: 's1' }],
      [
        at('shop.people', 'email'),
        datasetUid(named('mart.copy')),
        { kind: 'GROUP_BY', effect: 'unknown', statement: 's1' },
      ],
    ]),
    stop(jobUid(named('a-stopped'))),
    stop(at('shop.people', 'phone')),
  ]);
  const sealed = { kind: 'TRANSFORMATION', fn: 'sec.pseudo', effect: 'unknown' } as const;
  await revision('second', [
    job('d-token', [
      [at('shop.people', 'email'), at('mart.token', 'email'), sealed],
      [at('shop.people', 'email'), at('mart.token', 'other'), sealed],
    ]),
    job('e-cut', [
      [at('shop.people', 'phone'), at('mart.cut', 'phone')],
      [at('shop.people', 'phone'), at('mart.cut', 'other')],
    ]),
  ]);
  // The stop on the column ends; only then its number reaches anything.
  await revision('third', [
    { type: 'end-entered', uid: at('shop.people', 'phone'), kind: 'stop' },
    job('f-open', [[at('shop.people', 'phone'), at('mart.open', 'phone')]]),
  ]);
});
afterAll(() => stores.close());

const flowsBetween = async (from: number, to: number) =>
  (await query.diff({ from, to })).sections
    .find(({ key }) => key === 'flows')
    ?.items.map(({ what, says }) => `${what}: ${says}`);

describe('the job that an explanation names', () => {
  it('is one that carried the category, not one that is stopped', async () => {
    const explained = await query.explain(at('mart.copy', 'email'), email, 1);
    expect(explained?.steps.map((step) => step.job)).toEqual(['c-carrying']);
  });

  it('is the one whose count is grouped by a person, not one that counts all', async () => {
    const explained = await query.explain(at('mart.copy', 'n'), email, 1);
    expect(explained?.steps.map((step) => step.job)).toEqual(['c-carrying']);
  });
});

describe('a field that holds a category by its own judgement', () => {
  it('is not said to be copied from a field whose values are stopped', async () => {
    const explained = await query.explain(at('mart.cut', 'phone'), phone, 2);
    expect(explained?.steps).toEqual([]);
    expect(explained?.sentence).not.toContain('Copied from');
  });

  it('is said to be copied from it once the stop ended', async () => {
    const explained = await query.explain(at('mart.cut', 'phone'), phone, 3);
    expect(explained?.steps.map((step) => step.job)).toEqual(['e-cut']);
    expect(explained?.sentence).toContain('Copied from people.phone');
  });

  it('is said to hold a token where people vouch for the function', async () => {
    const explained = await query.explain(at('mart.token', 'email'), email, 2);
    expect(explained?.sentence).toContain('Token for people.email');
    expect(explained?.steps.map((step) => step.effect)).toEqual(['tokenise']);
  });
});

describe('where regulated data goes, in a diff', () => {
  it('is said by the rules and the stops of each time', async () => {
    expect(await flowsBetween(1, 2)).toEqual([
      'mart.token: E-mail address (PII) now reaches email, other tokenised, from people.email',
    ]);
  });

  it('is new where a stop ended', async () => {
    expect(await flowsBetween(2, 3)).toEqual([
      'mart.cut: Phone number (PII) now reaches other in clear, from people.phone',
      'mart.open: Phone number (PII) now reaches phone in clear, from people.phone',
    ]);
  });
});

describe('a difference of more rows than are compared one by one', () => {
  it('is told in sums by kind, with what people entered in full', async () => {
    const { sections } = await query.diff({ from: 1, to: 3, rows: 3 });
    expect(sections.map(({ key, items }) => [key, items.length])).toEqual([
      ['flows', 1],
      ['lineage', 1],
      ['entered', 1],
    ]);
    expect(sections.find(({ key }) => key === 'lineage')?.items[0]?.says).toContain('5 came and 0 no longer stand');
    expect(sections.find(({ key }) => key === 'entered')?.items[0]?.what).toBe('shop.people.phone');
  });

  it('is told one by one at the very limit', async () => {
    const whole = await query.diff({ from: 1, to: 3 });
    const rows = await stores.graph.changes(1, 3, { first: 10_000 }, ['fact', 'edge', 'verdict', 'derived', 'entered']);
    expect(await query.diff({ from: 1, to: 3, rows: rows.items.length })).toEqual(whole);
  });
});
