import type { Clock } from '../../base/clock.ts';
import { LexlineError } from '../../base/errors.ts';
import type { Json } from '../../model/json.ts';
import type { Page, PageRequest } from '../page.ts';
import type { StagedDocument, StateLease, StateRecord } from '../state/state-store.ts';
import { transaction, type Connection } from './prepared.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { type Row } from './rows.ts';

export function acquireLease(
  connection: Connection,
  clock: Clock,
  name: string,
  holder: string,
  ttlMs: number,
): StateLease | null {
  return transaction(connection, () => {
    const now = clock.now();
    const row = connection.sql('SELECT * FROM state_lease WHERE name = ?').get(name);
    // Also when it has run out: nobody took it meanwhile, so nothing happened that its token would have to tell apart.
    const mine = row?.['holder'] === holder;
    if (row !== undefined && !mine && row['holder'] !== null && Number(row['expires']) > now) return null;
    const token = row === undefined ? 1 : Number(row['token']) + (mine ? 0 : 1);
    connection
      .sql(
        'INSERT INTO state_lease(name, holder, token, expires) VALUES (?, ?, ?, ?) ON CONFLICT(name) DO UPDATE SET holder = excluded.holder, token = excluded.token, expires = excluded.expires',
      )
      .run(name, holder, token, now + ttlMs);
    return { name, holder, token, expiresAt: new Date(now + ttlMs).toISOString() };
  });
}

export function releaseLease(connection: Connection, lease: StateLease): void {
  transaction(connection, () =>
    connection
      .sql('UPDATE state_lease SET holder = NULL, expires = 0 WHERE name = ? AND holder = ? AND token = ?')
      .run(lease.name, lease.holder, lease.token),
  );
}

export function stageDocuments(connection: Connection, run: string, documents: readonly StagedDocument[]): void {
  transaction(connection, () => {
    const statement = connection.sql(
      'INSERT OR REPLACE INTO staged(run, key, scope, digest, body) VALUES (?, ?, ?, ?, ?)',
    );
    for (const document of documents)
      statement.run(run, document.key, document.scope, document.digest, JSON.stringify(document.body));
  });
}

export function readStaged(
  connection: Connection,
  run: string,
  scope: string | undefined,
  page: PageRequest,
): Page<StagedDocument> {
  const after = page.after === undefined ? '' : String(fromCursor(page.after, 1)[0]);
  const rows = connection
    .sql('SELECT * FROM staged WHERE run = ? AND (? IS NULL OR scope = ?) AND key > ? ORDER BY key LIMIT ?')
    .all(run, scope ?? null, scope ?? null, after, limitOf(page));
  return pageOf(
    rows,
    page.first,
    (row) => ({
      key: String(row['key']),
      scope: String(row['scope']),
      digest: String(row['digest']),
      body: JSON.parse(String(row['body'])) as Json,
    }),
    (row) => [row['key']],
  );
}

export function unstageRun(connection: Connection, run: string): void {
  for (;;) {
    const { changes } = transaction(connection, () =>
      connection
        .sql('DELETE FROM staged WHERE run = ? AND key IN (SELECT key FROM staged WHERE run = ? LIMIT 5000)')
        .run(run, run),
    );
    if (Number(changes) === 0) return;
  }
}

function toRecord(row: Row): StateRecord {
  return {
    key: String(row['key']),
    body: JSON.parse(String(row['body'])) as Json,
    updatedAt: String(row['updated_at']),
  };
}

export function putRecord(
  connection: Connection,
  clock: Clock,
  kind: string,
  key: string,
  body: Json,
  expiresAt?: string,
): void {
  const now = new Date(clock.now()).toISOString();
  transaction(connection, () => {
    connection
      .sql(
        'DELETE FROM state_record WHERE seq IN (SELECT seq FROM state_record WHERE expires IS NOT NULL AND expires <= ? LIMIT 50)',
      )
      .run(now);
    connection
      .sql('INSERT OR REPLACE INTO state_record(kind, key, body, updated_at, expires) VALUES (?, ?, ?, ?, ?)')
      .run(kind, key, JSON.stringify(body), now, expiresAt ?? null);
  });
}

export function getRecord(connection: Connection, clock: Clock, kind: string, key: string): Json | null {
  const row = connection
    .sql('SELECT body FROM state_record WHERE kind = ? AND key = ? AND (expires IS NULL OR expires > ?)')
    .get(kind, key, new Date(clock.now()).toISOString());
  return row === undefined ? null : (JSON.parse(String(row['body'])) as Json);
}

export function listRecords(
  connection: Connection,
  clock: Clock,
  kind: string,
  page: PageRequest & { readonly prefix?: string; readonly newest?: boolean },
): Page<StateRecord> {
  const now = new Date(clock.now()).toISOString();
  const prefix = page.prefix ?? '';
  const common = 'kind = ? AND (expires IS NULL OR expires > ?) AND substr(key, 1, ?) = ?';
  const values = [kind, now, Array.from(prefix).length, prefix];
  if (page.newest === true) {
    const below = page.after === undefined ? Number.MAX_SAFE_INTEGER : Number(fromCursor(page.after, 1)[0]);
    const rows = connection
      .sql(`SELECT * FROM state_record WHERE ${common} AND seq < ? ORDER BY seq DESC LIMIT ?`)
      .all(...values, below, limitOf(page));
    return pageOf(rows, page.first, toRecord, (row) => [row['seq']]);
  }
  const after = page.after === undefined ? '' : String(fromCursor(page.after, 1)[0]);
  const rows = connection
    .sql(`SELECT * FROM state_record WHERE ${common} AND key > ? ORDER BY key LIMIT ?`)
    .all(...values, after, limitOf(page));
  return pageOf(rows, page.first, toRecord, (row) => [row['key']]);
}

export function removeRecord(connection: Connection, kind: string, key: string): void {
  transaction(connection, () => connection.sql('DELETE FROM state_record WHERE kind = ? AND key = ?').run(kind, key));
}

const chunkLimit = 1024 * 1024;

export function putChunk(connection: Connection, artefact: string, index: number, bytes: Uint8Array): void {
  if (bytes.byteLength > chunkLimit)
    throw new LexlineError(
      'INPUT_INVALID',
      `[stores] a chunk of ${bytes.byteLength} bytes; the limit is ${chunkLimit}`,
    );
  transaction(connection, () =>
    connection
      .sql('INSERT OR REPLACE INTO chunk(artefact, position, bytes) VALUES (?, ?, ?)')
      .run(artefact, index, bytes),
  );
}

export function readChunk(connection: Connection, artefact: string, index: number): Uint8Array | null {
  const bytes = connection.sql('SELECT bytes FROM chunk WHERE artefact = ? AND position = ?').get(artefact, index)?.[
    'bytes'
  ];
  return bytes instanceof Uint8Array ? bytes : null;
}

export function removeArtefact(connection: Connection, artefact: string): void {
  transaction(connection, () => connection.sql('DELETE FROM chunk WHERE artefact = ?').run(artefact));
}
