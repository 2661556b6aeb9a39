import { LexlineError } from '../../base/errors.ts';
import { canonicalJson, type Json } from '../../model/json.ts';
import { batchHash, leafHash, merkleRoot, type Broken } from '../ledger/chain.ts';
import { entryTime } from '../ledger/entry-time.ts';
import type { Ledger, LedgerBatch, LedgerCheck, LedgerEntry, LedgerFilter, LedgerRecord } from '../ledger/ledger.ts';
import type { Page, PageRequest } from '../page.ts';
import { fromCursor, limitOf, pageOf, toCursor } from '../cursor.ts';
import { whole, type Database, type Row, type Transaction } from './database.ts';
import { actorOf } from './head.ts';

/** Entries that one statement writes or one page of a check reads. */
const entriesAtOnce = 5000;

export function createLedger(database: Database): Ledger {
  return {
    async append(entries) {
      if (entries.length === 0) throw new LexlineError('INPUT_INVALID', '[stores/ledger] a batch of no entries');
      const at = new Date(database.clock.now()).toISOString();
      return database.write((transaction) => appendBatch(transaction, at, entries, null));
    },
    read: (filter, page) => readEntries(database, filter, page),
    batches: (page) => readBatches(database, page),
    verify: () => verifyLedger(database),
  };
}

/** Writes one batch in the caller's transaction, after the lock that all who append take. */
export async function appendBatch(
  transaction: Transaction,
  at: string,
  entries: readonly LedgerEntry[],
  revision: number | null,
): Promise<LedgerBatch> {
  await transaction.run('MATCH (l:LedgerHead {one: 1}) SET l.lock = true');
  const [last] = await transaction.run(
    'MATCH (b:LedgerBatch) WHERE b.batch > 0 RETURN properties(b) AS batch ORDER BY b.batch DESC LIMIT 1',
  );
  const previous = last === undefined ? null : toBatch(last['batch'] as Row);
  const batch = (previous?.batch ?? 0) + 1;
  const firstSeq = (previous?.lastSeq ?? 0) + 1;
  const leaves = entries.map((entry, index) => leafHash({ ...entry, seq: firstSeq + index }));
  for (let from = 0; from < entries.length; from += entriesAtOnce) {
    const rows = entries
      .slice(from, from + entriesAtOnce)
      .map(({ kind, actor, at: when, subject, body }, i) => [
        kind,
        actor.kind,
        actor.id,
        when,
        subject,
        canonicalJson(body),
        leaves[from + i],
      ]);
    await transaction.run(
      `UNWIND range(0, size($rows) - 1) AS i WITH i, $rows[i] AS row
       CREATE (l:LedgerEntry {seq: $first + i, batch: $batch, kind: row[0], actorKind: row[1], actor: row[2], at: row[3],
         subject: row[4], body: row[5], leaf: row[6]})`,
      { rows, first: whole(firstSeq + from), batch: whole(batch) },
    );
  }
  const body = {
    batch,
    at,
    firstSeq,
    lastSeq: firstSeq + entries.length - 1,
    root: merkleRoot(leaves),
    previousHash: previous?.hash ?? '',
    revision,
  };
  const made = { ...body, hash: batchHash(body) };
  await transaction.run('CREATE (b:LedgerBatch) SET b = $made', {
    made: {
      ...made,
      batch: whole(batch),
      firstSeq: whole(firstSeq),
      lastSeq: whole(body.lastSeq),
      revision: revision === null ? null : whole(revision),
    },
  });
  return made;
}

function toBatch(row: Row): LedgerBatch {
  return {
    batch: Number(row['batch']),
    at: String(row['at']),
    firstSeq: Number(row['firstSeq']),
    lastSeq: Number(row['lastSeq']),
    root: String(row['root']),
    previousHash: String(row['previousHash']),
    hash: String(row['hash']),
    revision: typeof row['revision'] === 'number' ? row['revision'] : null,
  };
}

function toRecord(row: Row): LedgerRecord {
  return {
    seq: Number(row['seq']),
    batch: Number(row['batch']),
    kind: String(row['kind']),
    actor: actorOf(row['actorKind'], row['actor']),
    at: String(row['at']),
    subject: typeof row['subject'] === 'string' ? row['subject'] : null,
    body: JSON.parse(String(row['body'])) as Json,
  };
}

async function readEntries(database: Database, filter: LedgerFilter, page: PageRequest): Promise<Page<LedgerRecord>> {
  const limit = limitOf(page);
  const { newestFirst = false } = filter;
  const start = newestFirst ? Number.MAX_SAFE_INTEGER : 0;
  const after = page.after === undefined ? start : Number(fromCursor(page.after, 1)[0]);
  const since = entryTime(filter.since);
  const until = entryTime(filter.until);
  const conditions = [
    newestFirst ? 'l.seq < $after' : 'l.seq > $after',
    ...(filter.kind === undefined ? [] : ['l.kind = $kind']),
    ...(filter.subject === undefined ? [] : ['l.subject = $subject']),
    ...(filter.actor === undefined ? [] : ['l.actor = $actor']),
    ...(since === undefined ? [] : ['l.at >= $since']),
    ...(until === undefined ? [] : ['l.at <= $until']),
  ];
  const { kind, subject, actor } = filter;
  return database.read(async (transaction) => {
    const rows = await transaction.run(
      `MATCH (l:LedgerEntry) WHERE ${conditions.join(' AND ')} RETURN properties(l) AS entry ORDER BY l.seq ${newestFirst ? 'DESC' : 'ASC'} LIMIT $limit`,
      { kind, subject, actor, since, until, after: whole(after), limit: whole(limit) },
    );
    return pageOf(
      rows.map((row) => row['entry'] as Row),
      page.first,
      toRecord,
      (row) => [row['seq']],
    );
  });
}

async function readBatches(database: Database, page: PageRequest): Promise<Page<LedgerBatch>> {
  const limit = limitOf(page);
  const after = page.after === undefined ? 0 : Number(fromCursor(page.after, 1)[0]);
  return database.read(async (transaction) => {
    const rows = await transaction.run(
      'MATCH (b:LedgerBatch) WHERE b.batch > $after RETURN properties(b) AS batch ORDER BY b.batch LIMIT $limit',
      { after: whole(after), limit: whole(limit) },
    );
    return pageOf(
      rows.map((row) => row['batch'] as Row),
      page.first,
      toBatch,
      (row) => [row['batch']],
    );
  });
}

/** The hashes of a batch's entries, or what is wrong with the first that does not hold. */
async function leavesOf(
  transaction: Transaction,
  { batch, firstSeq, lastSeq }: LedgerBatch,
): Promise<readonly string[] | Broken> {
  const leaves: string[] = [];
  const rows = transaction.stream(
    'MATCH (l:LedgerEntry) WHERE l.seq >= $first AND l.seq <= $last RETURN properties(l) AS entry ORDER BY l.seq',
    { first: whole(firstSeq), last: whole(lastSeq) },
  );
  for await (const row of rows) {
    const entry = row['entry'] as Row;
    const record = toRecord(entry);
    const expected = firstSeq + leaves.length;
    if (record.seq !== expected) return { seq: expected, what: 'an entry is missing' };
    const leaf = leafHash(record);
    if (leaf !== entry['leaf'] || record.batch !== batch) return { seq: record.seq, what: 'the entry was changed' };
    leaves.push(leaf);
  }
  const next = firstSeq + leaves.length;
  return next === lastSeq + 1 ? leaves : { seq: next, what: 'an entry is missing' };
}

async function flawOf(
  transaction: Transaction,
  batch: LedgerBatch,
  previous: LedgerBatch | null,
): Promise<Broken | null> {
  const { hash, ...body } = batch;
  if (batch.batch !== (previous?.batch ?? 0) + 1) return { seq: null, what: 'the batch before it is missing' };
  if (batch.previousHash !== (previous?.hash ?? ''))
    return { seq: null, what: 'it does not continue the batch before it' };
  if (batchHash(body) !== hash) return { seq: null, what: 'the batch record was changed' };
  if (batch.firstSeq !== (previous?.lastSeq ?? 0) + 1 || batch.lastSeq < batch.firstSeq)
    return { seq: null, what: 'its entries do not follow those of the batch before it' };
  const leaves = await leavesOf(transaction, batch);
  if ('what' in leaves) return leaves;
  return merkleRoot(leaves) === batch.root ? null : { seq: null, what: 'an entry of the batch was changed' };
}

/** Recomputes the chain from its start and names the first thing that does not hold. */
async function verifyLedger(database: Database): Promise<LedgerCheck> {
  let previous: LedgerBatch | null = null;
  for (let after = 0; ;) {
    const page: Page<LedgerBatch> = await readBatches(database, {
      first: 1000,
      ...(after === 0 ? {} : { after: toCursor([after]) }),
    });
    for (const batch of page.items) {
      const before: LedgerBatch | null = previous;
      const flaw = await database.read((transaction) => flawOf(transaction, batch, before));
      if (flaw !== null) return { intact: false, batch: batch.batch, ...flaw };
      previous = batch;
      after = batch.batch;
    }
    if (page.cursor === null) break;
  }
  const entries = previous?.lastSeq ?? 0;
  const [stray] = await database.read((transaction) =>
    transaction.run(
      `MATCH (l:LedgerEntry) WHERE l.seq > $entries AND NOT EXISTS { MATCH (b:LedgerBatch) WHERE b.batch > $last }
       RETURN l.batch AS batch, l.seq AS seq ORDER BY l.seq LIMIT 1`,
      { entries: whole(entries), last: whole(previous?.batch ?? 0) },
    ),
  );
  if (stray !== undefined)
    return {
      intact: false,
      batch: Number(stray['batch']),
      seq: Number(stray['seq']),
      what: 'an entry stands outside the chain',
    };
  return { intact: true, batches: previous?.batch ?? 0, entries, head: previous?.hash ?? null };
}
