import type { Clock } from '../../base/clock.ts';
import { LexlineError } from '../../base/errors.ts';
import type { Actor } from '../../model/provenance.ts';
import type { Head, OpenRevision, Revision, RevisionSpan, RunInfo, WriteLease } from '../graph/graph-store.ts';
import {
  checkFloor,
  checkKept,
  isReadable,
  keptOf,
  keptText,
  nearestKept,
  readableAfter,
  timeNotKept,
} from '../graph/retention-floor.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { Page, PageRequest } from '../page.ts';
import { appendBatch } from './ledger-rows.ts';
import { transaction, type Connection } from './prepared.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { type Row } from './rows.ts';
import { INF } from './schema.ts';
import { forgetDescriptions } from './words.ts';

/** Tables whose rows live in `[from_rev, to_rev)`. */
export const intervalTables = ['doc', 'fact', 'edge', 'alias', 'evidence', 'verdict', 'derived', 'entered'] as const;

function headRow(connection: Connection): Row {
  return connection.sql('SELECT * FROM head WHERE one = 1').get() ?? {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function actorOf(kind: unknown, id: unknown): Actor {
  return { kind: kind === 'person' || kind === 'key' ? kind : 'process', id: text(id) };
}

function toRevision(row: Row): Revision {
  return {
    n: Number(row['n']),
    publishedAt: text(row['published_at']),
    run: text(row['run']),
    cause: text(row['cause']),
    actor: actorOf(row['actor_kind'], row['actor']),
  };
}

export function readHead(connection: Connection): Head {
  const row = headRow(connection);
  return {
    published: Number(row['published']),
    publishedAt: row['published_at'] === null ? null : text(row['published_at']),
    open: row['open'] === null ? null : { n: Number(row['open']), run: text(row['open_run']) },
    floor: Number(row['floor']),
    kept: keptOf(row['kept']),
  };
}

export function readRevisionAt(connection: Connection, time: string): Revision {
  const instant = new Date(time);
  if (Number.isNaN(instant.getTime()))
    throw new LexlineError('INPUT_INVALID', `[stores] "${time.slice(0, 40)}" is not a time`, {
      remedy: 'Give an ISO 8601 instant such as 2026-09-30T23:59:59Z.',
    });
  const row = connection
    .sql('SELECT * FROM revision WHERE published_at <= ? ORDER BY published_at DESC LIMIT 1')
    .get(instant.toISOString());
  if (row === undefined) {
    const first = connection.sql('SELECT published_at FROM revision ORDER BY n LIMIT 1').get();
    throw new LexlineError('ASOF_BEFORE_FIRST_REVISION', `[stores] nothing was known at ${instant.toISOString()}`, {
      remedy: first === undefined ? 'Run `lexline sync` first.' : `Ask for ${text(first['published_at'])} or later.`,
    });
  }
  const revision = toRevision(row);
  const head = readHead(connection);
  if (!isReadable(head, revision.n)) {
    const published = connection.sql('SELECT published_at FROM revision WHERE n = ?');
    const times = nearestKept(head, revision.n).map((n) => text(published.get(n)?.['published_at']));
    throw timeNotKept(instant.toISOString(), revision.n, times);
  }
  return revision;
}

/** Fails with ASOF_BELOW_RETENTION for a revision whose rows were purged, with INPUT_INVALID for what is no revision. */
export function checkReadable(connection: Connection, n: number): void {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new LexlineError('INPUT_INVALID', `[stores] ${n} is not the number of a revision`);
  // Most reads are above the floor: what was kept below it is looked at for the others alone.
  if (n < Number(headRow(connection)['floor'])) checkKept(readHead(connection), n);
}

/** Newest first. */
export function listRevisions(connection: Connection, page: PageRequest): Page<Revision> {
  const below = page.after === undefined ? INF : Number(fromCursor(page.after, 1)[0]);
  const rows = connection.sql('SELECT * FROM revision WHERE n < ? ORDER BY n DESC LIMIT ?').all(below, limitOf(page));
  return pageOf(rows, page.first, toRevision, (row) => [row['n']]);
}

export function takeLease(connection: Connection, clock: Clock, holder: string, ttlMs: number): WriteLease | null {
  return transaction(connection, () => {
    const head = headRow(connection);
    const now = clock.now();
    const mine = head['holder'] === holder;
    const free = head['holder'] === null || Number(head['lease_until']) <= now;
    if (!mine && !free) return null;
    const token = mine ? Number(head['token']) : Number(head['token']) + 1;
    connection.sql('UPDATE head SET holder = ?, token = ?, lease_until = ?').run(holder, token, now + ttlMs);
    return { holder, token, expiresAt: new Date(now + ttlMs).toISOString() };
  });
}

export function dropLease(connection: Connection, lease: WriteLease): void {
  transaction(connection, () =>
    connection
      .sql('UPDATE head SET holder = NULL, lease_until = 0 WHERE holder = ? AND token = ?')
      .run(lease.holder, lease.token),
  );
}

/** Fails with STORE_FENCED when another process took the lease over. Called inside each write transaction. */
function checkToken(connection: Connection, token: number): void {
  if (Number(headRow(connection)['token']) === token) return;
  throw new LexlineError('STORE_FENCED', '[stores] another process took over the write lease', {
    remedy: 'Run the command again; the other process finishes or undoes the open revision.',
  });
}

/** Fails with STORE_FENCED when this is not the open revision of the holder of the lease. Called inside each write transaction. */
export function checkOpen(connection: Connection, open: OpenRevision): void {
  checkToken(connection, open.token);
  const head = headRow(connection);
  if (head['open'] === null || Number(head['open']) !== open.n || head['open_run'] !== open.run)
    throw new LexlineError('STORE_FENCED', `[stores] revision ${open.n} is not open any more`, {
      remedy: 'Run the command again.',
    });
}

export function openRevision(connection: Connection, lease: WriteLease, run: RunInfo): OpenRevision {
  const found = headRow(connection);
  if (found['open'] !== null && found['open_run'] !== run.run) {
    checkToken(connection, lease.token);
    undo(connection, Number(found['open']), lease.token);
  }
  return transaction(connection, () => {
    checkToken(connection, lease.token);
    const head = headRow(connection);
    if (head['open'] !== null) return { n: Number(head['open']), token: lease.token, run: run.run, resumed: true };
    const n = Number(head['published']) + 1;
    connection
      .sql('UPDATE head SET open = ?, open_run = ?, open_cause = ?, open_actor_kind = ?, open_actor = ?')
      .run(n, run.run, run.cause, run.actor.kind, run.actor.id);
    return { n, token: lease.token, run: run.run, resumed: false };
  });
}

/** Takes an unpublished revision back in short transactions; interrupted, it is simply done again. */
export function undo(connection: Connection, n: number, token: number): void {
  for (const table of intervalTables) {
    const key = keyOf[table];
    const some = (condition: string) =>
      `(${key}) IN (SELECT ${key} FROM ${table} WHERE ${condition} LIMIT ${rowsAtOnce})`;
    repeat(connection, token, `DELETE FROM ${table} WHERE ${some(`from_rev = ${n}`)}`);
    repeat(connection, token, `UPDATE ${table} SET to_rev = ${INF} WHERE ${some(`to_rev = ${n} AND to_rev < ${INF}`)}`);
  }
  forgetAll(connection, token, 'd.from_rev = ?', n);
  transaction(connection, () => {
    checkToken(connection, token);
    connection.db.exec(
      'UPDATE head SET open = NULL, open_run = NULL, open_cause = NULL, open_actor_kind = NULL, open_actor = NULL',
    );
  });
}

const keyOf: Record<(typeof intervalTables)[number], string> = {
  doc: 'source, entity, from_rev',
  fact: 'entity, source, facet, from_rev',
  edge: 'src, dst, kind, job, fn, source, from_rev',
  alias: 'namespace, name, entity, source, from_rev',
  evidence: 'field, source, from_rev',
  verdict: 'field, decider, category, from_rev',
  derived: 'field, category, treatment, from_rev',
  entered: 'entity, kind, from_rev',
};

/** Rows that one transaction of an undo or a purge touches: a few dozen milliseconds. */
const rowsAtOnce = 10_000;

/** Runs a statement that touches some rows at a time, in short transactions, until it finds none. Returns the rows touched. */
function repeat(connection: Connection, token: number | null, sql: string, ...values: readonly string[]): number {
  let total = 0;
  for (;;) {
    const { changes } = transaction(connection, () => {
      if (token !== null) checkToken(connection, token);
      return connection.sql(sql).run(...values);
    });
    if (Number(changes) === 0) return total;
    total += Number(changes);
  }
}

/** The same for the words of descriptions. */
function forgetAll(connection: Connection, token: number | null, which: string, ...values: readonly number[]): void {
  let forgotten: number;
  do {
    forgotten = transaction(connection, () => {
      if (token !== null) checkToken(connection, token);
      return forgetDescriptions(connection, which, ...values);
    });
  } while (forgotten > 0);
}

export function publishRevision(
  connection: Connection,
  clock: Clock,
  open: OpenRevision,
  ledger: readonly LedgerEntry[],
): Revision {
  return transaction(connection, () => {
    checkOpen(connection, open);
    const head = headRow(connection);
    const last = head['published_at'] === null ? 0 : Date.parse(text(head['published_at']));
    const publishedAt = new Date(Math.max(clock.now(), last + 1)).toISOString();
    const revision: Revision = {
      n: open.n,
      publishedAt,
      run: open.run,
      cause: text(head['open_cause']),
      actor: actorOf(head['open_actor_kind'], head['open_actor']),
    };
    connection
      .sql('INSERT INTO revision(n, published_at, run, cause, actor_kind, actor) VALUES (?, ?, ?, ?, ?, ?)')
      .run(revision.n, publishedAt, revision.run, revision.cause, revision.actor.kind, revision.actor.id);
    if (ledger.length > 0) appendBatch(connection, publishedAt, ledger, open.n);
    connection
      .sql(
        'UPDATE head SET published = ?, published_at = ?, open = NULL, open_run = NULL, open_cause = NULL, open_actor_kind = NULL, open_actor = NULL',
      )
      .run(open.n, publishedAt);
    return revision;
  });
}

/**
 * Removes rows that closed at or before `floor` and stood at no kept revision, in short transactions. What can be read is
 * written first: nobody reads what is half gone.
 */
export function purgeBelow(connection: Connection, floor: number, keep: readonly RevisionSpan[] = []): number {
  const after = transaction(connection, () => {
    const head = readHead(connection);
    checkFloor(floor, head.published);
    const readable = readableAfter(head, floor, keep);
    connection.sql('UPDATE head SET floor = ?, kept = ?').run(readable.floor, keptText(readable.kept));
    return readable;
  });
  const kept = keptText(after.kept);
  let total = 0;
  for (const table of intervalTables) {
    const key = keyOf[table];
    const some = `SELECT ${key} FROM ${table} t WHERE t.to_rev <= ${after.floor} AND t.to_rev < ${INF}
      AND NOT EXISTS (SELECT 1 FROM json_each(?) span WHERE t.from_rev <= span.value ->> 1 AND t.to_rev > span.value ->> 0) LIMIT ${rowsAtOnce}`;
    total += repeat(connection, null, `DELETE FROM ${table} WHERE (${key}) IN (${some})`, kept);
  }
  forgetAll(
    connection,
    null,
    `NOT EXISTS (SELECT 1 FROM fact f WHERE f.entity = d.entity AND f.source = d.source AND f.facet = 'description' AND f.from_rev = d.from_rev)`,
  );
  return total;
}
