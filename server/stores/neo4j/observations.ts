import type { Json } from '../../model/json.ts';
import type { Observation } from '../state/state-store.ts';
import type { Database, Row } from './database.ts';
import { keyOf } from './keys.ts';
import { SEP } from './schema.ts';

/** How long a batch of observations is remembered so that it counts once: nobody sends one again after half a year. */
const batchesKeptMs = 180 * 86_400_000;

/** Adds observations up per day; a batch counts once. */
export async function observe(database: Database, batch: string, observations: readonly Observation[]): Promise<void> {
  const now = database.clock.now();
  await database.write(async (transaction) => {
    await transaction.run('MATCH (b:ObservedBatch) WHERE b.at <= $at WITH b LIMIT 50 DELETE b', {
      at: new Date(now - batchesKeptMs).toISOString(),
    });
    const [known] = await transaction.run(
      `MERGE (b:ObservedBatch {batch: $batch}) ON CREATE SET b.at = $at, b.isNew = true
       WITH b, b.isNew AS isNew SET b.isNew = null RETURN isNew`,
      { batch, at: new Date(now).toISOString() },
    );
    if (known?.['isNew'] !== true) return;
    const rows = observations.map(({ uid, measure, day, count, last, body }) => ({
      key: keyOf(uid, measure, day),
      uid,
      measure,
      day,
      count,
      last,
      body: body === undefined ? null : JSON.stringify(body),
    }));
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
