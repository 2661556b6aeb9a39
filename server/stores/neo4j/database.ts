import {
  auth,
  driver as createDriver,
  int,
  type Integer,
  type Driver,
  type ManagedTransaction,
  type QueryResult,
} from 'neo4j-driver';
import type { Clock } from '../../base/clock.ts';
import { LexlineError } from '../../base/errors.ts';
import { storeError } from './store-error.ts';

/** A row as the server answers it: columns by name, integers as plain numbers. */
export type Row = Readonly<Record<string, unknown>>;

/** One transaction: runs a statement and reads all its rows. */
export interface Transaction {
  run(text: string, parameters?: Readonly<Record<string, unknown>>): Promise<readonly Row[]>;
  /** Rows as they come, for a reader that may have enough before the end. */
  stream(text: string, parameters: Readonly<Record<string, unknown>>): AsyncIterable<Row>;
}

/** The connections to one Neo4j database. */
export interface Database {
  readonly clock: Clock;
  /** Host and port, for messages. */
  readonly address: string;
  /**
   * Runs `work` in a managed transaction: done again from its start, up to half a minute, when the server says that it may
   * (a deadlock, a change of leader, a lost connection). So `work` must only read and write through its transaction.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** The same for reading. `signal` ends it with CANCELLED, at the server too. */
  read<T>(work: (transaction: Transaction) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** What the server says of itself: its version, or what else it is. */
  serverAgent(): Promise<string>;
  close(): Promise<void>;
}

export interface Neo4jConnection {
  /** `bolt://`, `neo4j://` (routing), each also with `+s` (TLS) or `+ssc` (TLS, any certificate). */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Default: the user's home database. */
  readonly database?: string | undefined;
}

/** How long a statement may run at the server, in ms: longer than any that we mean to run. */
const statementLimit = 600_000;

/** Opens nothing yet: the first statement does. */
export function connectDatabase(connection: Neo4jConnection, clock: Clock): Database {
  const { host } = new URL(connection.url);
  const driver = openDriver(connection, host);
  let closed = false;
  const session = (mode: 'READ' | 'WRITE') =>
    driver.session({
      defaultAccessMode: mode,
      bookmarkManager: driver.executeQueryBookmarkManager,
      fetchSize: 2000,
      ...(connection.database === undefined ? {} : { database: connection.database }),
    });
  const once = async <T>(
    mode: 'READ' | 'WRITE',
    work: (transaction: Transaction) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> => {
    if (closed) throw new LexlineError('STORE_UNAVAILABLE', '[stores/neo4j] the stores are closed');
    if (signal?.aborted === true) throw stopped();
    const own = session(mode);
    const onAbort = () => void own.close().catch(() => {});
    const wasStopped = () => signal?.aborted === true;
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const inside = async (managed: ManagedTransaction) => {
        return work(wrapped(managed));
      };
      const limits = { timeout: statementLimit };
      return await (mode === 'READ' ? own.executeRead(inside, limits) : own.executeWrite(inside, limits));
    } catch (error) {
      throw wasStopped() ? stopped() : storeError(error, host);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      await own.close().catch(() => {});
    }
  };
  return {
    clock,
    address: host,
    write: (work) => once('WRITE', work),
    read: (work, signal) => once('READ', work, signal),
    async serverAgent() {
      try {
        const { agent = '' } = await driver.getServerInfo(
          connection.database === undefined ? {} : { database: connection.database },
        );
        return agent;
      } catch (error) {
        throw storeError(error, host);
      }
    },
    async close() {
      closed = true;
      await driver.close();
    },
  };
}

function openDriver({ url, username, password }: Neo4jConnection, host: string): Driver {
  try {
    return createDriver(url, auth.basic(username, password), {
      disableLosslessIntegers: true,
      userAgent: 'lexline',
      maxTransactionRetryTime: 30_000,
      connectionTimeout: 15_000,
      connectionAcquisitionTimeout: 60_000,
      telemetryDisabled: true,
    });
  } catch (error) {
    throw storeError(error, host);
  }
}

function stopped(): LexlineError {
  return new LexlineError('CANCELLED', '[stores/neo4j] the reading was stopped on request');
}

function wrapped(managed: ManagedTransaction): Transaction {
  return {
    async run(text, parameters = {}) {
      const { records }: QueryResult = await managed.run(text, parameters);
      return records.map((record) => record.toObject());
    },
    async *stream(text, parameters) {
      for await (const record of managed.run(text, parameters)) yield record.toObject();
    },
  };
}

/** A whole number as the server's integer: the driver sends plain numbers as floats. */
export function whole(value: number): Integer {
  return int(value);
}
