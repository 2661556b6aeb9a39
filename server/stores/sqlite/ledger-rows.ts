import type { Clock } from '../../base/clock.ts';
import { LexlineError } from '../../base/errors.ts';
import { canonicalJson, type Json } from '../../model/json.ts';
import type { LedgerBatch, LedgerCheck, LedgerEntry, LedgerFilter, LedgerRecord } from '../ledger/ledger.ts';
import { batchHash, leafHash, merkleRoot, type Broken } from '../ledger/chain.ts';
import { entryTime } from '../ledger/entry-time.ts';
import type { Page, PageRequest } from '../page.ts';
import { transaction, type Connection } from './prepared.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { type Row } from './rows.ts';

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

/** A row of the ledger as the entry that it is. */
export function toRecord(row: Row): LedgerRecord {
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
    'INSERT INTO ledger_entry(seq, batch, kind, actor_kind, actor, at, subject, body, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const leaves = entries.map((entry, index) => {
    const leaf = leafHash({ ...entry, seq: firstSeq + index });
    insert.run(
      firstSeq + index,
      batch,
      entry.kind,
      entry.actor.kind,
      entry.actor.id,
      entry.at,
      entry.subject,
      canonicalJson(entry.body),
      leaf,
    );
    return leaf;
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
  if (entries.length === 0) throw new LexlineError('INPUT_INVALID', '[stores/ledger] a batch of no entries');
  return transaction(connection, () => appendBatch(connection, new Date(clock.now()).toISOString(), entries, null));
}

export function readEntries(connection: Connection, filter: LedgerFilter, page: PageRequest): Page<LedgerRecord> {
  const { newestFirst = false } = filter;
  const start = newestFirst ? Number.MAX_SAFE_INTEGER : 0;
  const after = page.after === undefined ? start : Number(fromCursor(page.after, 1)[0]);
  const conditions = [newestFirst ? 'seq < ?' : 'seq > ?'];
  const values: (string | number)[] = [after];
  const add = (condition: string, value: string | undefined) => {
    if (value === undefined) return;
    conditions.push(condition);
    values.push(value);
  };
  add('kind = ?', filter.kind);
  add('subject = ?', filter.subject);
  add('actor = ?', filter.actor);
  add('at >= ?', entryTime(filter.since));
  add('at <= ?', entryTime(filter.until));
  const rows = connection
    .sql(
      `SELECT * FROM ledger_entry WHERE ${conditions.join(' AND ')} ORDER BY seq ${newestFirst ? 'DESC' : 'ASC'} LIMIT ?`,
    )
    .all(...values, limitOf(page));
  return pageOf(rows, page.first, toRecord, (row) => [row['seq']]);
}

export function readBatches(connection: Connection, page: PageRequest): Page<LedgerBatch> {
  const after = page.after === undefined ? 0 : Number(fromCursor(page.after, 1)[0]);
  const rows = connection
    .sql('SELECT * FROM ledger_batch WHERE batch > ? ORDER BY batch LIMIT ?')
    .all(after, limitOf(page));
  return pageOf(rows, page.first, toBatch, (row) => [row['batch']]);
}

/** The hashes of a batch's entries, or what is wrong with the first that does not hold. */
function leavesOf(connection: Connection, { batch, firstSeq, lastSeq }: LedgerBatch): readonly string[] | Broken {
  const leaves: string[] = [];
  const rows = connection.sql('SELECT * FROM ledger_entry WHERE seq BETWEEN ? AND ? ORDER BY seq');
  for (const row of rows.iterate(firstSeq, lastSeq)) {
    const record = toRecord(row);
    const expected = firstSeq + leaves.length;
    if (record.seq !== expected) return { seq: expected, what: 'an entry is missing' };
    const leaf = leafHash(record);
    if (leaf !== row['leaf'] || record.batch !== batch) return { seq: record.seq, what: 'the entry was changed' };
    leaves.push(leaf);
  }
  const next = firstSeq + leaves.length;
  return next === lastSeq + 1 ? leaves : { seq: next, what: 'an entry is missing' };
}

function flawOf(connection: Connection, batch: LedgerBatch, previous: LedgerBatch | null): Broken | null {
  const { hash, ...body } = batch;
  if (batch.batch !== (previous?.batch ?? 0) + 1) return { seq: null, what: 'the batch before it is missing' };
  if (batch.previousHash !== (previous?.hash ?? ''))
    return { seq: null, what: 'it does not continue the batch before it' };
  if (batchHash(body) !== hash) return { seq: null, what: 'the batch record was changed' };
  if (batch.firstSeq !== (previous?.lastSeq ?? 0) + 1 || batch.lastSeq < batch.firstSeq)
    return { seq: null, what: 'its entries do not follow those of the batch before it' };
  const leaves = leavesOf(connection, batch);
  if ('what' in leaves) return leaves;
  return merkleRoot(leaves) === batch.root ? null : { seq: null, what: 'an entry of the batch was changed' };
}

/**
 * Recomputes the chain from its start and names the first thing that does not hold. An entry is named where its own hash was
 * left as it was; where that was changed too, its batch is.
 */
export function verifyLedger(connection: Connection): LedgerCheck {
  let previous: LedgerBatch | null = null;
  for (const row of connection.sql('SELECT * FROM ledger_batch ORDER BY batch').all()) {
    const batch = toBatch(row);
    const flaw = flawOf(connection, batch, previous);
    if (flaw !== null) return { intact: false, batch: batch.batch, ...flaw };
    previous = batch;
  }
  const entries = previous?.lastSeq ?? 0;
  const stray = connection.sql('SELECT batch, seq FROM ledger_entry WHERE seq > ? ORDER BY seq LIMIT 1').get(entries);
  if (stray !== undefined)
    return {
      intact: false,
      batch: Number(stray['batch']),
      seq: Number(stray['seq']),
      what: 'an entry stands outside the chain',
    };
  return { intact: true, batches: previous?.batch ?? 0, entries, head: previous?.hash ?? null };
}
