import type { Json } from '../model/json.ts';
import type { Gap } from '../model/provenance.ts';
import type { QueryContext } from './context.ts';
import type { Freshness, LastRun } from './answers.ts';

/** Runs of a source looked back through for one that did not fail. */
const lookBack = 200;

type StoredRun = LastRun & { readonly source: string };

/** The last run of a source, as sync left it in the state store; null when it never ran. */
export async function readLastRun(context: QueryContext, source: string): Promise<LastRun | null> {
  return runOf(await context.state.get('last-sync-run', source));
}

/** When sources were last read with success, and whether that is too long ago. Several together are as fresh as the oldest. */
export async function readFreshness(context: QueryContext, sources: readonly string[]): Promise<Freshness> {
  const each = await Promise.all([...new Set(sources)].map((source) => freshnessOf(context, source)));
  if (each.length === 0) return { lastSyncedAt: null, stale: true };
  const [oldest = null] = each
    .map(({ lastSyncedAt }) => lastSyncedAt)
    .sort((a, b) => (a === null || (b !== null && a < b) ? -1 : 1));
  return {
    lastSyncedAt: oldest,
    stale: each.some(({ stale }) => stale),
  };
}

async function freshnessOf(context: QueryContext, source: string): Promise<Freshness> {
  const last = await readLastRun(context, source);
  if (last === null) return { lastSyncedAt: null, stale: true };
  if (last.status === 'FAILED') return { lastSyncedAt: await lastSuccess(context, source), stale: true };
  const age = context.clock.now() - Date.parse(last.finishedAt);
  return { lastSyncedAt: last.finishedAt, stale: !(age <= context.staleAfterMs) };
}

async function lastSuccess(context: QueryContext, source: string): Promise<string | null> {
  const { items } = await context.state.list('sync-run', { first: lookBack, newest: true });
  for (const { body } of items) {
    const run = runOf(body);
    if (run?.source === source && run.status !== 'FAILED' && run.status !== 'DRY_RUN') return run.finishedAt;
  }
  return null;
}

function runOf(body: Json): StoredRun | null {
  if (body === null || typeof body !== 'object') return null;
  const { run, source, status, startedAt, finishedAt, gaps } = body as Readonly<Record<string, unknown>>;
  if (typeof run !== 'string' || typeof source !== 'string' || typeof status !== 'string') return null;
  if (typeof startedAt !== 'string' || typeof finishedAt !== 'string') return null;
  return { run, source, status, startedAt, finishedAt, gaps: Array.isArray(gaps) ? (gaps as readonly Gap[]) : [] };
}
