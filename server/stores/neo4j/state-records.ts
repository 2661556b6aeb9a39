import type { Json } from '../../model/json.ts';
import type { Page, PageRequest } from '../page.ts';
import type { StateEntry, StateRecord } from '../state/state-store.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { whole, type Database, type Row, type Transaction } from './database.ts';
import { keyOf } from './keys.ts';
import { SEP } from './schema.ts';

/** Writes records, each as the newest of all; what has expired goes by the way. */
export async function putRecords(
  transaction: Transaction,
  kind: string,
  records: readonly StateEntry[],
  now: string,
  expires: string | null,
): Promise<void> {
  await transaction.run('MATCH (r:StateRecord) WHERE r.expires <= $now WITH r LIMIT 50 DELETE r', { now });
  const distinct = [...new Map(records.map((record) => [record.key, record])).values()];
  const [counter] = await transaction.run(
    'MATCH (c:StateCounter {one: 1}) SET c.seq = c.seq + $count RETURN c.seq - $count AS first',
    { count: whole(distinct.length) },
  );
  await transaction.run(
    `UNWIND range(0, size($rows) - 1) AS i WITH i, $rows[i] AS row
     MERGE (r:StateRecord {place: row[0]})
     SET r.kind = $kind, r.key = row[1], r.body = row[2], r.updatedAt = $now, r.expires = $expires, r.seq = $first + i + 1`,
    {
      rows: distinct.map(({ key, body }) => [keyOf(kind, key), key, JSON.stringify(body)]),
      kind,
      now,
      expires,
      first: whole(Number(counter?.['first'] ?? 0)),
    },
  );
}

/** Has a record's time not run out? */
const isKept = '(r.expires IS NULL OR r.expires > $now)';

/** The bodies of keys in their order, null where there is none. */
export async function getRecords(
  database: Database,
  kind: string,
  keys: readonly string[],
  now: string,
): Promise<(Json | null)[]> {
  const places = keys.map((key) => keyOf(kind, key));
  const rows = await database.read((transaction) =>
    transaction.run(
      `UNWIND $places AS place MATCH (r:StateRecord {place: place}) WHERE ${isKept} RETURN place, r.body AS body`,
      { places: [...new Set(places)], now },
    ),
  );
  const found = new Map(rows.map((row) => [row['place'], String(row['body'])]));
  return places.map((place) => {
    const body = found.get(place);
    return body === undefined ? null : (JSON.parse(body) as Json);
  });
}

/** How many records of a kind there are. */
export async function countRecords(database: Database, kind: string, now: string): Promise<number> {
  const [row] = await database.read((transaction) =>
    transaction.run(`MATCH (r:StateRecord {kind: $kind}) WHERE r.seq > 0 AND ${isKept} RETURN count(*) AS number`, {
      kind,
      now,
    }),
  );
  return Number(row?.['number'] ?? 0);
}

/** By key in code point order, or newest first. */
export async function listRecords(
  database: Database,
  kind: string,
  page: PageRequest & { readonly prefix?: string; readonly newest?: boolean },
  now: string,
): Promise<Page<StateRecord>> {
  const limit = limitOf(page);
  const after = page.after === undefined ? null : (fromCursor(page.after, 1)[0] ?? null);
  const columns = 'r.key AS key, r.body AS body, r.updatedAt AS updatedAt, r.place AS place, r.seq AS seq';
  const text =
    page.newest === true
      ? `MATCH (r:StateRecord {kind: $kind}) WHERE r.seq < $below AND r.key STARTS WITH $prefix AND ${isKept}
         RETURN ${columns} ORDER BY r.seq DESC LIMIT $limit`
      : `MATCH (r:StateRecord) WHERE r.place STARTS WITH $place AND r.place > $after AND r.key STARTS WITH $prefix AND ${isKept}
         RETURN ${columns} ORDER BY r.place LIMIT $limit`;
  const prefix = page.prefix ?? '';
  const rows = await database.read((transaction) =>
    transaction.run(text, {
      kind,
      prefix,
      place: `${kind}${SEP}${prefix.slice(0, 500)}`,
      now,
      after: after === null ? '' : String(after),
      below: whole(after === null ? Number.MAX_SAFE_INTEGER : Number(after)),
      limit: whole(limit),
    }),
  );
  return pageOf(rows, page.first, toRecord, (row) => [page.newest === true ? row['seq'] : row['place']]);
}

function toRecord(row: Row): StateRecord {
  return {
    key: String(row['key']),
    body: JSON.parse(String(row['body'])) as Json,
    updatedAt: String(row['updatedAt']),
  };
}
