import { LexlineError } from '../../base/errors.ts';
import type { Json } from '../../model/json.ts';
import type { Page, PageRequest } from '../page.ts';
import type {
  Observation,
  StagedDocument,
  StateEntry,
  StateLease,
  StateRecord,
  StateStore,
} from '../state/state-store.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { whole, type Database, type Row, type Transaction } from './database.ts';
import { keyOf } from './keys.ts';
import { SEP } from './schema.ts';

/** Nodes that one transaction writes or removes. */
const nodesAtOnce = 5000;

/** How long a batch of observations is remembered so that it counts once: nobody sends one again after half a year. */
const batchesKeptMs = 180 * 86_400_000;

const chunkLimit = 1024 * 1024;

export function createStateStore(database: Database): StateStore {
  const now = () => new Date(database.clock.now()).toISOString();
  const run = async (text: string, parameters: Readonly<Record<string, unknown>>) => {
    await database.write((transaction) => transaction.run(text, parameters));
  };
  return {
    acquire: (name, holder, ttlMs) => acquire(database, name, holder, ttlMs),
    release: ({ name, holder, token }) =>
      run(
        `MATCH (l:StateLease {name: $name}) SET l.lock = true WITH l WHERE l.holder = $holder AND l.token = $token
         SET l.holder = null, l.expires = 0`,
        { name, holder, token: whole(token) },
      ),
    stage: (run_, documents) => stage(database, run_, documents),
    staged: (run_, scope, page) => readStaged(database, run_, scope, page),
    unstage: (run_) =>
      repeatedly(database, 'MATCH (s:Staged) WHERE s.place STARTS WITH $prefix', 's', { prefix: `${run_}${SEP}` }),
    put: (kind, key, body, expires) =>
      database.write((transaction) => putRecords(transaction, kind, [{ key, body }], now(), expires ?? null)),
    putAll: async (kind, records) => {
      if (records.length > 0)
        await database.write((transaction) => putRecords(transaction, kind, records, now(), null));
    },
    async get(kind, key) {
      const [body = null] = await getRecords(database, kind, [key], now());
      return body;
    },
    getAll: (kind, keys) => getRecords(database, kind, keys, now()),
    list: (kind, page) => listRecords(database, kind, page, now()),
    remove: (kind, key) => run('MATCH (r:StateRecord {place: $place}) DELETE r', { place: keyOf(kind, key) }),
    removeAll: (kind, keys) =>
      run('UNWIND $places AS place MATCH (r:StateRecord {place: place}) DELETE r', {
        places: keys.map((key) => keyOf(kind, key)),
      }),
    count: (kind) => countRecords(database, kind, now()),
    async putChunk(artefact, index, bytes) {
      if (bytes.byteLength > chunkLimit)
        throw new LexlineError(
          'INPUT_INVALID',
          `[stores] a chunk of ${bytes.byteLength} bytes; the limit is ${chunkLimit}`,
        );
      await run('MERGE (c:Chunk {key: $key}) SET c.bytes = $bytes', {
        key: keyOf(artefact, index),
        bytes: Int8Array.from(bytes),
      });
    },
    async chunk(artefact, index) {
      const [row] = await database.read((transaction) =>
        transaction.run('MATCH (c:Chunk {key: $key}) RETURN c.bytes AS bytes', { key: keyOf(artefact, index) }),
      );
      const bytes = row?.['bytes'];
      return bytes instanceof Int8Array ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : null;
    },
    removeArtefact: (artefact) =>
      repeatedly(database, 'MATCH (c:Chunk) WHERE c.key STARTS WITH $prefix', 'c', { prefix: `${artefact}${SEP}` }),
    observe: (batch, observations) => observe(database, batch, observations),
    observations: (uids, measure) => readObservations(database, uids, measure),
  };
}

/** Deletes what a pattern finds, some at a time. */
async function repeatedly(
  database: Database,
  pattern: string,
  name: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (;;) {
    const [row] = await database.write((transaction) =>
      transaction.run(`${pattern} WITH ${name} LIMIT $limit DELETE ${name} RETURN count(*) AS gone`, {
        ...parameters,
        limit: whole(nodesAtOnce),
      }),
    );
    if (Number(row?.['gone'] ?? 0) < nodesAtOnce) return;
  }
}

/** Locks the lease first, then reads it. Time is the server's: processes on several machines agree on no other. */
function acquire(database: Database, name: string, holder: string, ttlMs: number): Promise<StateLease | null> {
  return database.write(async (transaction) => {
    await transaction.run(
      'MERGE (l:StateLease {name: $name}) ON CREATE SET l.token = 0, l.expires = 0 SET l.lock = true',
      { name },
    );
    const [row] = await transaction.run(
      'MATCH (l:StateLease {name: $name}) RETURN l.holder AS holder, l.token AS token, l.expires AS expires, timestamp() AS now',
      { name },
    );
    const now = Number(row?.['now']);
    const isHeld = typeof row?.['holder'] === 'string' && Number(row['expires']) > now;
    const mine = isHeld && row['holder'] === holder;
    if (isHeld && !mine) return null;
    const token = Number(row?.['token']) + (mine ? 0 : 1);
    await transaction.run(
      'MATCH (l:StateLease {name: $name}) SET l.holder = $holder, l.token = $token, l.expires = $expires',
      {
        name,
        holder,
        token: whole(token),
        expires: whole(now + ttlMs),
      },
    );
    return { name, holder, token, expiresAt: new Date(now + ttlMs).toISOString() };
  });
}

async function stage(database: Database, run: string, documents: readonly StagedDocument[]): Promise<void> {
  for (let at = 0; at < documents.length; at += nodesAtOnce) {
    const rows = documents.slice(at, at + nodesAtOnce).map(({ key, scope, digest, body }) => ({
      place: keyOf(run, key),
      scopePlace: keyOf(run, scope, key),
      members: { key, scope, digest, body: JSON.stringify(body) },
    }));
    await database.write((transaction) =>
      transaction.run(
        'UNWIND $rows AS row MERGE (s:Staged {place: row.place}) SET s += row.members, s.scopePlace = row.scopePlace',
        { rows },
      ),
    );
  }
}

async function readStaged(
  database: Database,
  run: string,
  scope: string | undefined,
  page: PageRequest,
): Promise<Page<StagedDocument>> {
  const limit = limitOf(page);
  const after = page.after === undefined ? '' : String(fromCursor(page.after, 1)[0]);
  const column = scope === undefined ? 'place' : 'scopePlace';
  const prefix = `${scope === undefined ? run : keyOf(run, scope)}${SEP}`;
  const rows = await database.read((transaction) =>
    transaction.run(
      `MATCH (s:Staged) WHERE s.${column} STARTS WITH $prefix AND s.${column} > $after
       RETURN s.key AS key, s.scope AS scope, s.digest AS digest, s.body AS body, s.${column} AS place ORDER BY s.${column} LIMIT $limit`,
      { prefix, after, limit: whole(limit) },
    ),
  );
  return pageOf(
    rows,
    page.first,
    (row) => ({
      key: String(row['key']),
      scope: String(row['scope']),
      digest: String(row['digest']),
      body: JSON.parse(String(row['body'])) as Json,
    }),
    (row) => [row['place']],
  );
}

/** Writes records, each as the newest of all; what has expired goes by the way. */
async function putRecords(
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

const isKept = '(r.expires IS NULL OR r.expires > $now)';

async function getRecords(
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

async function countRecords(database: Database, kind: string, now: string): Promise<number> {
  const [row] = await database.read((transaction) =>
    transaction.run(`MATCH (r:StateRecord {kind: $kind}) WHERE r.seq > 0 AND ${isKept} RETURN count(*) AS number`, {
      kind,
      now,
    }),
  );
  return Number(row?.['number'] ?? 0);
}

async function listRecords(
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

async function observe(database: Database, batch: string, observations: readonly Observation[]): Promise<void> {
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

async function readObservations(
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
