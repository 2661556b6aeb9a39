import { createIntake, type ExistingDocument, type Intake } from '../ingest/intake.ts';
import { fieldsListedBefore } from '../ingest/kept-fields.ts';
import { sqlToldBefore } from '../ingest/kept-jobs.ts';
import { createKnownTables, type KnownTables } from '../ingest/known-tables.ts';
import { createNames, type Names } from '../ingest/names.ts';
import { planRetirement } from '../ingest/plan-retirement.ts';
import { resolveJobs } from '../ingest/resolve-jobs.ts';
import { namedOf, type Staged } from '../ingest/stage.ts';
import { createStatementLineage } from '../ingest/statement-lineage.ts';
import type { Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';
import { loadWritten, markWritten } from '../writeback/written-tags.ts';
import { decisionsLeft } from './decisions-left.ts';
import { graphTables } from './graph-tables.ts';
import { readSource, scrubbed, type ReadState } from './read-stage.ts';
import { carriedGaps, lastRead } from './run-record.ts';
import type { Run } from './run.ts';

/**
 * Reads the source, names, resolves and stages its documents, and plans what is retired. Ends with everything that the
 * write needs in the state store; a kill before that goes on from the last checkpoint kept. Answers with the events that were
 * counted and that no later read tells again once this run has ended well.
 */
export async function readPhase(run: Run): Promise<readonly string[]> {
  const { context, source, record, signal } = run;
  const { graph, state } = context.stores;
  run.progress('check', 0);
  const { gaps } = await run.connection.check(signal);
  run.addGaps(gaps.map(scrubbed), null);

  const n = (await graph.head()).published;
  const existing = await existingDocuments(graph, source.name, n);
  const names = createNames({ namespaces: context.namespaces, graph, source: source.name, n });
  const tables = createKnownTables(graphTables(graph, n));
  const asksFirst = source.capabilities.mode === 'snapshot' && run.request.allowShrink !== true;
  const intake = createIntake({
    names,
    tables,
    stage: run.stage,
    existing,
    listedBefore: asksFirst ? (datasets) => fieldsListedBefore(graph, source.name, datasets, n) : null,
    sqlBefore: asksFirst ? (jobs) => sqlToldBefore(graph, source.name, jobs, n) : null,
  });
  const resume = run.resumed && record.cursor !== null;
  if (resume) await restore(run, intake, names, tables);
  else await run.stage.clear();

  const progress: ReadState = {
    cursor: record.cursor,
    epoch: resume ? record.epoch : 0,
    scopes: new Map(resume ? Object.entries(record.scopes) : []),
    listed: resume ? record.listed : null,
    gaps: [],
    read: resume ? record.counts.read : 0,
  };
  const lineage = createStatementLineage({
    engine: context.sqlEngine,
    tables,
    cache: run.request.dryRun === true ? null : state,
    now: () => context.clock.now(),
    release: context.release,
  });
  let held = resume && record.held === true;
  const resolvePending = async (): Promise<void> => {
    const { jobs, partial } = intake.takePending();
    if (jobs.length + partial.length === 0) return;
    const onProgress = (done: number, total: number): void => run.progress('resolve', done, total);
    const resolved = await resolveJobs({
      pending: jobs,
      partial,
      intake,
      names,
      tables,
      lineage,
      epoch: progress.epoch,
      signal,
      onProgress,
    });
    run.count({
      statementsFull: record.counts.statementsFull + resolved.full,
      statementsTables: record.counts.statementsTables + resolved.tables,
      statementsFailed: record.counts.statementsFailed + resolved.failed,
    });
    run.addScopedGaps(resolved.gaps);
    held ||= resolved.kept;
  };
  const noteKept = (): void => {
    const kept = intake.takeKept();
    held ||= kept.length > 0;
    run.addScopedGaps(kept);
  };
  const save = async (): Promise<void> => {
    run.addScopedGaps(progress.gaps.splice(0));
    noteKept();
    run.count({ read: progress.read });
    const { cursor, epoch, listed } = progress;
    await run.save({ cursor, epoch, listed, scopes: Object.fromEntries(progress.scopes), held });
  };
  const written = await loadWritten(state);
  const notes: string[] = [];
  const { lastCursor, events } = await readSource({
    connection: run.connection,
    resume,
    since: record.since,
    progress,
    intake,
    names,
    mark: (document) => markWritten(document, written, (name) => names.dataset(name)),
    state,
    run: record.run,
    source: source.name,
    resolvePending,
    save,
    signal,
    onProgress: (done) => run.progress('read', done),
    onNote: (text) => void notes.push(text),
  });

  const plan = planRetirement({
    existing: new Map([...existing].map(([uid, { scope }]) => [uid, scope])),
    // What a kept job reads and writes is not gone because its SQL was not looked at.
    seen: new Map([...[...intake.besideKept].map((uid) => [uid, ''] as const), ...intake.seen]),
    removed: intake.removed,
    scopes: progress.scopes,
    listed: progress.listed === null ? null : new Set(progress.listed),
    mode: source.capabilities.mode,
    allowShrink: run.request.allowShrink === true,
  });
  const left = await decisionsLeft(graph, intake.calledOtherwise, new Set(plan.retire), n);
  run.addGaps([...names.gaps, ...intake.gaps, ...plan.gaps, ...left], null);
  run.addScopedGaps(progress.gaps);
  noteKept();
  held ||= plan.gaps.length > 0;
  if (record.since !== null) {
    const earlier = (await lastRead(state, source.name))?.gaps ?? [];
    run.addScopedGaps(carriedGaps(earlier, new Set(progress.scopes.keys())));
  }
  run.count({ read: progress.read, ...intake.counts, retired: plan.retire.length });
  const { cursor, epoch, listed } = progress;
  await run.save({
    phase: 'staged',
    cursor,
    epoch,
    listed,
    scopes: Object.fromEntries(progress.scopes),
    retired: plan.retire,
    ...(notes.length === 0 ? {} : { notes }),
    nextSince: isWhole(progress) && !held ? (lastCursor ?? record.since) : record.since,
  });
  return isWhole(progress) && !held ? events : [];
}

/** The source's documents that the graph holds, by identity. */
async function existingDocuments(graph: GraphStore, source: string, n: number): Promise<Map<Uid, ExistingDocument>> {
  const existing = new Map<Uid, ExistingDocument>();
  if (n === 0) return existing;
  const pages = everyPage((page) => graph.docs(source, undefined, n, page), 5000);
  for await (const { uid, digest, scope } of pages) existing.set(uid, { digest, scope });
  return existing;
}

/** Takes over what a killed read staged before its last checkpoint; what came after is read again. */
async function restore(run: Run, intake: Intake, names: Names, tables: KnownTables): Promise<void> {
  const stale: Staged[] = [];
  for await (const staged of run.stage.all()) {
    if (staged.epoch >= run.record.epoch) {
      stale.push({ ...staged, state: 'stale', text: null });
      continue;
    }
    intake.restore(staged);
    if (staged.kind !== 'dataset' || staged.state !== 'differs') continue;
    const named = namedOf(staged);
    if (named.kind !== 'dataset') continue;
    tables.add(named);
    names.alias(
      named,
      named.aliases.map(([namespace, name]) => ({ namespace, name })),
    );
  }
  for (let at = 0; at < stale.length; at += 1000) await run.stage.put(stale.slice(at, at + 1000));
}

/** No scope was left with a gap: the next read may ask for changes since the end of this one, unless a person is asked. */
function isWhole({ scopes }: ReadState): boolean {
  return ![...scopes.values()].includes('gap');
}
