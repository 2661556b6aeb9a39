import { systemClock, type Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { GraphStore, ScanRows, Totals } from '../graph/graph-store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Page, PageRequest } from '../page.ts';
import type { StateStore } from '../state/state-store.ts';
import { applyChanges, type KnownNames } from './apply.ts';
import { readChanges, readHistory } from './changes.ts';
import { claimTables, claimsOf, readEntered, readStatements, scanClaims } from './claims.ts';
import { connectDatabase, type Database, type Neo4jConnection } from './database.ts';
import { putSource, readSources } from './entities.ts';
import { edgesOf, scanEdges } from './flows.ts';
import {
  dropLease,
  listRevisions,
  lockForOpen,
  lockForToken,
  openNext,
  publishHead,
  readHead,
  readRevisionAt,
  takeLease,
  toHead,
} from './head.ts';
import { appendBatch, createLedger } from './ledger.ts';
import { countTotals, listEntities, readDocs, scanEntities, searchEntities } from './list-entities.ts';
import { readFieldMarks } from './marks.ts';
import { inspectDatabase, prepareDatabase, type StoreState } from './migrate.ts';
import { readAt, readBetween, type Reading } from './read-at.ts';
import { checkDatasets, entitiesByNative, fieldsOfDatasets, readEntities, resolveNames } from './read-entities.ts';
import { createStateStore } from './state.ts';
import { purgeBelow, undoRevision } from './undo.ts';
import { createWalks } from './walk.ts';

/** The stores in one Neo4j database. Passages of regulations are kept elsewhere. */
export interface Neo4jStores {
  readonly graph: GraphStore;
  readonly ledger: Ledger;
  readonly state: StateStore;
  close(): Promise<void>;
}

export interface Neo4jStoresOptions extends Neo4jConnection {
  readonly log: Log;
  /** Default: the machine's. Leases run by the server's clock. */
  readonly clock?: Clock;
}

/**
 * Opens graph, ledger and state in a Neo4j database, which must be empty or Lexline's own. Constraints and indexes are made or
 * migrated first. Fails with STORE_UNAVAILABLE, STORE_AUTH_FAILED, STORE_UNSUPPORTED, STORE_NEWER or STORE_CORRUPT.
 */
export async function openNeo4jStores(options: Neo4jStoresOptions): Promise<Neo4jStores> {
  const database = connectDatabase(options, options.clock ?? systemClock);
  try {
    await prepareDatabase(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  options.log.debug('stores opened', { engine: 'neo4j', address: database.address });
  return {
    graph: createGraph(database),
    ledger: createLedger(database),
    state: createStateStore(database),
    close: () => database.close(),
  };
}

/** Signs in and says what is there, without changing anything: what `doctor` and `check-config` tell. */
export async function inspectNeo4j(connection: Neo4jConnection): Promise<StoreState> {
  const database = connectDatabase(connection, systemClock);
  try {
    return await inspectDatabase(database);
  } finally {
    await database.close();
  }
}

type Scans = {
  readonly [K in keyof ScanRows]: (reading: Reading, page: PageRequest) => Promise<Page<ScanRows[K]>>;
};

const scans: Scans = {
  entities: scanEntities,
  docs: (reading, page) => readDocs(reading, undefined, undefined, page),
  edges: scanEdges,
  evidence: (reading, page) => scanClaims(reading, claimTables.evidence, page),
  verdicts: (reading, page) => scanClaims(reading, claimTables.verdicts, page),
  derived: (reading, page) => scanClaims(reading, claimTables.derived, page),
  entered: (reading, page) => scanClaims(reading, claimTables.entered, page),
};

function createGraph(database: Database): GraphStore {
  const names: KnownNames = { entities: new Set(), sources: new Set() };
  const walks = createWalks(database);
  const totals = rememberedTotals(database);
  const at = <T>(n: number, work: (reading: Reading) => Promise<T>) => readAt(database, n, work);
  const undo = (n: number, token: number) => undoRevision(database, n, token);
  return {
    capabilities: { engine: 'neo4j', durable: true, fullTextSearch: true, sharedByProcesses: true },
    head: () => readHead(database),
    revisionAt: (time) => readRevisionAt(database, time),
    revisions: async (page) => listRevisions(database, page),
    putSource: (source) => putSource(database, source),
    sources: () => database.read((transaction) => readSources(transaction)),
    lease: (holder, ttlMs) => takeLease(database, holder, ttlMs),
    release: (lease) => dropLease(database, lease),
    async open(lease, run) {
      const { open } = await database.write(async (transaction) =>
        toHead(await lockForToken(transaction, lease.token)),
      );
      if (open !== null && open.run !== run.run) await undo(open.n, lease.token);
      return openNext(database, lease, run);
    },
    apply: (open, changes) => applyChanges(database, names, open, changes),
    publish: (open, ledger) =>
      database.write(async (transaction) => {
        const head = await lockForOpen(transaction, open);
        const revision = await publishHead(transaction, head, open, database.clock.now());
        if (ledger.length > 0) await appendBatch(transaction, revision.publishedAt, ledger, open.n);
        return revision;
      }),
    async rollback(open) {
      await database.write((transaction) => lockForOpen(transaction, open));
      await undo(open.n, open.token);
    },
    docs: (source, scope, n, page) => at(n, (reading) => readDocs(reading, source, scope, page)),
    get: (uids, n) => at(n, (reading) => readEntities(reading, uids)),
    resolve: (asked, kind, n, without) => at(n, (reading) => resolveNames(reading, asked, kind, without)),
    byNative: (source, ids, n) => at(n, (reading) => entitiesByNative(reading, source, ids)),
    list: (filter, n, page) => at(n, (reading) => listEntities(reading, filter, page)),
    async fieldsOf(datasets, n) {
      checkDatasets(datasets);
      return at(n, (reading) => fieldsOfDatasets(reading, datasets));
    },
    async fieldMarks(datasets, n) {
      checkDatasets(datasets);
      return at(n, (reading) => readFieldMarks(reading, datasets));
    },
    search: (text, filter, n, page) => at(n, (reading) => searchEntities(reading, text, filter, page)),
    walk: async (request, signal) => walks.walk(request, signal),
    path: async (request, signal) => walks.path(request, signal),
    count: async (request, signal) => walks.count(request, signal),
    edges: (uids, direction, kinds, n, page) => at(n, (reading) => edgesOf(reading, uids, direction, kinds, page)),
    verdicts: (fields, n) => at(n, (reading) => claimsOf(reading, claimTables.verdicts, fields)),
    derived: (fields, n) => at(n, (reading) => claimsOf(reading, claimTables.derived, fields)),
    evidence: (fields, n) => at(n, (reading) => claimsOf(reading, claimTables.evidence, fields)),
    entered: (filter, n) => at(n, (reading) => readEntered(reading, filter)),
    statements: (ids) => readStatements(database, ids),
    scan: (what, n, page) => at(n, (reading) => scans[what](reading, page)),
    changes: (a, b, page, tables) => readBetween(database, a, b, (reading) => readChanges(reading, a, b, page, tables)),
    history: (uids, n, page) => at(n, (reading) => readHistory(reading, uids, page)),
    totals: async (n) => totals(n),
    purge: (floor, keep) => purgeBelow(database, floor, keep),
    close: () => database.close(),
  };
}

/** Totals of published revisions, which never change: counting a million rows takes seconds. */
function rememberedTotals(database: Database): (n: number) => Promise<Totals> {
  const known = new Map<number, Totals>();
  return (n) =>
    readAt(database, n, async (reading) => {
      const [head] = await reading.transaction.run('MATCH (h:Head {one: 1}) RETURN h.published AS published');
      if (n > Number(head?.['published'])) return countTotals(reading);
      const totals = known.get(n) ?? (await countTotals(reading));
      if (known.size >= 100) known.clear();
      known.set(n, totals);
      return totals;
    });
}
