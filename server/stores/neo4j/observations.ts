import type { Json } from '../../model/json.ts';
import type { Observation, ObservedBatch } from '../state/state-store.ts';
import type { Database, Row } from './database.ts';
import { keyOf } from './keys.ts';
import { SEP } from './schema.ts';

/** How long a batch of observations is remembered so that it counts once: nobody sends one again after half a year. */
const batchesKeptMs = 180 * 86_400_000;

/** Adds up those batches that were not counted yet. */
export async function observe(database: Database, batches: readonly ObservedBatch[]): Promise<void> {
  const now = database.clock.now();
  await database.write(async (transaction) => {
    await transaction.run('MATCH (b:ObservedBatch) WHERE b.at <= $at WITH b LIMIT 1000 DELETE b', {
      at: new Date(now - batchesKeptMs).toISOString(),
    });
    const found = await transaction.run(
      `UNWIND $ids AS id MERGE (b:ObservedBatch {batch: id}) ON CREATE SET b.at = $at, b.isNew = true
       WITH b, b.isNew AS isNew SET b.isNew = null WITH b, isNew WHERE isNew RETURN b.batch AS id`,
      { ids: [...new Set(batches.map(({ id }) => id))].sort(), at: new Date(now).toISOString() },
    );
    const fresh = new Set(found.map(({ id }) => String(id)));
    // Of two batches of one id the first one counts.
    const counted = batches.filter(({ id }) => fresh.delete(id));
    const rows = counted.flatMap(({ observations }) => observations.map(rowOf));
    if (rows.length === 0) return;
    await transaction.run(
      `UNWIND $rows AS row MERGE (o:Observation {key: row.key})
       ON CREATE SET o.uid = row.uid, o.measure = row.measure, o.day = row.day, o.count = 0.0, o.last = ''
       SET o.count = o.count + row.count,
         o.body = CASE WHEN row.last >= o.last THEN coalesce(row.body, o.body) ELSE o.body END,
         o.last = CASE WHEN row.last >= o.last THEN row.last ELSE o.last END`,
      { rows },
    );
  });
}

function rowOf({ uid, measure, day, count, last, body }: Observation) {
  return {
    key: keyOf(uid, measure, day),
    uid,
    measure,
    day,
    count,
    last,
    body: body === undefined ? null : JSON.stringify(body),
  };
}

export async function forgetBatches(database: Database, ids: readonly string[]): Promise<void> {
  await database.write((transaction) =>
    transaction.run('UNWIND $ids AS id MATCH (b:ObservedBatch {batch: id}) DELETE b', { ids: [...new Set(ids)] }),
  );
}

/** By thing in the order asked, then by measure and day. */
export async function readObservations(
  database: Database,
  uids: readonly string[],
  measure: string | undefined,
): Promise<Observation[]> {
  const rows = await database.read((transaction) =>
    transaction.run(
      `UNWIND range(0, size($prefixes) - 1) AS i MATCH (o:Observation) WHERE o.key STARTS WITH $prefixes[i]
       RETURN properties(o) AS row ORDER BY i, o.key`,
      { prefixes: uids.map((uid) => (measure === undefined ? `${uid}${SEP}` : `${uid}${SEP}${measure}${SEP}`)) },
    ),
  );
  return rows.map(({ row }) => {
    const { uid, measure: name, day, count, last, body } = row as Row;
    return {
      uid: String(uid),
      measure: String(name),
      day: String(day),
      count: Number(count),
      last: String(last),
      ...(typeof body === 'string' ? { body: JSON.parse(body) as Json } : {}),
    };
  });
}
