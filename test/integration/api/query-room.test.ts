import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createQuery } from '../../../server/query/create-query.ts';
import type { Query } from '../../../server/query/query.ts';
import { datasetUid } from '../../../server/model/ids.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { LexlineError } from '../../../server/base/errors.ts';
import type { Revision } from '../../../server/stores/graph/graph-store.ts';
import { field } from './graph-rows.ts';
import { openShop } from './serve-shop.ts';
import { customers, marketing, orders, payroll, refunds, stgCustomers } from './shop-graph.ts';
import { openTemporaryStores, type TemporaryStores } from './temporary-stores.ts';

let stores: TemporaryStores;
let query: Query;
let first: Revision;
let second: Revision;
let n: number;

beforeAll(async () => {
  ({ stores, query, first, second } = await openShop());
  ({ n } = await query.at());
});

afterAll(() => stores.close());

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );

describe('the revision that is read', () => {
  it('is the newest, or the one of the time asked for', async () => {
    expect(await query.at()).toMatchObject({ n: second.n, publishedAt: second.publishedAt });
    expect((await query.at(first.publishedAt)).n).toBe(first.n);
  });

  it('is an error before the first one, never an empty answer', async () => {
    expect(await codeOf(query.at('2001-01-01'))).toBe('ASOF_BEFORE_FIRST_REVISION');
    expect(await codeOf(query.at('yesterday'))).toBe('INPUT_INVALID');
    const empty = await openTemporaryStores();
    const fresh = createQuery({ graph: empty.graph, state: empty.state, taxonomy: loadTaxonomy() });
    expect(await codeOf(fresh.at())).toBe('ASOF_BEFORE_FIRST_REVISION');
    await empty.close();
  });

  it('shows what was known then', async () => {
    const note = field(orders, 'note');
    const [before] = await query.fieldsByUid([note], first.n);
    const [now] = await query.fieldsByUid([note], second.n);
    expect(before?.effective.state).toBe('NOT_SENSITIVE');
    expect(now).toMatchObject({ label: 'Card number', effective: { state: 'SENSITIVE' } });
  });
});

describe('looking up by the caller’s own ids', () => {
  it('answers in the order asked, a miss as a row', async () => {
    const found = await query.datasetsByRef(
      [
        { text: 'nothing_of_that_name' },
        { native: { source: 'shop', id: '5c1e' } },
        { openLineage: marketing },
        { id: datasetUid(orders) },
        { native: { source: 'dbt-shop', id: '5c1e' } },
      ],
      n,
    );
    expect(found.map(({ status, dataset }) => [status, dataset?.name ?? null])).toEqual([
      ['NOT_FOUND', null],
      ['FOUND', customers.name],
      ['FOUND', marketing.name],
      ['FOUND', orders.name],
      ['NOT_FOUND', null],
    ]);
  });

  it('takes a name by its last parts, and says when several fit', async () => {
    const texts = ['orders', 'PUBLIC.ORDERS', 'shop.public.orders', `${orders.namespace}/${orders.name}`, 'ders', ''];
    const found = await query.datasetsByRef(
      texts.map((text) => ({ text })),
      n,
    );
    expect(found.map(({ status }) => status)).toEqual(['FOUND', 'FOUND', 'FOUND', 'FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  });

  it('finds a field in another case only when one fits', async () => {
    expect((await query.fieldByPath(datasetUid(customers), 'EMAIL', n))?.path).toEqual(['email']);
    expect(await query.fieldByPath(datasetUid(customers), 'e-mail', n)).toBeNull();
    expect(await query.fieldByPath(datasetUid({ ...orders, name: 'x' }), 'note', n)).toBeNull();
  });
});

describe('badges', () => {
  it('count what is sensitive, undecided and not judged', async () => {
    const [shopRows, refundRows, none] = await query.summaries(
      [datasetUid(customers), datasetUid(refunds), datasetUid(payroll)],
      n,
    );
    expect(shopRows).toMatchObject({
      state: 'SENSITIVE',
      fields: 5,
      sensitiveFields: 3,
      undecidedFields: 1,
      gapFields: 0,
    });
    expect(shopRows?.terms.map(({ term }) => term)).toContain('personal data');
    expect(refundRows).toMatchObject({ state: 'GAP', label: '2 fields not judged', gapFields: 2 });
    expect(none).toMatchObject({ state: 'GAP', label: 'No fields known', fields: 0 });
  });

  it('say whose rows a dataset holds', async () => {
    const [subject, unknown] = await query.subjects([datasetUid(customers), datasetUid(orders)], n);
    expect(subject).toMatchObject({ kind: 'customer', keyField: field(customers, 'customer_id') });
    expect(unknown).toBeNull();
  });
});

describe('a field', () => {
  const because = async (uid: string) => (await query.fieldsByUid([uid], n))[0];

  it('says in a sentence what it is and why', async () => {
    expect((await because(field(customers, 'email')))?.because).toBe(
      'E-mail address: 98 % of distinct values have the shape of an address; the name says e-mail.',
    );
    expect((await because(field(customers, 'phone')))?.because).toBe('Phone number, tagged so in shop.');
    expect((await because(field(stgCustomers, 'email_sha')))?.because).toBe(
      'Plain hash of customers.email; still treated as personal data.',
    );
    expect((await because(field(orders, 'total')))?.because).toBe('Judged: nothing sensitive found; an amount.');
  });

  it('is a gap when nothing judged it, and undecided when the judges abstained', async () => {
    expect(await because(field(refunds, 'note'))).toMatchObject({
      effective: { state: 'GAP' },
      gap: { reason: 'not-judged', remedy: 'Run: lexline sync shop' },
    });
    expect(await because(field(customers, 'note'))).toMatchObject({
      effective: { state: 'UNDECIDED' },
      gap: { reason: 'abstained' },
    });
  });

  it('names where a propagated category began', async () => {
    const { classifications = [] } = (await because(field(marketing, 'email'))) ?? {};
    expect(classifications[0]).toMatchObject({
      decidedBy: { kind: 'propagation' },
      origin: { field: field(customers, 'email'), name: 'customers.email', hops: 2 },
    });
    expect(classifications[0]?.citations[0]).toMatchObject({
      provision: 'GDPR:4(1)',
      check: 'catalogue-only',
      quote: null,
    });
  });

  it('is not there when nothing holds it up any longer', async () => {
    expect(await because(field(orders, 'never_there'))).toBeNull();
    expect((await query.datasetsByUid([datasetUid(payroll)], n))[0]).toMatchObject({ kind: null, sources: [] });
  });

  it('comes in the order of its table', async () => {
    const page = await query.fields(datasetUid(customers), n, { first: 2 });
    const rest = await query.fields(datasetUid(customers), n, { first: 9, after: page.cursor ?? '' });
    expect([...page.items, ...rest.items].map(({ path }) => path[0])).toEqual([
      'customer_id',
      'first_name',
      'email',
      'phone',
      'note',
    ]);
    expect(rest.cursor).toBeNull();
    expect(await codeOf(query.fields(datasetUid({ ...orders, name: 'x' }), n, { first: 1 }))).toBe('NOT_FOUND');
  });
});

describe('lists and search', () => {
  it('find datasets and fields by text', async () => {
    const { items } = await query.search('email', ['field'], n, { first: 10 });
    expect(items.map(({ uid }) => uid)).toContain(field(stgCustomers, 'email'));
    const hits = await query.search('customers', ['dataset', 'field'], n, { first: 50 });
    expect(hits.items.map(({ uid }) => uid)).toContain(datasetUid(customers));
    expect((await query.datasets({ source: 'dbt-shop' }, n, { first: 10 })).items.map(({ name }) => name)).toEqual([
      marketing.name,
      stgCustomers.name,
    ]);
  });

  it('filter fields, page by page, without losing one', async () => {
    const filter = { any: [{ all: [{ on: 'STATE', not: false, values: ['GAP', 'UNDECIDED'] }] }] } as const;
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await query.fieldsWhere(filter, n, { first: 1, ...(after === undefined ? {} : { after }) });
      names.push(...page.items.map(({ path }) => path.join('.')));
      after = page.cursor ?? undefined;
    } while (after !== undefined);
    expect(names).toEqual(['note', 'note', 'refund_id']);
    expect((await query.fieldsWhere(undefined, n, { first: 100 })).items).toHaveLength(14);
  });

  it('stream every field once, datasets by name', async () => {
    const rows: string[] = [];
    for await (const { dataset, field: row } of query.inventory(n)) rows.push(`${dataset.name}.${row.path.join('.')}`);
    expect(rows).toHaveLength(14);
    expect(new Set(rows).size).toBe(14);
    expect(rows[0]).toBe('mkt.public.campaign.email');
    const some: string[] = [];
    for await (const { dataset } of query.inventory(n, { source: 'dbt-shop' })) some.push(dataset.name);
    expect(some).toEqual([marketing.name, stgCustomers.name, stgCustomers.name]);
  });
});

it('refuses unknown revisions with a typed error', async () => {
  await expect(query.revision(99)).rejects.toBeInstanceOf(LexlineError);
});
