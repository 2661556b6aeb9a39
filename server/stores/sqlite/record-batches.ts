import type { Clock } from '../../base/clock.ts';
import type { Json } from '../../model/json.ts';
import type { StateEntry } from '../state/state-store.ts';
import { busyTimeoutMs } from './busy.ts';
import { transaction, type Connection } from './prepared.ts';

/**
 * Keeps many records in one transaction that is on the disk when it has answered: an event that somebody was told we have is
 * not lost with the power. All other writes of the store survive a loss of the process only. Asks for its turn every two
 * milliseconds, because somebody waits for the answer: SQLite's own pauses would sleep through the turns that others give.
 */
export function putRecords(connection: Connection, clock: Clock, kind: string, records: readonly StateEntry[]): void {
  if (records.length === 0) return;
  const now = new Date(clock.now()).toISOString();
  connection.db.exec('PRAGMA synchronous = FULL; PRAGMA busy_timeout = 0;');
  try {
    transaction(connection, () => {
      const statement = connection.sql(
        'INSERT OR REPLACE INTO state_record(kind, key, body, updated_at, expires) VALUES (?, ?, ?, ?, NULL)',
      );
      for (const { key, body } of records) statement.run(kind, key, JSON.stringify(body), now);
    });
  } finally {
    connection.db.exec(`PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = ${busyTimeoutMs};`);
  }
}

/** The bodies of keys in their order. */
export function getRecords(
  connection: Connection,
  clock: Clock,
  kind: string,
  keys: readonly string[],
): (Json | null)[] {
  const now = new Date(clock.now()).toISOString();
  const statement = connection.sql(
    'SELECT body FROM state_record WHERE kind = ? AND key = ? AND (expires IS NULL OR expires > ?)',
  );
  return keys.map((key) => {
    const row = statement.get(kind, key, now);
    return row === undefined ? null : (JSON.parse(String(row['body'])) as Json);
  });
}

/** Rows that one transaction removes: others get their turn in between. */
const removedAtOnce = 1000;

/** Removes records by key. */
export function removeRecords(connection: Connection, kind: string, keys: readonly string[]): void {
  for (let at = 0; at < keys.length; at += removedAtOnce)
    transaction(connection, () => {
      const statement = connection.sql('DELETE FROM state_record WHERE kind = ? AND key = ?');
      for (const key of keys.slice(at, at + removedAtOnce)) statement.run(kind, key);
    });
}

/** How many records of a kind there are. */
export function countRecords(connection: Connection, clock: Clock, kind: string): number {
  const row = connection
    .sql('SELECT count(*) AS n FROM state_record WHERE kind = ? AND (expires IS NULL OR expires > ?)')
    .get(kind, new Date(clock.now()).toISOString());
  return Number(row?.['n']);
}
