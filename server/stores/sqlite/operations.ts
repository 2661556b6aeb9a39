import { applyChanges, putSource } from './apply.ts';
import { readChanges, readHistory } from './change-rows.ts';
import { countReached } from './count.ts';
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
import type { Engine } from './engine.ts';
import type { Connection } from './prepared.ts';
import { appendEntries, readBatches, readEntries, verifyLedger } from './ledger-rows.ts';
import { readFieldMarks } from './mark-rows.ts';
import {
  createCollection,
  dropCollection,
  getPassages,
  listCollections,
  pagePassages,
  publishCollection,
  putPassages,
  removePassagesWhere,
  searchPassages,
} from './passage-rows.ts';
import {
  checkOpen,
  checkReadable,
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
  getRecord,
  listRecords,
  putChunk,
  putRecord,
  readChunk,
  readStaged,
  releaseLease,
  removeArtefact,
  removeRecord,
  stageDocuments,
  unstageRun,
} from './state-rows.ts';
import { addObservations, forgetBatches, readObservations } from './observation-rows.ts';
import { countRecords, getRecords, putRecords, removeRecords } from './record-batches.ts';
import { shortestPath, walk } from './walk.ts';
import type { GraphStore } from '../graph/graph-store.ts';
import { checkDepth } from '../graph/walk-page.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { StateStore } from '../state/state-store.ts';
import type { VectorIndex } from '../vectors/vector-index.ts';

type Methods<T> = {
  [K in keyof T as T[K] extends (...args: never[]) => Promise<unknown> ? (K extends 'close' ? never : K) : never]: T[K];
};
type Sync<F> = F extends (...args: infer A) => Promise<infer R> ? (engine: Engine, ...args: A) => R : never;
type Operations<T> = { readonly [K in keyof Methods<T>]: Sync<T[K]> };

/** The connection, for a read at `n`. Fails with ASOF_BELOW_RETENTION where part of that revision is gone already. */
function at({ connection }: Engine, n: number): Connection {
  checkReadable(connection, n);
  return connection;
}

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
  docs: (engine, source, scope, n, page) => readDocs(at(engine, n), source, scope, n, page),
  get: (engine, uids, n) => readEntities(at(engine, n), uids, n),
  resolve: (engine, names, kind, n, without) => resolveNames(at(engine, n), names, kind, n, without),
  byNative: (engine, source, nativeIds, n) => entitiesByNative(at(engine, n), source, nativeIds, n),
  list: (engine, filter, n, page) => listEntities(at(engine, n), filter, n, page),
  fieldsOf: (engine, datasets, n) => fieldsOfDatasets(at(engine, n), datasets, n),
  fieldMarks: (engine, datasets, n) => readFieldMarks(at(engine, n), datasets, n),
  search: (engine, text, filter, n, page) => searchEntities(at(engine, n), text, filter, n, page),
  walk: (engine, request) => {
    at(engine, request.n);
    return walk(engine, request);
  },
  path: (engine, request) => {
    at(engine, request.n);
    return shortestPath(engine, request);
  },
  count: (engine, request) => {
    at(engine, request.n);
    checkDepth(request.depth);
    return countReached(engine, request);
  },
  edges: (engine, uids, direction, kinds, n, page) => edgesOf(at(engine, n), uids, direction, kinds, n, page),
  verdicts: (engine, fields, n) => readVerdicts(at(engine, n), fields, n),
  derived: (engine, fields, n) => readDerived(at(engine, n), fields, n),
  evidence: (engine, fields, n) => readEvidence(at(engine, n), fields, n),
  entered: (engine, filter, n) => readEntered(at(engine, n), filter, n),
  statements: ({ connection }, statementIds) => readStatements(connection, statementIds),
  scan: (engine, what, n, page) => scans[what](at(engine, n), n, page),
  changes: (engine, a, b, page, tables) => {
    at(engine, b);
    return readChanges(at(engine, a), a, b, page, tables);
  },
  history: (engine, uids, n, page) => readHistory(at(engine, n), uids, n, page),
  totals: (engine, n) => readTotals(at(engine, n), n),
  purge: ({ connection }, floor, keep) => purgeBelow(connection, floor, keep),
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
  putAll: ({ connection, clock }, kind, records) => putRecords(connection, clock, kind, records),
  getAll: ({ connection, clock }, kind, keys) => getRecords(connection, clock, kind, keys),
  removeAll: ({ connection }, kind, keys) => removeRecords(connection, kind, keys),
  count: ({ connection, clock }, kind) => countRecords(connection, clock, kind),
  putChunk: ({ connection }, artefact, index, bytes) => putChunk(connection, artefact, index, bytes),
  chunk: ({ connection }, artefact, index) => readChunk(connection, artefact, index),
  removeArtefact: ({ connection }, artefact) => removeArtefact(connection, artefact),
  observe: ({ connection, clock }, batches) => addObservations(connection, clock, batches),
  forgetBatches: ({ connection }, ids) => forgetBatches(connection, ids),
  observations: ({ connection }, uids, measure) => readObservations(connection, uids, measure),
};

/** The vectors contract, synchronously. */
export const vectorOperations: Operations<VectorIndex> = {
  create: ({ connection }, collection, dimensions) => createCollection(connection, collection, dimensions),
  put: ({ connection }, collection, passages) => putPassages(connection, collection, passages),
  publish: ({ connection }, alias, collection) => publishCollection(connection, alias, collection),
  search: ({ connection }, alias, query) => searchPassages(connection, alias, query),
  get: ({ connection }, alias, ids) => getPassages(connection, alias, ids),
  page: ({ connection }, alias, after, first) => pagePassages(connection, alias, after, first),
  removeWhere: ({ connection }, collection, filter) => removePassagesWhere(connection, collection, filter),
  drop: ({ connection }, collection) => dropCollection(connection, collection),
  collections: ({ connection }) => listCollections(connection),
};
