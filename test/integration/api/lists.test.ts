import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetDocument, publish } from './graph-rows.ts';
import { serveShop, type ShopServer } from './serve-shop.ts';
import { shop } from './shop-graph.ts';

let server: ShopServer;

beforeAll(async () => {
  server = await serveShop();
});

afterAll(() => server.close());

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly name: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly endCursor: string | null;
    readonly hasPreviousPage: boolean;
  };
  readonly revision: { readonly number: number };
}

const datasets = async (first: number, after: string | null = null): Promise<Page> => {
  const { body } = await server.ask(
    'query D($first: Int!, $after: String) { datasets(first: $first, after: $after) { edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage endCursor } revision { number } } }',
    { first, after },
  );
  expect(body.errors).toBeUndefined();
  return (body.data as { datasets: Page }).datasets;
};
const namesOf = ({ edges }: Page) => edges.map(({ node }) => node.name);

describe('pages of a connection', () => {
  it('go on behind the end of a page, and behind any item of it', async () => {
    const all = await datasets(50);
    expect(all.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    const one = await datasets(2);
    const two = await datasets(2, one.pageInfo.endCursor);
    const three = await datasets(2, two.pageInfo.endCursor);
    expect([...namesOf(one), ...namesOf(two), ...namesOf(three)]).toEqual(namesOf(all));
    expect(three.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const behindFirst = await datasets(50, one.edges[0]?.cursor ?? null);
    expect(namesOf(behindFirst)).toEqual(namesOf(all).slice(1));
  });

  it('show the world of the first page, whatever is published in between', async () => {
    const before = await datasets(1);
    await publish(server.stores.graph, 'run-9', [
      {
        type: 'assert',
        source: 'shop',
        scope: 'new',
        document: datasetDocument(shop('shop.public.new_table'), [{ path: 'a' }]),
      },
    ]);
    const later = await datasets(50, before.pageInfo.endCursor);
    expect(later.revision.number).toBe(before.revision.number);
    expect(namesOf(later)).not.toContain('shop.public.new_table');
    const fresh = await datasets(50);
    expect(fresh.revision.number).toBe(before.revision.number + 1);
    expect(namesOf(fresh)).toContain('shop.public.new_table');
  });
});

it('says that a name fits several datasets, and takes the longer one', async () => {
  await publish(
    server.stores.graph,
    'run-10',
    ['shop.a.twin', 'shop.b.twin'].map((name) => ({
      type: 'assert' as const,
      source: 'shop',
      scope: 'twins',
      document: datasetDocument(shop(name), [{ path: 'a' }]),
    })),
  );
  const { body } = await server.ask(`{
    datasetsByRef(refs: [{ text: "twin" }, { text: "b.twin" }, { text: "TWIN" }]) { status dataset { name } }
    fieldByRef(ref: { text: "twin" }, path: "a") { id }
  }`);
  expect(body.data).toEqual({
    datasetsByRef: [
      { status: 'AMBIGUOUS', dataset: null },
      { status: 'FOUND', dataset: { name: 'shop.b.twin' } },
      { status: 'AMBIGUOUS', dataset: null },
    ],
    fieldByRef: null,
  });
});

it('answers lists, search, fields of a filter, runs, gaps and nodes in one request', async () => {
  const { body } = await server.ask(`{
    sources { name connector mode managed precedence freshness { stale } runs(first: 1) { nodes { status } } }
    search(text: "email", types: [FIELD], first: 3) { nodes { __typename ... on Field { path state dataset { name } } } pageInfo { hasNextPage } }
    fields(filter: { any: [{ all: [{ on: CLASS, values: ["PCI"] }] }] }) { nodes { path label verdicts { state decidedBy { kind } } profiled } }
    syncRuns(first: 1) { nodes { id source statements { full tables failed } } pageInfo { hasNextPage endCursor } }
    coverage { fields statements { tables } gaps(first: 1) { totalCount nodes { what kind remedy } pageInfo { hasNextPage } } revision { number } }
    datasets(text: "customers", first: 1) { nodes { id kind openInSource tags { name } sources { name } fields(first: 2) { nodes { path gap { kind } } pageInfo { hasNextPage } } lineage(depth: 1) { nodes { depth dataset { name } } } } }
  }`);
  expect(body.errors).toBeUndefined();
  expect(body.data).toMatchObject({
    sources: [
      {
        name: 'shop',
        connector: 'postgres',
        mode: 'SNAPSHOT',
        managed: true,
        freshness: { stale: false },
        runs: { nodes: [{ status: 'PARTIAL' }] },
      },
      { name: 'dbt-shop' },
    ],
    fields: {
      nodes: [
        {
          path: 'note',
          label: 'Card number',
          verdicts: [{ state: 'PROPOSED', decidedBy: { kind: 'DETECTOR' } }],
          profiled: false,
        },
      ],
    },
    syncRuns: { nodes: [{ statements: { full: 2, tables: 1, failed: 0 } }], pageInfo: { hasNextPage: true } },
    coverage: { statements: { tables: 1 }, gaps: { totalCount: 3, nodes: [{ what: 'schema hr', kind: 'NO_RIGHTS' }] } },
  });
  const id = (body.data as { syncRuns: { nodes: { id: string }[] } }).syncRuns.nodes[0]?.id ?? '';
  const { body: node } = await server.ask('query N($id: ID!) { node(id: $id) { id __typename } }', { id });
  expect(node.data).toEqual({ node: { id, __typename: 'SyncRun' } });
});

it('reads every root of one request from one revision', async () => {
  const { body } = await server.ask(
    '{ revision { number at cause actor { kind name } } datasets(first: 1) { revision { number } } coverage { revision { number } } }',
  );
  const data = body.data as {
    revision: { number: number };
    datasets: { revision: { number: number } };
    coverage: { revision: { number: number } };
  };
  expect(new Set([data.revision.number, data.datasets.revision.number, data.coverage.revision.number]).size).toBe(1);
  expect(data.revision).toMatchObject({
    cause: expect.any(String) as string,
    actor: { kind: 'PROCESS', name: 'test' },
  });
});
