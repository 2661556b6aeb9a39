import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loopbackViewer, type Scope } from '../../../server/access/viewer.ts';
import { filterKeys, type Filter, type FilterKey, type SearchRequest } from '../../../server/query/answers.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import type { Query } from '../../../server/query/query.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { datasetUid } from '../../../server/model/ids.ts';
import { datasetDocument, field, publish, verdict } from './graph-rows.ts';
import { clock, serveShop, type ShopServer } from './serve-shop.ts';
import { customers, marketing, orders, shop, stgCustomers } from './shop-graph.ts';

/** Rows of customers by their key, of which no column holds anything sensitive by itself. */
const visits = shop('shop.public.visits');
let server: ShopServer;
let query: Query;
let n: number;

beforeAll(async () => {
  server = await serveShop();
  const { graph, state } = server.stores;
  const clean = ['customer_id', 'minutes'].map((path) => verdict(field(visits, path), 'none'));
  const subject = verdict(datasetUid(visits), 'subject.customer', {
    classes: [],
    evidence: [{ signal: 'subject-key', detail: 'customer_id', weight: 0 }],
  });
  const document = datasetDocument(visits, [{ path: 'customer_id' }, { path: 'minutes' }], { owners: ['shop-team'] });
  await publish(graph, 'run-visits', [
    { type: 'assert', source: 'shop', scope: 'visits', document },
    ...[...clean, subject].map((one) => ({ type: 'verdict' as const, verdict: one })),
  ]);
  const domains = { shop: ['shop.public.*'], mail: ['mkt.*', '*.stg.*'] };
  query = createQuery({ graph, state, taxonomy: loadTaxonomy(), domains, clock });
  ({ n } = await query.at());
});
afterAll(() => server.close());

const by = (on: FilterKey, ...values: readonly string[]): Filter => ({ any: [{ all: [{ on, not: false, values }] }] });
const everything: SearchRequest = { text: null, kinds: ['dataset', 'field'] };

/** All hits, page by page. */
async function hits(asked: Query, request: SearchRequest, first = 3): Promise<readonly string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await asked.search(
      request.text,
      request.kinds,
      n,
      { first, ...(after === undefined ? {} : { after }) },
      request.filter,
    );
    expect(page.items.length).toBeLessThanOrEqual(first);
    found.push(...page.items.map(({ uid }) => uid));
    after = page.cursor ?? undefined;
  } while (after !== undefined);
  return found;
}

describe('a search with a filter', () => {
  it.each<readonly [string, Filter, readonly string[]]>([
    ['a category of a field', by('CATEGORY', 'user.contact.phone'), [datasetUid(customers), field(customers, 'phone')]],
    ['a class', by('CLASS', 'PCI'), [datasetUid(orders), field(orders, 'note')]],
    [
      'what was done to values',
      by('TREATMENT', 'HASHED'),
      [datasetUid(stgCustomers), field(stgCustomers, 'email_sha')],
    ],
    ['an owner', by('OWNER', 'growth'), [datasetUid(marketing), field(marketing, 'email')]],
    ['a state', by('STATE', 'UNDECIDED'), [field(customers, 'note')]],
    [
      'a domain',
      { any: [{ all: [...(by('DOMAIN', 'mail').any[0]?.all ?? []), { on: 'REGION', not: true, values: ['eu'] }] }] },
      [datasetUid(marketing), field(marketing, 'email')],
    ],
  ])('by %s finds what bears it, and nothing else', async (_, filter, expected) => {
    expect((await hits(query, { ...everything, filter })).toSorted()).toEqual([...expected].toSorted());
  });

  it('keeps to the words beside it, and to the kinds asked for', async () => {
    const filter = by('STATE', 'SENSITIVE');
    expect(await hits(query, { text: 'note', kinds: ['field'], filter })).toEqual([field(orders, 'note')]);
    expect(await hits(query, { text: 'orders', kinds: ['dataset'], filter })).toEqual([datasetUid(orders)]);
    expect(await hits(query, { text: 'nothing', kinds: ['dataset', 'field'], filter })).toEqual([]);
  });

  it('finds the same whatever the length of its pages', async () => {
    const request = { ...everything, filter: by('SOURCE', 'shop') };
    const whole = await hits(query, request, 100);
    expect(new Set(whole).size).toBe(whole.length);
    for (const first of [1, 2, 5]) expect(await hits(query, request, first)).toEqual(whole);
  });

  it('does not call rows of identified customers clean', async () => {
    const clean = await hits(query, { text: null, kinds: ['dataset'], filter: by('STATE', 'NOT_SENSITIVE') });
    expect(clean).not.toContain(datasetUid(visits));
    expect((await query.summaries([datasetUid(visits)], n))[0]).toMatchObject({
      state: 'SENSITIVE',
      label: 'Relates to customers',
      sensitiveFields: 0,
      terms: expect.arrayContaining([expect.objectContaining({ term: 'personal data' })]) as unknown,
    });
  });
});

describe('the counts of a search', () => {
  const scopes: readonly (readonly [string, Scope])[] = [
    ['everything', { sources: 'all' }],
    ['one source', { sources: ['shop'] }],
    ['one domain', { sources: 'all', datasets: [['shop.public.c*', 'shop.public.v*']] }],
    ['no card data', { sources: 'all', sees: ['PII', 'PHI'] }],
    ['nothing sensitive', { sources: 'all', sees: [] }],
  ];
  const requests: readonly (readonly [string, SearchRequest])[] = [
    ['no words', everything],
    ['words', { text: 'shop', kinds: ['dataset', 'field'] }],
    ['words among fields', { text: 'note', kinds: ['field'] }],
    ['a filter', { ...everything, filter: by('STATE', 'SENSITIVE') }],
  ];

  it.each(
    scopes.flatMap(([scope, given]) => requests.map(([words, request]) => [scope, words, given, request] as const)),
  )(
    'agree with the hits and with the filter, for who sees %s and asks with %s',
    async (_scope, _words, scope, request) => {
      const asked = query.as({ ...loopbackViewer, scope });
      const counts = await asked.searchCounts(request, n);
      expect(counts.complete).toBe(true);
      expect(counts.total).toBe((await hits(asked, request)).length);
      expect(counts.facets.map(({ on }) => on)).toEqual([...filterKeys]);
      for (const { on, values, unknown } of counts.facets) {
        for (const { value, count } of values) {
          const all = (request.filter?.any[0]?.all ?? []).concat({ on, not: false, values: [value] });
          const narrowed = { ...request, filter: { any: [{ all }] } };
          expect((await asked.searchCounts(narrowed, n)).total, `${on} ${value}`).toBe(count);
        }
        expect(
          values.every(({ count }) => count > 0 && count <= counts.total),
          on,
        ).toBe(true);
        expect(unknown, on).toBeLessThanOrEqual(counts.total);
      }
      const states = counts.facets.find(({ on }) => on === 'STATE');
      expect(states?.values.reduce((sum, { count }) => sum + count, states.unknown)).toBe(counts.total);
    },
  );

  it('name nothing that the viewer may not see', async () => {
    const narrow = query.as({ ...loopbackViewer, scope: { sources: ['shop'] } });
    const text = JSON.stringify(await narrow.searchCounts(everything, n));
    for (const name of ['growth', 'dbt-shop', 'bigquery', '"mail"', 'HASHED']) expect(text).not.toContain(name);
    expect(JSON.stringify(await query.searchCounts(everything, n))).toMatch(/growth.*HASHED/su);
    const blind = query.as({ ...loopbackViewer, scope: { sources: 'all', sees: [] } });
    expect(await hits(blind, { ...everything, filter: by('CLASS', 'PII', 'PCI') })).toEqual([]);
    expect(await hits(blind, everything)).not.toContain(datasetUid(visits));
  });

  it('are of their revision', async () => {
    expect((await query.searchCounts({ ...everything, filter: by('CLASS', 'PCI') }, 1)).total).toBe(0);
    expect((await query.searchCounts({ ...everything, filter: by('CLASS', 'PCI') }, 2)).total).toBe(2);
  });
});

describe('the API', () => {
  const text = `query S($text: String, $filter: FilterInput, $after: String) {
    search(text: $text, filter: $filter, first: 2, after: $after) {
      nodes { __typename ... on Dataset { name } ... on Field { path dataset { name } } }
      pageInfo { hasNextPage endCursor }
      counts { totalCount complete facets(on: [STATE, KIND]) { on unknown totalValues values(first: 1) { value count } } }
    }
  }`;

  it('answers filters with counts, the facets that are asked for, and cursors of their own', async () => {
    const variables = { text: null, filter: { any: [{ all: [{ on: 'SOURCE', values: ['shop'] }] }] } };
    const { status, body } = await server.ask(text, variables);
    expect([status, body.errors]).toEqual([200, undefined]);
    const { search } = body.data as { search: { counts: object; pageInfo: { endCursor: string } } };
    expect(search.counts).toMatchObject({
      totalCount: 17,
      complete: true,
      facets: [
        { on: 'KIND', unknown: 0, totalValues: 1, values: [{ value: 'TABLE', count: 17 }] },
        { on: 'STATE', unknown: 0 },
      ],
    });
    const after = search.pageInfo.endCursor;
    expect((await server.ask(text, { ...variables, after })).body.errors).toBeUndefined();
    const elsewhere = await server.ask(text, { text: null, after });
    expect(elsewhere.body.errors?.[0]?.extensions?.['code']).toBe('INPUT_INVALID');
  });

  it('refuses a filter by a word that nothing bears', async () => {
    const filter = { any: [{ all: [{ on: 'KIND', values: ['TABEL'] }] }] };
    const { body } = await server.ask(text, { text: 'shop', filter });
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', remedy: 'did you mean "TABLE"?' });
  });

  it('tells changes from the first revision on where more is asked for, and says so', async () => {
    const ask = async (from: string) =>
      (
        await server.ask(
          'query C($from: DateTime!) { changes(from: $from) { totalCount from { number } note nodes { kind } } }',
          { from },
        )
      ).body.data?.['changes'] as { totalCount: number; from: { number: number }; note: string | null };
    const first = (await query.revision(1)).publishedAt;
    const early = await ask('2001-01-01');
    expect(early).toEqual({ ...(await ask(first)), note: expect.stringContaining(`revision 1 of ${first}`) as string });
    expect(await ask(first)).toMatchObject({ from: { number: 1 }, note: null });
    expect(early.totalCount).toBeGreaterThan(0);
  });
});
