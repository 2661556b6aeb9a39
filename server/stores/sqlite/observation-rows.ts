import type { Clock } from '../../base/clock.ts';
import type { Json } from '../../model/json.ts';
import type { Observation, ObservedBatch } from '../state/state-store.ts';
import { transaction, type Connection } from './prepared.ts';

/** How long a batch of observations is remembered so that it counts once: nobody sends one again after half a year. */
const batchesKeptMs = 180 * 86_400_000;

/** Adds up those batches that were not counted yet. */
export function addObservations(connection: Connection, clock: Clock, batches: readonly ObservedBatch[]): void {
  const now = clock.now();
  transaction(connection, () => {
    connection
      .sql('DELETE FROM observed_batch WHERE batch IN (SELECT batch FROM observed_batch WHERE at <= ? LIMIT 1000)')
      .run(new Date(now - batchesKeptMs).toISOString());
    const known = connection.sql('INSERT INTO observed_batch(batch, at) VALUES (?, ?) ON CONFLICT DO NOTHING');
    const statement = connection.sql(
      `INSERT INTO observation(uid, measure, day, count, last, body) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT(uid, measure, day) DO UPDATE SET count = count + excluded.count,
         body = CASE WHEN excluded.last >= last THEN coalesce(excluded.body, body) ELSE body END, last = max(last, excluded.last)`,
    );
    const at = new Date(now).toISOString();
    for (const { id, observations } of batches) {
      if (Number(known.run(id, at).changes) === 0) continue;
      for (const o of observations)
        statement.run(o.uid, o.measure, o.day, o.count, o.last, o.body === undefined ? null : JSON.stringify(o.body));
    }
  });
}

export function forgetBatches(connection: Connection, ids: readonly string[]): void {
  transaction(connection, () => {
    const statement = connection.sql('DELETE FROM observed_batch WHERE batch = ?');
    for (const id of ids) statement.run(id);
  });
}

export function readObservations(connection: Connection, uids: readonly string[], measure?: string): Observation[] {
  const statement = connection.sql(
    'SELECT * FROM observation WHERE uid = ? AND (? IS NULL OR measure = ?) ORDER BY measure, day',
  );
  return uids.flatMap((uid) =>
    statement.all(uid, measure ?? null, measure ?? null).map((row) => ({
      uid,
      measure: String(row['measure']),
      day: String(row['day']),
      count: Number(row['count']),
      last: String(row['last']),
      ...(row['body'] === null ? {} : { body: JSON.parse(String(row['body'])) as Json }),
    })),
  );
}
