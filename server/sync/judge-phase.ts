import { instant } from '../base/clock.ts';
import type { Uid } from '../model/ids.ts';
import { propagate } from '../propagate/propagate.ts';
import { stopKind } from '../propagate/stops.ts';
import { createBatchWriter } from '../stores/graph/batch-writer.ts';
import type { Change } from '../stores/graph/graph-store.ts';
import type { LedgerEntry } from '../stores/ledger/ledger.ts';
import { everyPage } from '../stores/every-page.ts';
import { expiredDecisions } from './expired-decisions.ts';
import { inOneRevision } from './in-one-revision.ts';
import { judgeDatasets, judgeDigest, judgementOf, judgementsOf, type JudgeCounts } from './judge-stage.ts';
import { rememberDetectors } from './detector-sets.ts';
import { lastRead, profileScope } from './run-record.ts';
import type { Run } from './run.ts';
import { staleDatasets } from './stale-datasets.ts';
import { revisionOf, turnOf } from './write-phase.ts';

/**
 * Judges the datasets that this run changed (all of the source when detectors, taxonomy or settings are others than last
 * time), and writes verdicts and their propagation in a revision of its own, so that a slow judge holds nothing back.
 */
export async function judgePhase(run: Run): Promise<void> {
  const { context, source, record } = run;
  const { graph, state } = context.stores;
  const digest = judgeDigest(source, context.classifier, context.taxonomy);
  const n = (await graph.head()).published;
  if (record.phase === 'published') {
    if (record.judgedAt === null) await run.save({ judgedAt: n });
    const all = run.request.full === true || (await state.get('judged', source.name)) !== digest;
    const counts: JudgeCounts = {
      judged: record.counts.judged,
      profiled: record.counts.profiled,
      sensitive: record.counts.sensitive,
      undecided: record.counts.undecided,
    };
    const gaps = await judgeDatasets({
      graph,
      state,
      run: record.run,
      n,
      datasets: all ? allDatasets(run, n) : changedDatasets(run),
      source,
      sources: context.sources,
      connection: run.connection,
      classifier: context.classifier,
      earlier: await rememberDetectors(state, context.classifier),
      taxonomy: context.taxonomy,
      actor: run.request.actor,
      at: instant(context.clock),
      done: await judgedAlready(run),
      counts,
      signal: run.signal,
      onProgress: (stage, done) => run.progress(stage, done),
    });
    run.addGaps(gaps, profileScope);
    if (!all) {
      const earlier = (await lastRead(state, source.name))?.gaps ?? [];
      run.addScopedGaps(earlier.filter(({ scope }) => scope === profileScope));
    }
    run.count(counts);
    await run.save({ phase: 'judged' });
  }
  const isWhole = await writeJudgements(run, n);
  // What was left out because others said something new meanwhile is judged by the next sync, with everything else.
  if (isWhole) await state.put('judged', source.name, digest);
  else await state.remove('judged', source.name);
}

/** False when judgements were left out that rest on less than is known by now. */
async function writeJudgements(run: Run, n: number): Promise<boolean> {
  const { context, record } = run;
  const { graph } = context.stores;
  const name = `${record.run}/judge`;
  const published = await revisionOf(run, name);
  if (published !== null) {
    await run.save({ revisions: [...record.revisions, published] });
    return true;
  }
  const expired = [...(await expiredStops(run, n)), ...(await expiredDecisions(graph, n, instant(context.clock)))];
  if (expired.length === 0 && !(await hasJudgements(run)) && !(await rulesChanged(run, n))) return true;
  return inOneRevision(turnOf(run, name, `judging ${run.source.name}`), async (writer) => {
    const { open } = writer;
    const ledger: LedgerEntry[] = [];
    const batches = createBatchWriter(graph, open, () => {
      run.signal.throwIfAborted();
      return writer.keep();
    });
    for (const change of expired) await batches.add(change);
    const stale = await staleDatasets(graph, record.judgedAt ?? n, open.n - 1);
    let leftOut = 0;
    for await (const { dataset, judgement } of judgements(run)) {
      const isStale = stale.has(dataset);
      for (const change of judgement.changes) if (!isStale || change.type === 'evidence') await batches.add(change);
      if (isStale) leftOut += 1;
      else ledger.push(...judgement.ledger);
    }
    const expected = await batches.end();
    run.progress('propagate', 0);
    const { rows } = await propagate({ graph, open, rules: context.rules, expected, between: () => writer.keep() });
    const revision = await writer.publish(ledger);
    run.count({ derivedRows: record.counts.derivedRows + rows });
    await run.save({ revisions: [...record.revisions, revision] });
    return leftOut === 0;
  });
}

async function* changedDatasets(run: Run): AsyncIterable<Uid> {
  for await (const { uid, kind, state } of run.stage.all()) if (kind === 'dataset' && state === 'differs') yield uid;
}

/** Every dataset that the source asserts. */
export async function* allDatasets(run: Run, n: number): AsyncIterable<Uid> {
  const { graph } = run.context.stores;
  if (n === 0) return;
  const pages = everyPage((page) => graph.list({ kind: 'dataset', source: run.source.name }, n, page));
  for await (const { uid } of pages) yield uid;
}

async function judgedAlready(run: Run): Promise<ReadonlySet<Uid>> {
  const done = new Set<Uid>();
  const { state } = run.context.stores;
  for await (const { key } of everyPage((page) => state.staged(judgementsOf(run.record.run), undefined, page)))
    done.add(key);
  return done;
}

/** The staged judgements that change anything. */
async function* judgements(
  run: Run,
): AsyncIterable<{ readonly dataset: Uid; readonly judgement: ReturnType<typeof judgementOf> }> {
  const { state } = run.context.stores;
  const pages = everyPage((page) => state.staged(judgementsOf(run.record.run), undefined, page), 200);
  for await (const { key, body } of pages) {
    const judgement = judgementOf(body);
    if (judgement.changes.length > 0) yield { dataset: key, judgement };
  }
}

async function hasJudgements(run: Run): Promise<boolean> {
  for await (const _ of judgements(run)) return true;
  return false;
}

/** The rows that are there were derived under other rules than today's. */
async function rulesChanged(run: Run, n: number): Promise<boolean> {
  if (n === 0) return false;
  const { items } = await run.context.stores.graph.scan('derived', n, { first: 1 });
  return items.some(({ rules }) => rules !== run.context.rules.id);
}

/** Stops whose time is over end as a change of their own: propagation itself knows no clock. */
async function expiredStops(run: Run, n: number): Promise<readonly Change[]> {
  if (n === 0) return [];
  const now = instant(run.context.clock);
  const stops = await run.context.stores.graph.entered({ kind: stopKind }, n);
  return stops.flatMap(({ uid, kind, body }) => {
    const until: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'expiresAt') : undefined;
    return typeof until === 'string' && until <= now ? [{ type: 'end-entered', uid, kind } as const] : [];
  });
}
