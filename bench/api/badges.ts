import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../server/base/clock.ts';
import { silentLog } from '../../server/base/log.ts';
import { createGraphql } from '../../server/graphql/create-graphql.ts';
import { globalId } from '../../server/graphql/global-id.ts';
import { createRouter } from '../../server/http/create-router.ts';
import { listen } from '../../server/http/listen.ts';
import { fieldUid } from '../../server/model/ids.ts';
import { createQuery } from '../../server/query/create-query.ts';
import { loadTaxonomy } from '../../server/rulebook/taxonomy.ts';
import { openSqliteStores } from '../../server/stores/sqlite/open-stores.ts';
import type { Sync } from '../../server/sync/sync.ts';
import { numbers } from '../graph/warehouse.ts';
import { columnsPerTable, seedWarehouse, tableName } from './seed.ts';

/**
 * What a catalog's pages ask of the API over HTTP, on the embedded store: `node bench/api/badges.ts [tables]` (default 20,000
 * tables, 400,000 columns). Caller and server share one process, so the times include the caller's share of it.
 */
const tables = Number(process.argv[2] ?? 20_000);
const directory = mkdtempSync(join(tmpdir(), 'lexline-bench-'));
const stores = await openSqliteStores({ path: directory, log: silentLog });
const seeding = performance.now();
await seedWarehouse(stores.graph, tables);
console.log(
  `${tables} tables, ${tables * columnsPerTable} columns, seeded in ${((performance.now() - seeding) / 1000).toFixed(1)} s; node ${process.version}`,
);

const query = createQuery({ graph: stores.graph, state: stores.state, taxonomy: loadTaxonomy() });
const noSync: Sync = {
  run: () => Promise.reject(new Error('not here')),
  lastReport: () => Promise.resolve(null),
  reports: () => Promise.resolve([]),
};
const graphql = await createGraphql({
  query,
  sync: noSync,
  memory: stores.state,
  clock: systemClock,
  log: silentLog,
  introspection: false,
});
const server = await listen({
  router: createRouter({ query, graphql, log: silentLog }),
  port: 0,
  signIn: false,
  log: silentLog,
});

const random = numbers(7);
const anyTable = () => Math.floor(random() * tables);
const questions: Readonly<
  Record<
    string,
    { readonly text: string; readonly variables: () => Readonly<Record<string, unknown>>; readonly times: number }
  >
> = {
  'badges of 50 rows': {
    times: 200,
    text: `query Badges($refs: [Ref!]!) { datasetsByRef(refs: $refs) { status dataset { id
      summary { state label terms { regulation term } sensitiveFields undecidedFields gapFields }
      subject { kind keyField { path } } freshness { lastSyncedAt stale } url } } revision { number at } }`,
    variables: () => ({ refs: Array.from({ length: 50 }, () => ({ openLineage: tableName(anyTable()) })) }),
  },
  'column panel': {
    times: 200,
    text: `query P($ref: Ref!, $path: String!) { fieldByRef(ref: $ref, path: $path) { id path type description state because gap { reason }
      classifications { id label terms { term } decidedBy { kind name at } evidence { detail } citations { provision ownWords } origin { name hops } } } }`,
    variables: () => ({ ref: { openLineage: tableName(anyTable()) }, path: 'column_2' }),
  },
  'lineage, 3 deep, 100 nodes': {
    times: 100,
    text: `query L($id: ID!) { field(id: $id) { lineage(direction: DOWNSTREAM, depth: 3, first: 100) {
      nodes { key depth field { id path dataset { id name platform region } } label state } edges { from to job { id name } } truncated { reason remaining } } } }`,
    variables: () => ({ id: globalId('Field', fieldUid(tableName(anyTable()), ['column_1'])) }),
  },
  'impact counts': {
    times: 50,
    text: 'query I($id: ID!) { field(id: $id) { impact { counts { fields datasets } byCategory { category fields } complete } } }',
    variables: () => ({ id: globalId('Field', fieldUid(tableName(anyTable()), ['column_1'])) }),
  },
  search: {
    times: 50,
    text: 'query S($text: String!) { search(text: $text, first: 20) { nodes { __typename ... on Dataset { name summary { label } } ... on Field { path label dataset { name } } } } }',
    variables: () => ({ text: `table_${anyTable()}` }),
  },
};

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
for (const [name, { text, variables, times }] of Object.entries(questions)) {
  const taken: number[] = [];
  for (let i = 0; i < times + 5; i++) {
    const body = JSON.stringify({ query: text, variables: variables() });
    const started = performance.now();
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = (await response.json()) as { errors?: unknown };
    if (answer.errors !== undefined) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`);
    if (i >= 5) taken.push(performance.now() - started);
  }
  taken.sort((a, b) => a - b);
  console.log(
    `${name.padEnd(30)} p50 ${percentile(taken, 0.5).toFixed(1).padStart(7)} ms   p95 ${percentile(taken, 0.95).toFixed(1).padStart(7)} ms   (${times} times)`,
  );
}
const covering = performance.now();
await query.coverage((await query.at()).n);
console.log(
  `coverage of everything, first time: ${((performance.now() - covering) / 1000).toFixed(1)} s; resident ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
);

await server.close();
await stores.close();
rmSync(directory, { recursive: true, force: true });
