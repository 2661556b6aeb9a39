import type { IncomingHttpHeaders } from 'node:http';
import { rightsOfRole } from '../../../server/access/rights.ts';
import { loopbackViewer, type Scope, type Viewer } from '../../../server/access/viewer.ts';
import { silentLog, type Log } from '../../../server/base/log.ts';
import { createGraphql } from '../../../server/graphql/create-graphql.ts';
import type { Limits } from '../../../server/graphql/limits.ts';
import { createRouter } from '../../../server/http/create-router.ts';
import { listen } from '../../../server/http/listen.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import type { Query } from '../../../server/query/query.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { LexlineError } from '../../../server/base/errors.ts';
import type { Revision } from '../../../server/stores/graph/graph-store.ts';
import type { Sync, SyncReport } from '../../../server/sync/sync.ts';
import type { Json } from '../../../server/model/json.ts';
import { seedShop } from './shop-graph.ts';
import { openTemporaryStores, type TemporaryStores } from './temporary-stores.ts';

/** An hour after the runs that the seed tells of. */
export const clock = { now: () => Date.parse('2026-11-21T08:00:00Z') };

export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface ShopServer {
  readonly url: string;
  readonly stores: TemporaryStores;
  readonly query: Query;
  ask(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: GraphqlAnswer }>;
  close(): Promise<void>;
}

/** The shop's graph and who answers from it, without a server. */
export interface Shop {
  readonly stores: TemporaryStores;
  readonly query: Query;
  readonly first: Revision;
  readonly second: Revision;
}

export async function openShop(): Promise<Shop> {
  const stores = await openTemporaryStores();
  const revisions = await seedShop(stores);
  const query = createQuery({ graph: stores.graph, state: stores.state, taxonomy: loadTaxonomy(), clock });
  return { stores, query, ...revisions };
}

/** A steward with a key, who sees what a scope lets through. */
export const stewardOf = (scope: Scope, id = 'narrow'): Viewer => ({
  ...loopbackViewer,
  actor: { kind: 'key', id },
  signedIn: true,
  scope,
  role: 'steward',
  rights: rightsOfRole('steward'),
});

/** A conductor that knows one source and reads the runs that the seed left; a run of it ends at once. */
export function shopSync(stores: TemporaryStores): Sync & { readonly asked: string[] } {
  const asked: string[] = [];
  const asReport = (body: Json | null) => body as unknown as SyncReport | null;
  const reports = async () =>
    (await stores.state.list('sync-run', { first: 100 })).items.map(({ body }) => asReport(body));
  return {
    asked,
    run(request) {
      if (request.source !== 'shop')
        throw new LexlineError('INPUT_INVALID', `[sync] there is no source "${request.source}"`);
      asked.push(`${request.source} by ${request.actor.id}`);
      return reports().then((all) => {
        const last = all.find((report) => report?.source === request.source);
        if (last === null || last === undefined) throw new Error('the seed left no run');
        return last;
      });
    },
    lastReport: async (source) => asReport(await stores.state.get('last-sync-run', source)),
    reports: async (source, first) =>
      (await reports())
        .flatMap((report) => (report !== null && (source === undefined || report.source === source) ? [report] : []))
        .slice(0, first),
  };
}

/** The shop behind a real server on a free port. `viewerOf` tells who signs in with which headers; without it, nobody has to. */
export async function serveShop(
  options: {
    readonly log?: Log;
    readonly limits?: Partial<Limits>;
    readonly query?: (query: Query) => Query;
    readonly conductor?: (sync: Sync) => Sync;
    readonly viewerOf?: (headers: IncomingHttpHeaders) => Viewer;
  } = {},
): Promise<ShopServer & { readonly sync: ReturnType<typeof shopSync> }> {
  const { log = silentLog, limits = {}, viewerOf } = options;
  const { stores, query: plain } = await openShop();
  const query = options.query?.(plain) ?? plain;
  const sync = shopSync(stores);
  const graphql = await createGraphql({
    query,
    sync: options.conductor?.(sync) ?? sync,
    memory: stores.state,
    clock,
    log,
    limits,
    introspection: true,
  });
  const signIn =
    viewerOf === undefined
      ? {}
      : {
          signIn: async ({ headers }: { readonly headers: IncomingHttpHeaders }) => ({
            viewer: viewerOf(headers),
            mayExchange: false,
          }),
        };
  const router = createRouter({ query, graphql, log, ...signIn });
  const server = await listen({ router, port: 0, signIn: viewerOf !== undefined, log });
  return {
    url: server.url,
    stores,
    query,
    sync,
    async ask(text, variables = {}, headers = {}) {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: text, variables }),
      });
      return { status: response.status, body: (await response.json()) as GraphqlAnswer };
    },
    async close() {
      await server.close();
      await stores.close();
    },
  };
}
