import type { Log } from '../../base/log.ts';
import type { GraphStore } from '../graph/graph-store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { StateStore } from '../state/state-store.ts';
import type { VectorIndex } from '../vectors/vector-index.ts';
import { createEngineThread, type EngineThread } from './engine-thread.ts';
import type { Room } from './messages.ts';
import { graphOperations, ledgerOperations, stateOperations, vectorOperations } from './operations.ts';

/** The embedded stores of one directory. */
export interface SqliteStores {
  readonly graph: GraphStore;
  readonly ledger: Ledger;
  readonly state: StateStore;
  readonly vectors: VectorIndex;
  close(): Promise<void>;
}

/** Methods that must see the write connection: they change something, or decide who may. */
const writes: Record<Room, ReadonlySet<string>> = {
  graph: new Set(['putSource', 'lease', 'release', 'open', 'apply', 'publish', 'rollback', 'purge']),
  ledger: new Set(['append']),
  state: new Set(['acquire', 'release', 'stage', 'unstage', 'put', 'remove', 'putChunk', 'removeArtefact', 'observe']),
  vectors: new Set(['create', 'put', 'publish', 'removeWhere', 'drop']),
};

/** Reads that may take long: they get a thread of their own, so that pages never wait for a walk. */
const longReads: ReadonlySet<string> = new Set(['walk', 'path', 'count', 'changes', 'verify', 'scan', 'totals']);

/**
 * Opens the stores on Node's own SQLite in `path/lexline.db`: one write connection and two read connections, each in a thread
 * of its own. Fails with STORE_UNAVAILABLE, STORE_CORRUPT or STORE_NEWER; an older store is backed up and migrated first.
 */
export async function openSqliteStores(options: { readonly path: string; readonly log: Log }): Promise<SqliteStores> {
  const writer = createEngineThread(options.path, true);
  const pages = createEngineThread(options.path, false);
  const walks = createEngineThread(options.path, false);
  try {
    await writer.ask('graph', 'head', []);
  } catch (error) {
    await writer.close();
    throw error;
  }
  const threadFor = (room: Room, method: string): EngineThread => {
    if (writes[room].has(method)) return writer;
    return longReads.has(method) ? walks : pages;
  };
  const room = (name: Room, methods: object) =>
    Object.fromEntries(
      Object.keys(methods).map((method) => [
        method,
        (...args: unknown[]) => threadFor(name, method).ask(name, method, args),
      ]),
    );
  const close = async () => {
    walks.stopWalk();
    await Promise.all([pages.close(), walks.close()]);
    await writer.close();
  };
  options.log.debug('stores opened', { engine: 'sqlite' });
  return {
    graph: {
      ...room('graph', graphOperations),
      capabilities: { engine: 'sqlite', durable: true, fullTextSearch: true, sharedByProcesses: true },
      close,
    } as unknown as GraphStore,
    ledger: room('ledger', ledgerOperations) as unknown as Ledger,
    state: room('state', stateOperations) as unknown as StateStore,
    vectors: {
      ...room('vectors', vectorOperations),
      capabilities: { engine: 'sqlite', dense: true },
      close: async () => {},
    } as unknown as VectorIndex,
    close,
  };
}
