import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGraphql } from '../../../server/graphql/create-graphql.ts';
import { createRouter } from '../../../server/http/create-router.ts';
import { listen, type Listening } from '../../../server/http/listen.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { GraphStore } from '../../../server/stores/graph/graph-store.ts';
import { screens } from './screen-queries.ts';
import { clock, shopSync, type GraphqlAnswer } from './serve-shop.ts';
import { customers, marketing, orders, refunds, seedShop, stgCustomers } from './shop-graph.ts';
import { openTemporaryStores, type TemporaryStores } from './temporary-stores.ts';

let stores: TemporaryStores;
let server: Listening;
const calls: string[] = [];

/** The same store, each call written down. */
function counted(graph: GraphStore): GraphStore {
  const methods = Object.entries(graph).map(([name, method]: readonly [string, unknown]) => [
    name,
    typeof method === 'function'
      ? (...args: unknown[]): unknown => {
          calls.push(name);
          return Reflect.apply(method, graph, args);
        }
      : method,
  ]);
  return Object.fromEntries(methods) as GraphStore;
}

beforeAll(async () => {
  stores = await openTemporaryStores();
  await seedShop(stores);
  const query = createQuery({ graph: counted(stores.graph), state: stores.state, taxonomy: loadTaxonomy(), clock });
  const parts = { query, sync: shopSync(stores), memory: stores.state, clock, log: silentLog, introspection: false };
  const router = createRouter({ query, graphql: await createGraphql(parts), log: silentLog });
  server = await listen({ router, port: 0, signIn: false, log: silentLog });
});

afterAll(async () => {
  await server.close();
  await stores.close();
});

async function callsOf(query: string, variables: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  calls.length = 0;
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  expect(((await response.json()) as GraphqlAnswer).errors).toBeUndefined();
  return [...calls].sort();
}

const refOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }) => ({
  openLineage: { namespace, name },
});

it('asks the store as often for a page of badges as for one of each kind', async () => {
  const all = { refs: [customers, orders, refunds, stgCustomers, marketing].map(refOf) };
  // What began elsewhere is looked up once a revision: by whoever asks first.
  const first = await callsOf(screens.badges, all);
  // Of a table without a person's key it is asked besides whether lineage brought one there.
  const one = await callsOf(screens.badges, { refs: [customers, marketing].map(refOf) });
  const many = await callsOf(screens.badges, all);
  expect(first.length - many.length).toBeLessThan(6);
  expect(many).toEqual(one);
  expect(one.length).toBeLessThan(20);
});

it('asks the store as often for a whole table with classifications and origins as for one field', async () => {
  const panel = `query P($refs: [Ref!]!, $first: Int!) { datasetsByRef(refs: $refs) { dataset { fields(first: $first) { nodes {
    state because gap { reason } dataset { name } classifications { label terms { term } citations { provision } origin { name field { path dataset { name } } } } } } } } }`;
  const one = await callsOf(panel, { refs: [refOf(stgCustomers)], first: 1 });
  const many = await callsOf(panel, { refs: [refOf(stgCustomers)], first: 50 });
  expect(many).toEqual(one);
});

it('asks the store as often for a long lineage as for a short one of the same shape', async () => {
  const walk = `query L($ref: Ref!, $depth: Int!) { fieldByRef(ref: $ref, path: "email") { lineage(depth: $depth) {
    nodes { field { path dataset { name platform } } label } edges { job { name } lastSeenAt } } } }`;
  const short = await callsOf(walk, { ref: refOf(customers), depth: 1 });
  const long = await callsOf(walk, { ref: refOf(customers), depth: 10 });
  // One more step back to an origin is one more read, whatever the number of fields.
  expect(long.filter((name) => name !== 'derived')).toEqual(short.filter((name) => name !== 'derived'));
});
