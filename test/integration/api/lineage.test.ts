import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loopbackViewer } from '../../../server/access/viewer.ts';
import { datasetUid, jobUid } from '../../../server/model/ids.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import type { LineageRequest, Query } from '../../../server/query/query.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { datasetDocument, edge, field, jobDocument, publish } from './graph-rows.ts';
import { clock } from './serve-shop.ts';
import { customers, marketing, payroll, seedShop, shop, stgCustomers } from './shop-graph.ts';
import { openTemporaryStores, type TemporaryStores } from './temporary-stores.ts';

let stores: TemporaryStores;
let query: Query;
let n: number;

/** A star: one field that many copy. */
const hub = shop('shop.public.hub');
const copy = (i: number) => shop(`shop.public.copy_${String(i).padStart(2, '0')}`);
const copies = Array.from({ length: 12 }, (_, i) => copy(i));
/** A table that feeds itself. */
const loop = shop('shop.public.loop');

beforeAll(async () => {
  stores = await openTemporaryStores();
  await seedShop(stores);
  const job = { namespace: 'shop', name: 'fan-out' };
  ({ n } = await publish(stores.graph, 'run-3', [
    ...[hub, loop, ...copies].map((name) => ({
      type: 'assert' as const,
      source: 'shop',
      scope: 'star',
      document: datasetDocument(name, [{ path: 'id' }]),
    })),
    {
      type: 'assert',
      source: 'shop',
      scope: 'star',
      document: jobDocument(
        job,
        [
          ...copies.map((name) => edge(field(hub, 'id'), field(name, 'id'), { job: jobUid(job) })),
          edge(field(copy(3), 'id'), field(copy(4), 'id'), { job: jobUid(job), kind: 'AGGREGATION', effect: 'count' }),
          edge(field(copy(11), 'id'), field(hub, 'id'), { job: jobUid(job) }),
          edge(field(loop, 'id'), field(loop, 'id'), { job: jobUid(job) }),
        ],
        { core: { kind: 'query', platform: 'postgres' }, io: { inputs: [], outputs: [] } },
      ),
    },
  ]));
  query = createQuery({ graph: stores.graph, state: stores.state, taxonomy: loadTaxonomy(), clock });
});

afterAll(() => stores.close());

const ask = (request: Partial<LineageRequest> & Pick<LineageRequest, 'origin'>) =>
  query.lineage({
    direction: 'DOWNSTREAM',
    depth: 3,
    first: 100,
    granularity: 'FIELD',
    includeIndirect: false,
    n,
    ...request,
  });

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );

describe('a walk downstream', () => {
  it('has the origin at depth 0, labels, jobs and what could not be told', async () => {
    const graph = await ask({ origin: field(customers, 'email') });
    expect(graph.nodes.map(({ depth, path, label }) => [depth, path, label])).toEqual([
      [0, 'email', 'E-mail address'],
      [1, 'email_sha', 'E-mail address (hashed)'],
      [1, 'email', 'E-mail address'],
      [2, 'email', 'E-mail address'],
    ]);
    expect(graph.edges.map(({ fn, effect, masking, job }) => [fn, effect, masking, job?.name])).toEqual([
      ['SHA2', 'hash', true, 'model.shop.stg_customers'],
      ['LOWER', 'keep', false, 'model.shop.stg_customers'],
      ['', 'keep', false, 'model.shop.campaign'],
    ]);
    expect(graph).toMatchObject({ truncated: null, hiddenNodes: 0, unparsedStatements: 1, endCursor: null });
  });

  it('says that more lies beyond the depth', async () => {
    const graph = await ask({ origin: field(customers, 'email'), depth: 1 });
    expect(graph.nodes).toHaveLength(3);
    expect(graph.truncated?.reason).toBe('DEPTH');
    expect(graph.endCursor).toBeNull();
  });

  it('leaves joins out unless they are asked for', async () => {
    const id = field(customers, 'customer_id');
    expect((await ask({ origin: id })).nodes).toHaveLength(1);
    const graph = await ask({ origin: id, includeIndirect: true });
    expect(graph.nodes.map(({ key, path }) => [key, path])).toEqual([
      [id, 'customer_id'],
      [datasetUid(stgCustomers), null],
    ]);
    expect(graph.edges).toEqual([expect.objectContaining({ kind: 'INDIRECT', transformation: 'JOIN' })]);
  });
});

describe('a walk upstream and both ways', () => {
  it('counts depths downwards', async () => {
    const graph = await ask({ origin: field(marketing, 'email'), direction: 'UPSTREAM' });
    expect(graph.nodes.map(({ depth }) => depth)).toEqual([0, -1, -2]);
    expect(graph.edges).toHaveLength(2);
  });

  it('shows both sides of the origin with their edges', async () => {
    const graph = await ask({ origin: field(stgCustomers, 'email'), direction: 'BOTH' });
    expect(graph.nodes.map(({ depth, dataset }) => [depth, dataset?.name])).toEqual([
      [0, stgCustomers.name],
      [1, marketing.name],
      [-1, customers.name],
    ]);
    expect(graph.edges).toHaveLength(2);
  });

  it('shows once what is reached both ways', async () => {
    const graph = await ask({ origin: field(hub, 'id'), direction: 'BOTH' });
    const keys = graph.nodes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(13);
  });
});

describe('whole datasets', () => {
  it('are walked along what jobs read and write, columns told or not', async () => {
    const graph = await ask({ origin: datasetUid(marketing), direction: 'UPSTREAM', granularity: 'DATASET' });
    expect(graph.nodes.map(({ depth, dataset, state }) => [depth, dataset?.name, state])).toEqual([
      [0, marketing.name, 'SENSITIVE'],
      [-1, stgCustomers.name, 'SENSITIVE'],
      [-1, payroll.name, 'GAP'],
      [-2, customers.name, 'SENSITIVE'],
    ]);
    expect(graph.edges.every(({ kind }) => kind === 'DATASET')).toBe(true);
  });

  it('are what a field’s own lineage passes through', async () => {
    const graph = await ask({ origin: field(customers, 'email'), granularity: 'DATASET' });
    expect(graph.nodes.map(({ depth, dataset, path }) => [depth, dataset?.name, path])).toEqual([
      [0, customers.name, null],
      [1, stgCustomers.name, null],
      [2, marketing.name, null],
    ]);
    expect(graph.edges).toHaveLength(2);
  });

  it('stand for all their fields when fields are asked for', async () => {
    const graph = await ask({ origin: datasetUid(customers) });
    expect(graph.nodes.filter(({ depth }) => depth === 0)).toHaveLength(5);
    expect(graph.nodes.filter(({ depth }) => depth > 0)).toHaveLength(3);
  });
});

describe('pages', () => {
  it('come one after the other without a gap, each with the edges to what was seen', async () => {
    const keys: string[] = [];
    const edges: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const graph = await ask({ origin: field(hub, 'id'), first: 5, ...(after === undefined ? {} : { after }) });
      pages += 1;
      expect(graph.truncated).toEqual(pages === 3 ? null : { reason: 'FIRST', remaining: 12 - 5 * pages });
      keys.push(...graph.nodes.map(({ key }) => key));
      edges.push(...graph.edges.map(({ from, to }) => `${from} ${to}`));
      after = graph.endCursor ?? undefined;
    } while (after !== undefined);
    expect(pages).toBe(3);
    expect(keys).toHaveLength(13);
    expect(new Set(keys).size).toBe(13);
    // Twelve copies, one edge between two of them, one back to the hub.
    expect(new Set(edges).size).toBe(14);
  });

  it('belong to their question and their revision', async () => {
    const { endCursor } = await ask({ origin: field(hub, 'id'), first: 5 });
    const after = endCursor ?? '';
    expect(await codeOf(ask({ origin: field(hub, 'id'), first: 5, depth: 4, after }))).toBe('INPUT_INVALID');
    expect(await codeOf(ask({ origin: field(hub, 'id'), first: 5, n: n - 1, after }))).toBe('INPUT_INVALID');
    expect(await codeOf(ask({ origin: field(hub, 'id'), after: 'bm9uc2Vuc2U' }))).toBe('INPUT_INVALID');
  });

  it('survive a table that feeds itself', async () => {
    expect((await ask({ origin: field(loop, 'id'), direction: 'BOTH' })).nodes).toHaveLength(1);
  });
});

describe('what cannot be asked', () => {
  it('is refused with a typed error', async () => {
    expect(await codeOf(ask({ origin: '0'.repeat(32) }))).toBe('NOT_FOUND');
    expect(await codeOf(ask({ origin: field(hub, 'id'), depth: 0 }))).toBe('INPUT_INVALID');
    expect(await codeOf(ask({ origin: field(hub, 'id'), first: 10_001 }))).toBe('INPUT_INVALID');
    expect(await codeOf(ask({ origin: field(hub, 'id'), n: n - 1 }))).toBe('NOT_FOUND');
  });
});

describe('a viewer who may see one source only', () => {
  const narrow = () => query.as({ ...loopbackViewer, signedIn: true, scope: { sources: ['shop'] } });
  const request: LineageRequest = {
    origin: field(customers, 'email'),
    direction: 'DOWNSTREAM',
    depth: 3,
    first: 100,
    granularity: 'FIELD',
    includeIndirect: false,
    n: 0,
  };

  it('sees placeholders where the path goes on, and no name of what is hidden', async () => {
    const graph = await narrow().lineage({ ...request, n });
    expect(graph.nodes.map(({ depth, hidden }) => [depth, hidden])).toEqual([
      [0, false],
      [1, true],
      [1, true],
      [2, true],
    ]);
    expect(graph.hiddenNodes).toBe(3);
    expect(graph.edges).toHaveLength(3);
    const text = JSON.stringify(graph);
    for (const name of ['stg_customers', 'campaign', 'dbt-shop', field(stgCustomers, 'email'), datasetUid(marketing)])
      expect(text).not.toContain(name);
  });

  it('finds nothing of it directly', async () => {
    const shopOnly = narrow();
    expect(await shopOnly.datasetsByUid([datasetUid(stgCustomers), datasetUid(customers)], n)).toEqual([
      null,
      expect.objectContaining({ name: customers.name }),
    ]);
    expect(await shopOnly.fieldsByUid([field(marketing, 'email')], n)).toEqual([null]);
    expect(
      (await shopOnly.datasetsByRef([{ openLineage: marketing }, { text: 'stg_customers' }], n)).map(
        (one) => one.status,
      ),
    ).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect((await shopOnly.sources()).map(({ name }) => name)).toEqual(['shop']);
    expect((await shopOnly.search('email', ['field'], n, { first: 20 })).items).toEqual([
      { kind: 'field', uid: field(customers, 'email') },
    ]);
    expect((await shopOnly.coverage(n)).gaps.map(({ what }) => what)).toEqual(['schema hr']);
    expect(await codeOf(shopOnly.lineage({ ...request, origin: field(marketing, 'email'), n }))).toBe('NOT_FOUND');
    expect(await shopOnly.explain(field(marketing, 'email'), 'user.contact.email', n)).toBeNull();
  });

  it('is told how much of an impact is hidden', async () => {
    const impact = await narrow().impact({ origin: field(customers, 'email'), direction: 'DOWNSTREAM', n });
    expect(impact).toMatchObject({ hiddenFields: 3, complete: false, byRegion: [] });
    expect(impact.incompleteBecause).toContain('3 fields may not be shown to you');
  });
});

describe('impact', () => {
  it('counts first, and lists with the way to each', async () => {
    const request = { origin: field(customers, 'email'), direction: 'DOWNSTREAM', n } as const;
    expect(await query.impactCounts(request)).toEqual({ fields: 3, datasets: 2, jobs: 2, exposures: 1, whole: true });
    expect(await query.impact(request)).toMatchObject({
      byRegion: [
        { region: 'eu-central-1', datasets: 1 },
        { region: 'us', datasets: 1 },
      ],
      byCategory: [{ category: 'user.contact.email', fields: 3 }],
      complete: false,
      incompleteBecause: ['1 statement on the way could not be read in full'],
    });
    const outside = { any: [{ all: [{ on: 'REGION', not: true, values: ['eu'] }] }] } as const;
    const { items, cursor } = await query.impactList(request, outside, { first: 50 });
    expect(items.map(({ degree, path }) => [degree, path])).toEqual([
      [2, ['customers.email', 'stg_customers.email', 'campaign.email']],
    ]);
    expect(cursor).toBeNull();
  });

  it('is complete where everything on the way is known', async () => {
    const impact = await query.impact({ origin: field(hub, 'id'), direction: 'DOWNSTREAM', n });
    expect(impact).toMatchObject({ complete: true, incompleteBecause: [] });
    expect(await query.impactCounts({ origin: field(hub, 'id'), direction: 'DOWNSTREAM', n })).toMatchObject({
      fields: 12,
      exposures: 0,
    });
    expect(impact.byRegion).toEqual([{ region: null, datasets: 12 }]);
  });

  it('lists page by page', async () => {
    const request = { origin: field(hub, 'id'), direction: 'DOWNSTREAM', n } as const;
    const one = await query.impactList(request, undefined, { first: 7 });
    const two = await query.impactList(request, undefined, { first: 7, after: one.cursor ?? '' });
    const uids = [...one.items, ...two.items].map((hit) => hit.field.uid);
    expect(new Set(uids).size).toBe(12);
    expect([one.items.length, two.items.length, two.cursor]).toEqual([7, 5, null]);
  });
});
