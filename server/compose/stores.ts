import { isLoopback } from '../access/loopback.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { LexlineError } from '../base/errors.ts';
import { lazily } from '../base/lazily.ts';
import type { Log } from '../base/log.ts';
import type { StoresState } from '../cli/composition.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import type { Ledger } from '../stores/ledger/ledger.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { VectorIndex } from '../stores/vectors/vector-index.ts';

/** What Lexline remembers in, whichever engines keep it. */
export interface Stores {
  readonly graph: GraphStore;
  readonly ledger: Ledger;
  readonly state: StateStore;
  readonly vectors: VectorIndex;
  close(): Promise<void>;
}

/**
 * Opens the engines that the configuration names. Fails with STORE_UNAVAILABLE, STORE_CORRUPT, STORE_NEWER, and where they
 * are elsewhere with STORE_AUTH_FAILED or STORE_UNSUPPORTED.
 */
export async function openStores(config: Config, clock: Clock, log: Log): Promise<Stores> {
  const openEmbedded = async () => {
    const { openSqliteStores } = await import('../stores/sqlite/open-stores.ts');
    return openSqliteStores({ path: config.dataDirectory, log, clock });
  };
  const { vectorStore } = config;
  const qdrant =
    vectorStore.engine === 'qdrant'
      ? (await import('../stores/qdrant/open-index.ts')).openQdrantIndex(vectorStore)
      : null;
  if (config.graphStore.engine === 'embedded') {
    const stores = await openEmbedded();
    return qdrant === null ? stores : { ...stores, vectors: qdrant };
  }
  const { openNeo4jStores } = await import('../stores/neo4j/open-stores.ts');
  const stores = await openNeo4jStores({ ...config.graphStore, log, clock });
  const embedded = lazily(openEmbedded);
  return {
    ...stores,
    vectors: qdrant ?? vectorsWhenNeeded(async () => (await embedded()).vectors),
    async close() {
      await stores.close();
      if (embedded.made()) await (await embedded()).close();
    },
  };
}

/** Passages stay in the embedded file: it is made when the first of them is asked for. */
function vectorsWhenNeeded(open: () => Promise<VectorIndex>): VectorIndex {
  return {
    capabilities: { engine: 'sqlite', dense: true },
    create: async (collection, dimensions) => (await open()).create(collection, dimensions),
    put: async (collection, passages) => (await open()).put(collection, passages),
    publish: async (alias, collection) => (await open()).publish(alias, collection),
    search: async (alias, query) => (await open()).search(alias, query),
    get: async (alias, ids) => (await open()).get(alias, ids),
    page: async (alias, after, first) => (await open()).page(alias, after, first),
    removeWhere: async (collection, filter) => (await open()).removeWhere(collection, filter),
    drop: async (collection) => (await open()).drop(collection),
    collections: async () => (await open()).collections(),
    close: async () => {},
  };
}

/** Where the stores are and what answers there, without changing anything. Fails as opening them does. */
export async function inspectStores({ dataDirectory, graphStore }: Config): Promise<StoresState> {
  if (graphStore.engine === 'embedded') {
    const { hasStoreFile } = await import('../stores/sqlite/database.ts');
    return { where: dataDirectory, what: 'embedded', exist: hasStoreFile(dataDirectory), gap: null };
  }
  const { inspectNeo4j } = await import('../stores/neo4j/open-stores.ts');
  const { address, version, schema } = await inspectNeo4j(graphStore);
  const what = schema === null ? `Neo4j ${version}, empty` : `Neo4j ${version}, stores of version ${schema}`;
  return { where: address, what, exist: schema !== null, gap: unencrypted(graphStore.url) };
}

function unencrypted(url: string): StoresState['gap'] {
  const { protocol, hostname } = new URL(url);
  if (protocol.includes('+s') || isLoopback(hostname)) return null;
  return {
    detail: `the sign-in and the graph go to ${hostname} in clear`,
    remedy: `Set stores.graph.url to ${protocol.replace(':', '+s:')}//… and give the server a certificate.`,
  };
}

/**
 * Reads all of the embedded file, which holds everything or the passages alone; a Neo4j looks after its own. Fails with
 * STORE_CORRUPT.
 */
export async function checkStores({ dataDirectory }: Config): Promise<void> {
  const { hasStoreFile } = await import('../stores/sqlite/database.ts');
  if (!hasStoreFile(dataDirectory)) return;
  const { checkStore } = await import('../stores/sqlite/check-store.ts');
  checkStore(dataDirectory);
}

/** Was anything kept there yet? */
export async function hasStores(config: Config): Promise<boolean> {
  return (await inspectStores(config)).exist;
}

/** Copies the embedded stores into one file. */
export async function backUp(config: Config, file: string): Promise<void> {
  refuseElsewhere(config, 'neo4j-admin database dump neo4j --to-path=…');
  const { backUpStores } = await import('../stores/sqlite/backup.ts');
  backUpStores(config.dataDirectory, file);
}

/** Puts a back-up into a data folder that has no stores. */
export async function restore(config: Config, file: string): Promise<void> {
  refuseElsewhere(config, 'neo4j-admin database load neo4j --from-path=…');
  const { restoreStores } = await import('../stores/sqlite/backup.ts');
  restoreStores(file, config.dataDirectory);
}

function refuseElsewhere({ graphStore }: Config, remedy: string): void {
  if (graphStore.engine !== 'embedded')
    throw new LexlineError('INPUT_INVALID', '[lexline] the stores are in Neo4j, which has its own back-up', { remedy });
}
