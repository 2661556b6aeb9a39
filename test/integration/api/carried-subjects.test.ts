import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetUid, jobUid, type QualifiedName } from '../../../server/model/ids.ts';
import type { Effect } from '../../../server/model/treatment.ts';
import { propagate } from '../../../server/propagate/propagate.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import type { Query } from '../../../server/query/query.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { Change } from '../../../server/stores/graph/graph-store.ts';
import { datasetDocument, edge, field, jobDocument, verdict } from './graph-rows.ts';
import { openTemporaryStores, type TemporaryStores } from './temporary-stores.ts';

const named = (name: string): QualifiedName => ({ namespace: 'postgres://db.example.com:5432', name });
const [people, spend, again, hashed, counted, cut, other] = [
  'crm.people',
  'mart.spend',
  'mart.again',
  'mart.hashed',
  'mart.counted',
  'mart.cut',
  'mart.other',
].map(named) as [
  QualifiedName,
  QualifiedName,
  QualifiedName,
  QualifiedName,
  QualifiedName,
  QualifiedName,
  QualifiedName,
];

let stores: TemporaryStores;
let query: Query;

/** One revision with everything derived. */
async function publish(run: string, changes: readonly Change[]): Promise<number> {
  const { graph } = stores;
  const lease = await graph.lease('test', 60_000);
  if (lease === null) throw new Error('the write lease is taken');
  const open = await graph.open(lease, { run, cause: run, actor: { kind: 'process', id: 'test' } });
  await graph.apply(open, changes);
  await propagate({ graph, open, rules: loadPropagationRules() });
  const { n } = await graph.publish(open, []);
  await graph.release(lease);
  return n;
}

const assert = (document: ReturnType<typeof datasetDocument>): Change => ({
  type: 'assert',
  source: 'shop',
  scope: 'all',
  document,
});
const copy = (from: QualifiedName, path: string, to: QualifiedName, effect: Effect = 'keep'): Change => {
  const job = named(`load ${to.name}`);
  const copied = edge(field(from, path), field(to, 'ref'), {
    job: jobUid(job),
    effect,
    kind: effect === 'count' ? 'AGGREGATION' : 'TRANSFORMATION',
  });
  return assert(
    jobDocument(job, [copied], {
      core: { kind: 'query', platform: 'postgres' },
      io: { inputs: [datasetUid(from)], outputs: [datasetUid(to)] },
    }),
  );
};
const customers = (key: string) =>
  verdict(datasetUid(people), 'subject.customer', {
    classes: [],
    evidence: [{ signal: 'subject-key', detail: key, weight: 0 }],
  });

beforeAll(async () => {
  stores = await openTemporaryStores();
  query = createQuery({ graph: stores.graph, state: stores.state, taxonomy: loadTaxonomy() });
  await publish('all', [
    assert(datasetDocument(people, [{ path: 'id' }, { path: 'old_id' }])),
    ...[spend, again, hashed, counted, cut, other].map((name) =>
      assert(datasetDocument(name, [{ path: 'amount' }, { path: 'ref' }])),
    ),
    copy(people, 'id', spend),
    copy(spend, 'ref', again),
    copy(people, 'id', hashed, 'hash'),
    copy(people, 'id', counted, 'count'),
    copy(people, 'id', cut, 'partial'),
    copy(people, 'old_id', other),
    ...[spend, again, hashed, counted, cut, other].flatMap((name) =>
      ['amount', 'ref'].map((path): Change => ({ type: 'verdict', verdict: verdict(field(name, path), 'none') })),
    ),
    { type: 'verdict', verdict: verdict(field(people, 'id'), 'none') },
    { type: 'verdict', verdict: customers('id') },
  ]);
});
afterAll(() => stores.close());

const labels = async (n: number) =>
  Object.fromEntries(
    (
      await query.summaries(
        [spend, again, hashed, counted, cut, other].map((name) => datasetUid(name)),
        n,
      )
    ).map(({ state, label }, i) => [
      ['spend', 'again', 'hashed', 'counted', 'cut', 'other'][i],
      state === 'NOT_SENSITIVE' ? null : label,
    ]),
  );

describe('the key of a table of persons', () => {
  it('says of every table that it is copied into, under whatever name, whom its rows are about', async () => {
    const about = 'Relates to customers';
    expect(await labels(1)).toEqual({
      spend: about,
      again: about,
      hashed: about,
      counted: null,
      cut: null,
      other: null,
    });
    const [subject] = await query.subjects([datasetUid(again)], 1);
    expect(subject).toEqual({
      kind: 'customer',
      keyField: field(again, 'ref'),
      keyPath: 'ref',
      confidence: 1,
      evidence: [{ signal: 'carried-key', detail: 'ref holds keys of customers, by lineage', weight: 0 }],
    });
  });

  it('is no category of the values that carry it', async () => {
    const [view] = await query.fieldsByUid([field(again, 'ref')], 1);
    expect(view).toMatchObject({ effective: { state: 'NOT_SENSITIVE', classifications: [] }, classifications: [] });
    const [summary] = await query.summaries([datasetUid(again)], 1);
    expect(summary).toMatchObject({ categories: [], classes: [], sensitiveFields: 0 });
  });

  it('goes no further than a stop, and nowhere once another column is the key', async () => {
    const stop = {
      uid: datasetUid(spend),
      kind: 'stop',
      body: { category: null, to: null, reason: 'x', expiresAt: null },
    };
    const actor = { kind: 'person' as const, id: 'tester@example.com' };
    const stopped = await publish('stop', [{ type: 'enter', entered: { ...stop, actor } }]);
    expect(await labels(stopped)).toMatchObject({ spend: 'Relates to customers', again: null });
    const moved = await publish('moved', [{ type: 'verdict', verdict: customers('old_id') }]);
    expect(await labels(moved)).toEqual({
      spend: null,
      again: null,
      hashed: null,
      counted: null,
      cut: null,
      other: 'Relates to customers',
    });
    expect(await labels(1)).toMatchObject({ spend: 'Relates to customers', other: null });
  });
});
