import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../server/base/clock.ts';
import { silentLog } from '../../server/base/log.ts';
import { createGraphql } from '../../server/graphql/create-graphql.ts';
import { createRouter } from '../../server/http/create-router.ts';
import { listen } from '../../server/http/listen.ts';
import { createQuery } from '../../server/query/create-query.ts';
import type { Query } from '../../server/query/query.ts';
import { loadTaxonomy } from '../../server/rulebook/taxonomy.ts';
import { openSqliteStores } from '../../server/stores/sqlite/open-stores.ts';
import type { Sync } from '../../server/sync/sync.ts';
import { columnsPerTable, seedWarehouse } from './seed.ts';

/** A generated warehouse on the embedded store behind the API. */
export interface BenchServer {
  readonly url: string;
  readonly query: Query;
  close(): Promise<void>;
}

/** Seeds and serves; says on standard output how long that took. */
export async function openBenchServer(tables: number): Promise<BenchServer> {
  const directory = mkdtempSync(join(tmpdir(), 'lexline-bench-'));
  const stores = await openSqliteStores({ path: directory, log: silentLog });
  const seeding = performance.now();
  await seedWarehouse(stores.graph, tables);
  console.log(
    `${tables} tables, ${tables * columnsPerTable} columns, seeded in ${((performance.now() - seeding) / 1000).toFixed(1)} s; node ${process.version}`,
  );
  const query = createQuery({ graph: stores.graph, state: stores.state, taxonomy: loadTaxonomy() });
  const graphql = await createGraphql({
    query,
    sync: noSync,
    memory: stores.state,
    clock: systemClock,
    log: silentLog,
    introspection: false,
  });
  const router = createRouter({ query, graphql, log: silentLog });
  const server = await listen({ router, port: 0, signIn: false, log: silentLog });
  return {
    url: server.url,
    query,
    async close() {
      await server.close();
      await stores.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const noSync: Sync = {
  run: () => Promise.reject(new Error('not here')),
  lastReport: () => Promise.resolve(null),
  reports: () => Promise.resolve([]),
};
