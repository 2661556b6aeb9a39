import { LexlineError } from '../../base/errors.ts';
import type { Json } from '../../model/json.ts';
import type { Page, PageRequest } from '../page.ts';
import type { StagedDocument, StateLease, StateStore } from '../state/state-store.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { whole, type Database } from './database.ts';
import { keyOf } from './keys.ts';
import { forgetBatches, observe, readObservations } from './observations.ts';
import { SEP } from './schema.ts';
import { countRecords, getRecords, listRecords, putRecords } from './state-records.ts';

/** Nodes that one transaction writes or removes. */
const nodesAtOnce = 5000;

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
    observe: (batches) => observe(database, batches),
    forgetBatches: (ids) => forgetBatches(database, ids),
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
    // Also when it has run out: nobody took it meanwhile, so nothing happened that its token would have to tell apart.
    const mine = row?.['holder'] === holder;
    if (!mine && typeof row?.['holder'] === 'string' && Number(row['expires']) > now) return null;
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
