import { LexlineError } from '../../base/errors.ts';
import type { Actor } from '../../model/provenance.ts';
import type { Head, OpenRevision, Revision, RunInfo, WriteLease } from '../graph/graph-store.ts';
import { isReadable, keptOf, nearestKept, timeNotKept } from '../graph/retention-floor.ts';
import type { Page, PageRequest } from '../page.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { whole, type Database, type Row, type Transaction } from './database.ts';
import { INF, schemaVersion } from './schema.ts';
import { lastSeq } from './row-order.ts';

export async function headRow(transaction: Transaction): Promise<Row> {
  const [row] = await transaction.run('MATCH (h:Head {one: 1}) RETURN properties(h) AS head');
  return (row?.['head'] ?? {}) as Row;
}

/**
 * Takes the one write lock, then reads: whoever holds it is the only one who writes to the graph. Fails with STORE_NEWER when
 * a newer release took the stores over while this process had them open.
 */
export async function lockHead(transaction: Transaction): Promise<Row> {
  await transaction.run('MATCH (h:Head {one: 1}) SET h.lock = true');
  const head = await headRow(transaction);
  if (Number(head['schema']) > schemaVersion)
    throw new LexlineError(
      'STORE_NEWER',
      `[stores/neo4j] a newer release took the stores to version ${Number(head['schema'])} while this one was running`,
      { remedy: 'Stop this process and start the newer release of Lexline.' },
    );
  return head;
}

export async function setHead(transaction: Transaction, members: Readonly<Record<string, unknown>>): Promise<void> {
  await transaction.run('MATCH (h:Head {one: 1}) SET h += $members', { members });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function actorOf(kind: unknown, id: unknown): Actor {
  return { kind: kind === 'person' || kind === 'key' ? kind : 'process', id: text(id) };
}

function toRevision(row: Row): Revision {
  return {
    n: Number(row['n']),
    publishedAt: text(row['publishedAt']),
    run: text(row['run']),
    cause: text(row['cause']),
    actor: actorOf(row['actorKind'], row['actor']),
  };
}

export function toHead(row: Row): Head {
  return {
    published: Number(row['published']),
    publishedAt: typeof row['publishedAt'] === 'string' ? row['publishedAt'] : null,
    open: typeof row['open'] === 'number' ? { n: row['open'], run: text(row['openRun']) } : null,
    floor: Number(row['floor']),
    kept: keptOf(row['kept']),
  };
}

export function readHead(database: Database): Promise<Head> {
  return database.read(async (transaction) => toHead(await headRow(transaction)));
}

export async function readRevisionAt(database: Database, time: string): Promise<Revision> {
  const at = new Date(time);
  if (Number.isNaN(at.getTime()))
    throw new LexlineError('INPUT_INVALID', `[stores] "${time.slice(0, 40)}" is not a time`, {
      remedy: 'Give an ISO 8601 instant such as 2026-09-30T23:59:59Z.',
    });
  return database.read(async (transaction) => {
    const [found] = await transaction.run(
      'MATCH (r:Revision) WHERE r.publishedAt <= $at RETURN properties(r) AS r ORDER BY r.publishedAt DESC LIMIT 1',
      { at: at.toISOString() },
    );
    if (found === undefined) {
      const [first] = await transaction.run(
        'MATCH (r:Revision) RETURN r.publishedAt AS publishedAt ORDER BY r.n LIMIT 1',
      );
      throw new LexlineError('ASOF_BEFORE_FIRST_REVISION', `[stores] nothing was known at ${at.toISOString()}`, {
        remedy: first === undefined ? 'Run `lexline sync` first.' : `Ask for ${text(first['publishedAt'])} or later.`,
      });
    }
    const revision = toRevision(found['r'] as Row);
    const head = toHead(await headRow(transaction));
    if (isReadable(head, revision.n)) return revision;
    const nearest = await transaction.run(
      'MATCH (r:Revision) WHERE r.n IN $numbers RETURN r.publishedAt AS publishedAt ORDER BY r.n',
      { numbers: nearestKept(head, revision.n).map((n) => whole(n)) },
    );
    throw timeNotKept(
      at.toISOString(),
      revision.n,
      nearest.map((row) => text(row['publishedAt'])),
    );
  });
}

export function listRevisions(database: Database, page: PageRequest): Promise<Page<Revision>> {
  const below = page.after === undefined ? INF : Number(fromCursor(page.after, 1)[0]);
  const limit = limitOf(page);
  return database.read(async (transaction) => {
    const rows = await transaction.run(
      'MATCH (r:Revision) WHERE r.n < $below RETURN properties(r) AS r ORDER BY r.n DESC LIMIT $limit',
      { below: whole(below), limit: whole(limit) },
    );
    return pageOf(
      rows.map((row) => row['r'] as Row),
      page.first,
      toRevision,
      (row) => [row['n']],
    );
  });
}

/** Leases run by the server's clock: processes on several machines agree on no other. */
export function takeLease(database: Database, holder: string, ttlMs: number): Promise<WriteLease | null> {
  return database.write(async (transaction) => {
    const head = await lockHead(transaction);
    const [time] = await transaction.run('RETURN timestamp() AS now');
    const now = Number(time?.['now']);
    const mine = head['holder'] === holder;
    const free = head['holder'] === undefined || Number(head['leaseUntil']) <= now;
    if (!mine && !free) return null;
    const token = Number(head['token']) + (mine ? 0 : 1);
    await setHead(transaction, { holder, token: whole(token), leaseUntil: whole(now + ttlMs) });
    return { holder, token, expiresAt: new Date(now + ttlMs).toISOString() };
  });
}

export async function dropLease(database: Database, lease: WriteLease): Promise<void> {
  await database.write(async (transaction) => {
    const head = await lockHead(transaction);
    if (head['holder'] === lease.holder && head['token'] === lease.token)
      await setHead(transaction, { holder: null, leaseUntil: whole(0) });
  });
}

/** Locks the head for the holder of the lease. Fails with STORE_FENCED when another process took it over. */
export async function lockForToken(transaction: Transaction, token: number): Promise<Row> {
  const head = await lockHead(transaction);
  if (head['token'] === token) return head;
  throw new LexlineError('STORE_FENCED', '[stores] another process took over the write lease', {
    remedy: 'Run the command again; the other process finishes or undoes the open revision.',
  });
}

/** The same, for one who writes to the open revision. */
export async function lockForOpen(transaction: Transaction, open: OpenRevision): Promise<Row> {
  const head = await lockForToken(transaction, open.token);
  if (head['open'] === open.n && head['openRun'] === open.run) return head;
  throw new LexlineError('STORE_FENCED', `[stores] revision ${open.n} is not open any more`, {
    remedy: 'Run the command again.',
  });
}

/** Opens the next revision, or goes on with the one that the same run left. The caller undid what another run left. */
export function openNext(database: Database, lease: WriteLease, run: RunInfo): Promise<OpenRevision> {
  return database.write(async (transaction) => {
    const head = await lockForToken(transaction, lease.token);
    if (typeof head['open'] === 'number') return { n: head['open'], token: lease.token, run: run.run, resumed: true };
    const n = Number(head['published']) + 1;
    await setHead(transaction, {
      open: whole(n),
      openRun: run.run,
      openCause: run.cause,
      openActorKind: run.actor.kind,
      openActor: run.actor.id,
    });
    return { n, token: lease.token, run: run.run, resumed: false };
  });
}

/** What the head no longer holds once nothing is open. */
export const nothingOpen = { open: null, openRun: null, openCause: null, openActorKind: null, openActor: null };

/** Writes the revision's record and moves the head on; the caller holds the transaction and has locked the head. */
export async function publishHead(
  transaction: Transaction,
  head: Row,
  open: OpenRevision,
  nowMs: number,
): Promise<Revision> {
  const last = typeof head['publishedAt'] === 'string' ? Date.parse(head['publishedAt']) : 0;
  const publishedAt = new Date(Math.max(nowMs, last + 1)).toISOString();
  const members = {
    n: whole(open.n),
    publishedAt,
    run: open.run,
    cause: text(head['openCause']),
    actorKind: text(head['openActorKind']),
    actor: text(head['openActor']),
    lastSeq: whole(lastSeq(head)),
  };
  await transaction.run('CREATE (r:Revision) SET r = $members', { members });
  await setHead(transaction, { ...nothingOpen, published: whole(open.n), publishedAt });
  return toRevision({ ...members, n: open.n });
}
