import type { Clock } from '../../base/clock.ts';
import { applyChanges, putSource } from './apply.ts';
import { readChanges, readHistory } from './change-rows.ts';
import { readDerived, readEntered, readEvidence, readStatements, readVerdicts, scans } from './claim-rows.ts';
import { edgesOf } from './edge-rows.ts';
import {
  entitiesByNative,
  fieldsOfDatasets,
  listEntities,
  readDocs,
  readEntities,
  readSources,
  readTotals,
  resolveNames,
  searchEntities,
} from './entity-rows.ts';
import type { Identities } from './identities.ts';
import { appendEntries, readBatches, readEntries, verifyLedger } from './ledger-rows.ts';
import {
  createCollection,
  dropCollection,
  listCollections,
  publishCollection,
  putPassages,
  removePassagesWhere,
  searchPassages,
} from './passage-rows.ts';
import type { Connection } from './prepared.ts';
import {
  checkOpen,
  dropLease,
  listRevisions,
  openRevision,
  publishRevision,
  purgeBelow,
  readHead,
  readRevisionAt,
  takeLease,
  undo,
} from './revisions.ts';
import {
  acquireLease,
  addObservations,
  getRecord,
  listRecords,
  putChunk,
  putRecord,
  readChunk,
  readObservations,
  readStaged,
  releaseLease,
  removeArtefact,
  removeRecord,
  stageDocuments,
  unstageRun,
} from './state-rows.ts';
import { countReached, shortestPath, walk } from './walk.ts';
import type { GraphStore } from '../graph/graph-store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { StateStore } from '../state/state-store.ts';
import type { VectorIndex } from '../vectors/vector-index.ts';

/** What an operation runs on: one connection of one thread. */
export interface Engine {
  readonly connection: Connection;
  readonly ids: Identities;
  readonly clock: Clock;
  /** Does nobody want the answer of what runs any more? */
  readonly isStopped: () => boolean;
}

type Methods<T> = {
  [K in keyof T as T[K] extends (...args: never[]) => Promise<unknown> ? (K extends 'close' ? never : K) : never]: T[K];
};
type Sync<F> = F extends (...args: infer A) => Promise<infer R> ? (engine: Engine, ...args: A) => R : never;
type Operations<T> = { readonly [K in keyof Methods<T>]: Sync<T[K]> };

/** The graph contract, synchronously, on one connection. */
export const graphOperations: Operations<GraphStore> = {
  head: ({ connection }) => readHead(connection),
  revisionAt: ({ connection }, time) => readRevisionAt(connection, time),
  revisions: ({ connection }, page) => listRevisions(connection, page),
  putSource: ({ connection }, source) => putSource(connection, source),
  sources: ({ connection }) => readSources(connection),
  lease: ({ connection, clock }, holder, ttlMs) => takeLease(connection, clock, holder, ttlMs),
  release: ({ connection }, lease) => dropLease(connection, lease),
  open: ({ connection, ids }, lease, run) => {
    ids.forget();
    return openRevision(connection, lease, run);
  },
  apply: ({ connection, ids }, open, changes) => applyChanges(connection, ids, open, changes),
  publish: ({ connection, clock }, open, ledger) => publishRevision(connection, clock, open, ledger),
  rollback: ({ connection }, open) => {
    checkOpen(connection, open);
    undo(connection, open.n, open.token);
  },
  docs: ({ connection }, source, scope, n, page) => readDocs(connection, source, scope, n, page),
  get: ({ connection }, uids, n) => readEntities(connection, uids, n),
  resolve: ({ connection }, names, kind, n) => resolveNames(connection, names, kind, n),
  byNative: ({ connection }, source, nativeIds, n) => entitiesByNative(connection, source, nativeIds, n),
  list: ({ connection }, filter, n, page) => listEntities(connection, filter, n, page),
  fieldsOf: ({ connection }, datasets, n) => fieldsOfDatasets(connection, datasets, n),
  search: ({ connection }, text, filter, n, page) => searchEntities(connection, text, filter, n, page),
  walk: ({ connection, isStopped }, request) => walk(connection, request, isStopped),
  path: ({ connection, isStopped }, request) => shortestPath(connection, request, isStopped),
  count: ({ connection, isStopped }, request) => countReached(connection, request, isStopped),
  edges: ({ connection }, uids, direction, kinds, n, page) => edgesOf(connection, uids, direction, kinds, n, page),
  verdicts: ({ connection }, fields, n) => readVerdicts(connection, fields, n),
  derived: ({ connection }, fields, n) => readDerived(connection, fields, n),
  evidence: ({ connection }, fields, n) => readEvidence(connection, fields, n),
  entered: ({ connection }, filter, n) => readEntered(connection, filter, n),
  statements: ({ connection }, statementIds) => readStatements(connection, statementIds),
  scan: ({ connection }, what, n, page) => scans[what](connection, n, page),
  changes: ({ connection }, a, b, page) => readChanges(connection, a, b, page),
  history: ({ connection }, uids, n, page) => readHistory(connection, uids, n, page),
  totals: ({ connection }, n) => readTotals(connection, n),
  purge: ({ connection }, floor) => purgeBelow(connection, floor),
};

/** The ledger contract, synchronously. */
export const ledgerOperations: Operations<Ledger> = {
  append: ({ connection, clock }, entries) => appendEntries(connection, clock, entries),
  read: ({ connection }, filter, page) => readEntries(connection, filter, page),
  batches: ({ connection }, page) => readBatches(connection, page),
  verify: ({ connection }) => verifyLedger(connection),
};

/** The state contract, synchronously. */
export const stateOperations: Operations<StateStore> = {
  acquire: ({ connection, clock }, name, holder, ttlMs) => acquireLease(connection, clock, name, holder, ttlMs),
  release: ({ connection }, lease) => releaseLease(connection, lease),
  stage: ({ connection }, run, documents) => stageDocuments(connection, run, documents),
  staged: ({ connection }, run, scope, page) => readStaged(connection, run, scope, page),
  unstage: ({ connection }, run) => unstageRun(connection, run),
  put: ({ connection, clock }, kind, key, body, expiresAt) => putRecord(connection, clock, kind, key, body, expiresAt),
  get: ({ connection, clock }, kind, key) => getRecord(connection, clock, kind, key),
  list: ({ connection, clock }, kind, page) => listRecords(connection, clock, kind, page),
  remove: ({ connection }, kind, key) => removeRecord(connection, kind, key),
  putChunk: ({ connection }, artefact, index, bytes) => putChunk(connection, artefact, index, bytes),
  chunk: ({ connection }, artefact, index) => readChunk(connection, artefact, index),
  removeArtefact: ({ connection }, artefact) => removeArtefact(connection, artefact),
  observe: ({ connection, clock }, batch, observations) => addObservations(connection, clock, batch, observations),
  observations: ({ connection }, uids, measure) => readObservations(connection, uids, measure),
};

/** The vectors contract, synchronously. */
export const vectorOperations: Operations<VectorIndex> = {
  create: ({ connection }, collection, dimensions) => createCollection(connection, collection, dimensions),
  put: ({ connection }, collection, passages) => putPassages(connection, collection, passages),
  publish: ({ connection }, alias, collection) => publishCollection(connection, alias, collection),
  search: ({ connection }, alias, query) => searchPassages(connection, alias, query),
  removeWhere: ({ connection }, collection, filter) => removePassagesWhere(connection, collection, filter),
  drop: ({ connection }, collection) => dropCollection(connection, collection),
  collections: ({ connection }) => listCollections(connection),
};
