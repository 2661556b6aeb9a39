import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LexlineError } from '../../base/errors.ts';
import { patiently, sleep } from './busy.ts';
import { schemaVersion } from './schema.ts';

/** A connection that prepares each SQL text once. */
export interface Connection {
  readonly db: DatabaseSync;
  sql(text: string): StatementSync;
  /** The same, with rows as arrays of columns: for the reads that run thousands of times a request. */
  arrays(text: string): StatementSync;
  /** The time in which this connection writes without a pause, in ms of the monotonic clock. */
  readonly turn: { startedAt: number; endedAt: number };
}

export function withStatements(db: DatabaseSync): Connection {
  const prepared = new Map<string, StatementSync>();
  const preparedArrays = new Map<string, StatementSync>();
  return {
    db,
    turn: { startedAt: 0, endedAt: 0 },
    sql(text) {
      let statement = prepared.get(text);
      if (statement === undefined) {
        statement = db.prepare(text);
        prepared.set(text, statement);
      }
      return statement;
    },
    arrays(text) {
      let statement = preparedArrays.get(text);
      if (statement === undefined) {
        statement = db.prepare(text);
        statement.setReturnArrays(true);
        preparedArrays.set(text, statement);
      }
      return statement;
    },
  };
}

/** How long one process may write without a pause, and how long the pause is: others look every few milliseconds. */
const turnMs = 120;
const pauseMs = 4;

/** Lets other processes write when this connection has written for a while: SQLite itself keeps no queue. */
function giveWay({ turn }: Connection): void {
  const now = performance.now();
  if (now - turn.endedAt >= pauseMs) {
    turn.startedAt = now;
  } else if (now - turn.startedAt >= turnMs) {
    sleep(pauseMs);
    turn.startedAt = performance.now();
  }
}

/** Takes the write lock, waiting for other processes. */
function lock(connection: Connection): void {
  giveWay(connection);
  patiently(() => connection.db.exec('BEGIN IMMEDIATE'));
}

/** A newer release may have migrated the store while this process had it open: nothing of ours may be written to it then. */
function checkVersion(connection: Connection): void {
  const version = Number(connection.sql('PRAGMA user_version').get()?.['user_version']);
  if (version > schemaVersion)
    throw new LexlineError(
      'STORE_NEWER',
      `[stores/sqlite] a newer release took the store to version ${version} while this one, which knows up to ${schemaVersion}, was running`,
      { remedy: 'Stop this process and start the newer release of Lexline.' },
    );
}

/** Runs `work` in one write transaction, waiting for other processes. */
export function transaction<T>(connection: Connection, work: () => T): T {
  lock(connection);
  try {
    return toItsEnd(connection, () => {
      checkVersion(connection);
      return work();
    });
  } finally {
    connection.turn.endedAt = performance.now();
  }
}

/** A write transaction of several is ended after this long, in ms. */
const transactionMs = 250;

/** Work that may take several transactions. */
interface Turns {
  /** Checks what each transaction rests on. */
  readonly atStart: () => void;
  /** Writes what a transaction must not end without. */
  readonly atEnd: () => void;
  readonly work: (breathe: () => void) => void;
}

/**
 * Runs `work` in as many short write transactions as it takes: each time it calls `breathe`, the transaction may end and
 * another begin. Fails as the parts do; what was committed before stays.
 */
export function inTurns(connection: Connection, { atStart, atEnd, work }: Turns): void {
  const { db, turn } = connection;
  let until = 0;
  const begin = () => {
    lock(connection);
    until = performance.now() + transactionMs;
    checkVersion(connection);
    atStart();
  };
  const commit = () => {
    atEnd();
    db.exec('COMMIT');
    turn.endedAt = performance.now();
  };
  try {
    begin();
    work(() => {
      if (performance.now() < until) return;
      commit();
      begin();
    });
    commit();
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Runs `work` on one snapshot of the store, which is also faster where it is many statements. */
export function snapshot<T>(connection: Connection, work: () => T): T {
  patiently(() => connection.db.exec('BEGIN'));
  return toItsEnd(connection, work);
}

function toItsEnd<T>({ db }: Connection, work: () => T): T {
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
