import { isLexlineError, messageOf } from '../base/errors.ts';
import { instant } from '../base/clock.ts';
import { scrubText } from '../ingest/scrub-text.ts';
import type { Json } from '../model/json.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { SyncContext } from './create-sync.ts';
import { boundGaps, plainGap } from './run-record.ts';
import type { Run } from './run.ts';
import type { ConfiguredSource } from './source.ts';
import type { SyncReport, SyncRequest } from './sync.ts';

/** Reports kept of each source. */
const keptReports = 200;

/** What a run did, as its record says. */
export function reportOf(
  { context, record, resumed }: Run,
  status: SyncReport['status'],
  error: SyncReport['error'],
): SyncReport {
  const { counts } = record;
  return {
    run: record.run,
    source: record.source,
    status,
    startedAt: record.startedAt,
    finishedAt: instant(context.clock),
    resumed,
    revisions: record.revisions,
    documents: {
      read: counts.read,
      changed: counts.changed,
      unchanged: counts.unchanged,
      retired: counts.retired,
    },
    fields: {
      judged: counts.judged,
      profiled: counts.profiled,
      sensitive: counts.sensitive,
      undecided: counts.undecided,
    },
    statements: { full: counts.statementsFull, tables: counts.statementsTables, failed: counts.statementsFailed },
    derivedRows: counts.derivedRows,
    ...(record.notes === undefined ? {} : { notes: record.notes }),
    gaps: boundGaps(record.gaps).map(plainGap),
    error,
  };
}

/** The report of a run that ended by an error; it is kept where that is still possible. */
export async function failedReport(
  context: SyncContext,
  source: ConfiguredSource,
  request: SyncRequest,
  startedAt: string,
  run: Run | null,
  error: unknown,
): Promise<SyncReport> {
  const { code, message, remedy } = errorOf(error, source, request);
  context.log.error('sync failed', { source: source.name, code, message });
  const report: SyncReport =
    run === null
      ? { ...emptyReport(source.name, startedAt, instant(context.clock)), error: { code, message, remedy } }
      : reportOf(run, 'FAILED', { code, message, remedy });
  // Another process has the source: what it reports counts.
  if (run === null && code === 'STORE_BUSY') return report;
  try {
    await keepReport(context, report);
  } catch (second) {
    context.log.error('could not keep the report of a failed sync', { source: source.name, error: second });
  }
  return report;
}

function errorOf(
  error: unknown,
  source: ConfiguredSource,
  request: SyncRequest,
): { readonly code: string; readonly message: string; readonly remedy: string | null } {
  if (isLexlineError(error))
    return { code: error.code, message: scrubText(error.message), remedy: error.remedy ?? null };
  if (request.signal?.aborted === true)
    return {
      code: 'CANCELLED',
      message: `[sync/${source.name}] stopped on request; what was read is kept and the next sync goes on from there`,
      remedy: null,
    };
  return { code: 'INTERNAL', message: `[sync/${source.name}] ${scrubText(messageOf(error))}`, remedy: null };
}

function emptyReport(source: string, startedAt: string, finishedAt: string): SyncReport {
  return {
    run: `${source}@${startedAt}`,
    source,
    status: 'FAILED',
    startedAt,
    finishedAt,
    resumed: false,
    revisions: [],
    documents: { read: 0, changed: 0, unchanged: 0, retired: 0 },
    fields: { judged: 0, profiled: 0, sensitive: 0, undecided: 0 },
    statements: { full: 0, tables: 0, failed: 0 },
    derivedRows: 0,
    gaps: [],
    error: null,
  };
}

/** Keeps a report, the newest also by its source; the oldest of the source go. */
export async function keepReport({ stores }: SyncContext, report: SyncReport): Promise<void> {
  const body = report as unknown as Json;
  await stores.state.put('sync-run', report.run, body);
  await stores.state.put('last-sync-run', report.source, body);
  await forgetOldReports(stores.state, report.source);
}

async function forgetOldReports(state: StateStore, source: string): Promise<void> {
  const filter = { first: keptReports * 2, prefix: `${source}@`, newest: true };
  const { items } = await state.list('sync-run', filter);
  for (const { key } of items.slice(keptReports)) await state.remove('sync-run', key);
}
