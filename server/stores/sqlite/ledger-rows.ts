import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { canonicalJson, type Json } from '../../model/json.ts';
import type { LedgerBatch, LedgerCheck, LedgerEntry, LedgerFilter, LedgerRecord } from '../ledger/ledger.ts';
import type { Page, PageRequest } from '../page.ts';
import { transaction, type Connection } from './prepared.ts';
import { fromCursor, pageOf, type Row } from './rows.ts';

const sha256 = (...parts: readonly (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Merkle tree root as RFC 6962 builds it: leaves prefixed with 0x00, inner nodes with 0x01, so that one cannot pass for the other. */
export function merkleRoot(leaves: readonly string[]): string {
  let level: Buffer[] = leaves.map((leaf) => sha256(Buffer.of(0), leaf));
  if (level.length === 0) return sha256('').toString('hex');
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] ?? Buffer.alloc(0);
      const right = level[i + 1];
      next.push(right === undefined ? left : sha256(Buffer.of(1), left, right));
    }
    level = next;
  }
  return (level[0] ?? Buffer.alloc(0)).toString('hex');
}

function leafOf(seq: number, entry: LedgerEntry): string {
  return canonicalJson({
    seq,
    kind: entry.kind,
    actor: entry.actor,
    at: entry.at,
    subject: entry.subject,
    body: entry.body,
  });
}

function batchHash(batch: Omit<LedgerBatch, 'hash'>): string {
  return sha256(canonicalJson({ ...batch })).toString('hex');
}

function toBatch(row: Row): LedgerBatch {
  return {
    batch: Number(row['batch']),
    at: String(row['at']),
    firstSeq: Number(row['first_seq']),
    lastSeq: Number(row['last_seq']),
    root: String(row['root']),
    previousHash: String(row['previous_hash']),
    hash: String(row['hash']),
    revision: row['revision'] === null ? null : Number(row['revision']),
  };
}

function toRecord(row: Row): LedgerRecord {
  const kind = row['actor_kind'];
  return {
    seq: Number(row['seq']),
    batch: Number(row['batch']),
    kind: String(row['kind']),
    actor: { kind: kind === 'person' || kind === 'key' ? kind : 'process', id: String(row['actor']) },
    at: String(row['at']),
    subject: row['subject'] === null ? null : String(row['subject']),
    body: JSON.parse(String(row['body'])) as Json,
  };
}

/** Writes one batch; the caller holds the transaction. */
export function appendBatch(
  connection: Connection,
  at: string,
  entries: readonly LedgerEntry[],
  revision: number | null,
): LedgerBatch {
  const last = connection.sql('SELECT batch, last_seq, hash FROM ledger_batch ORDER BY batch DESC LIMIT 1').get();
  const batch = Number(last?.['batch'] ?? 0) + 1;
  const firstSeq = Number(last?.['last_seq'] ?? 0) + 1;
  const insert = connection.sql(
    'INSERT INTO ledger_entry(seq, batch, kind, actor_kind, actor, at, subject, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const leaves = entries.map((entry, index) => {
    insert.run(
      firstSeq + index,
      batch,
      entry.kind,
      entry.actor.kind,
      entry.actor.id,
      entry.at,
      entry.subject,
      canonicalJson(entry.body),
    );
    return leafOf(firstSeq + index, entry);
  });
  const body = {
    batch,
    at,
    firstSeq,
    lastSeq: firstSeq + entries.length - 1,
    root: merkleRoot(leaves),
    previousHash: last === undefined ? '' : String(last['hash']),
    revision,
  };
  const hash = batchHash(body);
  connection
    .sql(
      'INSERT INTO ledger_batch(batch, at, first_seq, last_seq, root, previous_hash, hash, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(batch, at, body.firstSeq, body.lastSeq, body.root, body.previousHash, hash, revision);
  return { ...body, hash };
}

export function appendEntries(connection: Connection, clock: Clock, entries: readonly LedgerEntry[]): LedgerBatch {
  return transaction(connection, () => appendBatch(connection, new Date(clock.now()).toISOString(), entries, null));
}

export function readEntries(connection: Connection, filter: LedgerFilter, page: PageRequest): Page<LedgerRecord> {
  const after = page.after === undefined ? 0 : Number(fromCursor(page.after, 1)[0]);
  const conditions = ['seq > ?'];
  const values: (string | number)[] = [after];
  const add = (condition: string, value: string | undefined) => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  add('kind = ?', filter.kind);
  add('subject = ?', filter.subject);
  add('actor = ?', filter.actor);
  add('at >= ?', filter.since);
  add('at <= ?', filter.until);
  const rows = connection
    .sql(`SELECT * FROM ledger_entry WHERE ${conditions.join(' AND ')} ORDER BY seq LIMIT ?`)
    .all(...values, page.first + 1);
  return pageOf(rows, page.first, toRecord, (row) => [row['seq']]);
}

export function readBatches(connection: Connection, page: PageRequest): Page<LedgerBatch> {
  const after = page.after === undefined ? 0 : Number(fromCursor(page.after, 1)[0]);
  const rows = connection
    .sql('SELECT * FROM ledger_batch WHERE batch > ? ORDER BY batch LIMIT ?')
    .all(after, page.first + 1);
  return pageOf(rows, page.first, toBatch, (row) => [row['batch']]);
}

/** Recomputes the chain from its start and names the first thing that does not hold. */
export function verifyLedger(connection: Connection): LedgerCheck {
  let previousHash = '';
  let expectedSeq = 1;
  let batches = 0;
  const broken = (batch: number, seq: number | null, what: string): LedgerCheck => ({
    intact: false,
    batch,
    seq,
    what,
  });
  for (const row of connection.sql('SELECT * FROM ledger_batch ORDER BY batch').iterate()) {
    const { hash, ...body } = toBatch(row);
    batches += 1;
    if (body.batch !== batches) return broken(batches, null, `batch ${batches} is missing`);
    if (body.previousHash !== previousHash) return broken(body.batch, null, 'does not continue the batch before it');
    const entries = connection
      .sql('SELECT * FROM ledger_entry WHERE batch = ? ORDER BY seq')
      .all(body.batch)
      .map(toRecord);
    for (const [index, entry] of entries.entries())
      if (entry.seq !== expectedSeq + index)
        return broken(body.batch, expectedSeq + index, 'an entry is missing or out of order');
    if (entries.length !== body.lastSeq - body.firstSeq + 1 || body.firstSeq !== expectedSeq)
      return broken(body.batch, null, 'the number of entries is not what the batch says');
    if (merkleRoot(entries.map((entry) => leafOf(entry.seq, entry))) !== body.root)
      return broken(body.batch, null, 'an entry of the batch was changed');
    if (batchHash(body) !== hash) return broken(body.batch, null, 'the batch record was changed');
    previousHash = hash;
    expectedSeq = body.lastSeq + 1;
  }
  const stray = connection
    .sql('SELECT batch, seq FROM ledger_entry WHERE seq >= ? ORDER BY seq LIMIT 1')
    .get(expectedSeq);
  if (stray !== undefined)
    return broken(Number(stray['batch']), Number(stray['seq']), 'an entry stands outside the chain');
  return { intact: true, batches, entries: expectedSeq - 1, head: previousHash === '' ? null : previousHash };
}
