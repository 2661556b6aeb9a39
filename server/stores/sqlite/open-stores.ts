import { systemClock, type Clock } from '../../base/clock.ts';
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

export interface SqliteStoresOptions {
  /** The directory; made when it is not there. The one file in it is `lexline.db`. */
  readonly path: string;
  readonly log: Log;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Threads that read, 1..8: one for pages, the others for long walks (with 1 both share it). Default 2; started when needed. */
  readonly readers?: number;
}

/** Methods that must see the write connection: they change something, or decide who may. */
const writes: Record<Room, ReadonlySet<string>> = {
  graph: new Set(['putSource', 'lease', 'release', 'open', 'apply', 'publish', 'rollback', 'purge']),
  ledger: new Set(['append']),
  state: new Set([
    'acquire',
    'release',
    'stage',
    'unstage',
    'put',
    'remove',
    'putAll',
    'removeAll',
    'putChunk',
    'removeArtefact',
    'observe',
    'forgetBatches',
  ]),
  vectors: new Set(['create', 'put', 'publish', 'removeWhere', 'drop']),
};

/** Reads that may take long: they get threads of their own, so that pages never wait for a walk. */
const longReads: ReadonlySet<string> = new Set(['walk', 'path', 'count', 'changes', 'verify', 'scan', 'totals']);

/**
 * Opens the stores on Node's own SQLite in `path/lexline.db`: one write connection and a few read connections, each in a
 * thread of its own. Fails with STORE_UNAVAILABLE, STORE_CORRUPT or STORE_NEWER; an older store is backed up and migrated first.
 */
export async function openSqliteStores(options: SqliteStoresOptions): Promise<SqliteStores> {
  const { path, clock = systemClock, readers = 2 } = options;
  const writer = createEngineThread(path, true, clock);
  const pages = createEngineThread(path, false, clock);
  const walkers = Array.from({ length: Math.min(Math.max(readers, 1), 8) - 1 }, () =>
    createEngineThread(path, false, clock),
  );
  try {
    await writer.ask('graph', 'head', []);
  } catch (error) {
    await writer.close({ stopWalks: false });
    throw error;
  }
  const threadFor = (room: Room, method: string): EngineThread => {
    if (writes[room].has(method)) return writer;
    if (!longReads.has(method)) return pages;
    return walkers.reduce((best, one) => (one.waiting() < best.waiting() ? one : best), walkers[0] ?? pages);
  };
  const ask = (room: Room, method: string, args: readonly unknown[]): Promise<unknown> => {
    const last = args.at(-1);
    return last instanceof AbortSignal
      ? threadFor(room, method).ask(room, method, args.slice(0, -1), last)
      : threadFor(room, method).ask(room, method, args);
  };
  const roomOf = (name: Room, methods: object) =>
    Object.fromEntries(
      Object.keys(methods).map((method) => [method, (...args: unknown[]) => ask(name, method, args)] as const),
    );
  const close = async () => {
    await Promise.all([pages, ...walkers].map((thread) => thread.close({ stopWalks: true })));
    await writer.close({ stopWalks: false });
  };
  options.log.debug('stores opened', { engine: 'sqlite' });
  return {
    graph: {
      ...roomOf('graph', graphOperations),
      capabilities: { engine: 'sqlite', durable: true, fullTextSearch: true, sharedByProcesses: true },
      close,
    } as unknown as GraphStore,
    ledger: roomOf('ledger', ledgerOperations) as unknown as Ledger,
    state: roomOf('state', stateOperations) as unknown as StateStore,
    vectors: {
      ...roomOf('vectors', vectorOperations),
      capabilities: { engine: 'sqlite', dense: true },
      close: async () => {},
    } as unknown as VectorIndex,
    close,
  };
}
