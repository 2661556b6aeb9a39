import { instant } from '../base/clock.ts';
import { ingestVersion } from '../ingest/named-document.ts';
import { createStage } from '../ingest/stage.ts';
import { digestOf, type Json } from '../model/json.ts';
import { forgetCounted } from './count-once.ts';
import { noteDrift, takeDrift } from './drift.ts';
import { judgePhase } from './judge-phase.ts';
import { judgementsOf } from './judge-stage.ts';
import { previewJudging } from './preview-judging.ts';
import { modelPhase } from './model-phase.ts';
import { modelPlan } from './model-plan.ts';
import { modelStageOf } from './model-stage.ts';
import { pause } from './pause.ts';
import { readPhase } from './read-phase.ts';
import type { Run } from './run.ts';
import { boundGaps, endRun, keepLastRead, lastRead, noCounts, openRun, saveRun, type RunRecord } from './run-record.ts';
import { takeSourceLease } from './source-lease.ts';
import type { ConfiguredSource } from './source.ts';
import type { SyncContext } from './create-sync.ts';
import { failedReport, keepReport, reportOf } from './sync-report.ts';
import type { SyncReport, SyncRequest } from './sync.ts';
import { writeBackPhase } from './write-back-phase.ts';
import { writePhase } from './write-phase.ts';

/** A killed run older than this is not gone on with: the source has changed too much since. */
const maxAgeMs = 24 * 60 * 60 * 1000;

/**
 * One run of one source. A source that fails makes a report and no exception; what was read stays staged, the graph stays
 * as of its last published revision, and the next run goes on from there.
 */
export async function runSync(
  context: SyncContext,
  source: ConfiguredSource,
  request: SyncRequest,
): Promise<SyncReport> {
  const startedAt = instant(context.clock);
  const { state } = context.stores;
  const found = await openRun(state, source.name);
  const holder = holderFor(context, found);
  let run: Run | null = null;
  try {
    const lease = await takeSourceLease({
      state,
      source: source.name,
      holder: holder.id,
      ttlMs: context.leaseMs,
      waitMs: Math.min(context.waitMs, context.leaseMs * 2),
      log: context.log,
      signal: request.signal,
    });
    try {
      const signals = [lease.lost, ...(request.signal === undefined ? [] : [request.signal])];
      run = await beginRun(context, source, request, startedAt, holder, AbortSignal.any(signals));
      const report = await phases(run);
      return report;
    } finally {
      await ending(context, source, async () => run?.connection.close());
      await ending(context, source, () => lease.release());
    }
  } catch (error) {
    return failedReport(context, source, request, startedAt, run, error);
  }
}

/** What fails while a run is being put away changes nothing of what it did. */
async function ending(context: SyncContext, source: ConfiguredSource, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    context.log.warn('could not end a sync cleanly', { source: source.name, error });
  }
}

/** The graph has what was read; what is judged of it follows in a revision of its own, not too close. */
async function keepApart({ request, record, signal }: Run): Promise<void> {
  if (request.apartMs !== undefined && record.revisions.length > 0) await pause(request.apartMs, signal);
}

async function phases(run: Run): Promise<SyncReport> {
  const { context, source, request } = run;
  const { graph, state } = context.stores;
  const counted = run.record.phase === 'read' ? await readPhase(run) : [];
  if (request.dryRun === true) {
    const llmPlan = await modelPlan(run);
    await run.stage.clear();
    const preview = await previewJudging(run);
    return { ...reportOf(run, 'DRY_RUN', null), preview, ...(llmPlan === null ? {} : { llmPlan }) };
  }
  await putSource(run);
  if (run.record.phase === 'staged') {
    await noteDrift(run);
    await writePhase(run);
  }
  if (run.record.phase !== 'model') {
    await keepApart(run);
    await judgePhase(run);
  }
  await run.save({ phase: 'model' });
  const llm = await modelPhase(run);
  const writeBack = await writeBackPhase(run);
  const drift = await takeDrift(run);

  const { revisions, gaps, nextSince, shape } = run.record;
  const status = revisions.length === 0 ? 'UNCHANGED' : gaps.length > 0 ? 'PARTIAL' : 'DONE';
  const report = {
    ...reportOf(run, status, null),
    ...(drift === null ? {} : { drift }),
    ...(writeBack === null ? {} : { writeBack }),
    ...(llm === null ? {} : { llm }),
  };
  await keepReport(context, report);
  await keepLastRead(state, source.name, { cursor: nextSince, shape, gaps });
  await endRun(state, source.name);
  await run.stage.clear();
  await state.unstage(judgementsOf(run.record.run));
  await state.unstage(modelStageOf(run.record.run));
  await source.settle?.();
  await forgetCounted(state, counted);
  run.progress('done', report.documents.read, report.documents.read);
  context.log.info('synced', { source: source.name, status: report.status, revision: (await graph.head()).published });
  return report;
}

async function beginRun(
  context: SyncContext,
  source: ConfiguredSource,
  request: SyncRequest,
  startedAt: string,
  holder: RunRecord['holder'],
  signal: AbortSignal,
): Promise<Run> {
  const { state } = context.stores;
  const dryRun = request.dryRun === true;
  const shape = digestOf([
    ingestVersion,
    context.release,
    context.namespaces,
    source.connectorName,
    source.fingerprint ?? null,
  ]);
  const found = dryRun ? null : await openRun(state, source.name);
  const goesOn = found !== null && found.shape === shape && isRecent(found, context) && request.full !== true;
  if (found !== null && !goesOn) {
    await createStage(state, found.run).clear();
    await state.unstage(judgementsOf(found.run));
    await state.unstage(modelStageOf(found.run));
    await endRun(state, source.name);
  }
  let record: RunRecord = goesOn
    ? { ...found, holder }
    : {
        run: `${source.name}@${startedAt}#${context.nonce()}`,
        source: source.name,
        startedAt,
        holder,
        phase: 'read',
        shape,
        since: await sinceOf(context, source, request, shape),
        cursor: null,
        epoch: 0,
        scopes: {},
        listed: null,
        gaps: [],
        counts: noCounts,
        revisions: [],
        retired: [],
        judgedAt: null,
        nextSince: null,
      };
  if (!dryRun) await saveRun(state, record);
  return {
    context,
    source,
    request,
    connection: source.connection(),
    stage: createStage(state, record.run),
    resumed: goesOn,
    signal,
    get record() {
      return record;
    },
    async save(patch) {
      record = { ...record, ...patch, gaps: boundGaps(record.gaps) };
      if (!dryRun) await saveRun(state, record);
    },
    count(counts) {
      record = { ...record, counts: { ...record.counts, ...counts } };
    },
    addGaps(gaps, scope) {
      record = { ...record, gaps: [...record.gaps, ...gaps.map((gap) => ({ ...gap, scope }))] };
    },
    addScopedGaps(gaps) {
      record = { ...record, gaps: [...record.gaps, ...gaps] };
    },
    progress(stage, done, total) {
      request.onProgress?.({ source: source.name, stage, done, total: total ?? null });
    },
  };
}

/** A restart on the same machine takes over the lease of a process that is gone; another process waits until it runs out. */
function holderFor({ process, nonce }: SyncContext, found: RunRecord | null): RunRecord['holder'] {
  if (found !== null && found.holder.host === process.host && !process.isAlive(found.holder.pid))
    return { ...found.holder, pid: process.pid };
  return { id: `${process.host}:${process.pid}:${nonce()}`, host: process.host, pid: process.pid };
}

function isRecent(found: RunRecord, { clock }: SyncContext): boolean {
  return clock.now() - Date.parse(found.startedAt) < maxAgeMs;
}

/** Where an incremental read begins: the end of the last whole one, if the documents would still be shaped alike. */
async function sinceOf(
  { stores }: SyncContext,
  source: ConfiguredSource,
  request: SyncRequest,
  shape: string,
): Promise<Json | null> {
  if (request.full === true || !source.capabilities.incremental) return null;
  const kept = await lastRead(stores.state, source.name);
  return kept?.shape === shape ? kept.cursor : null;
}

async function putSource({ context, source }: Run): Promise<void> {
  const { graph } = context.stores;
  const { name, connectorName, precedence, capabilities } = source;
  const wanted = { name, connector: connectorName, mode: capabilities.mode, precedence, managed: true };
  const there = (await graph.sources()).find((each) => each.name === name);
  if (there === undefined || digestOf(there) !== digestOf(wanted)) await graph.putSource(wanted);
}
