import { instant } from '../base/clock.ts';
import { lazily } from '../base/lazily.ts';
import type { Examples } from '../classify/examples.ts';
import type { ErrorCode } from '../base/errors.ts';
import { subjectCarried } from '../model/carried-class.ts';
import type { JudgeResult } from '../classify/judge.ts';
import type { ModelReport, ModelSession } from '../classify/model-tier.ts';
import { mayBeShown, mayLeave, purposesHeld } from '../classify/egress.ts';
import { openColumns } from '../classify/open-columns.ts';
import type { Verdict } from '../model/classification.ts';
import type { Json } from '../model/json.ts';
import type { Gap } from '../model/provenance.ts';
import type { Uid } from '../model/ids.ts';
import { everyBatch } from '../stores/every-batch.ts';
import { everyPage } from '../stores/every-page.ts';
import type { LedgerEntry } from '../stores/ledger/ledger.ts';
import { allDatasets } from './judge-phase.ts';
import { judgementsOf } from './judge-stage.ts';
import { modelReview } from '../classify/review.ts';
import { modelChanges } from './model-dataset.ts';
import { forgetPending, markPending, pendingDatasets } from './model-pending.ts';
import { modelStageOf, stagedAnswers, type StagedModelChanges } from './model-stage.ts';
import { writeModelChanges } from './model-write.ts';
import { stopIfAborted } from './pause.ts';
import { readExamples } from './read-examples.ts';
import { readUpstream } from './read-upstream.ts';
import { readForJudging, type ReadForJudging } from './read-for-judging.ts';
import type { Run } from './run.ts';
import { policiesOf } from './source-policies.ts';
import { tableInput } from './table-input.ts';

/** Datasets read at a time. */
const batchSize = 20;

/**
 * Puts what the detectors left open in this run, and what earlier runs left unanswered, to the source's endpoint, and writes
 * what comes of it in a revision of its own: the detectors' verdicts are out by then. Null: the source names no endpoint.
 */
export async function modelPhase(run: Run): Promise<ModelReport | null> {
  const { context, source } = run;
  const { models } = context;
  if (models === null || source.llm === null || source.llm === undefined) return null;
  const session = await models.begin(source.llm);
  if (session === null) return null;
  const { graph, state } = context.stores;
  const n = (await graph.head()).published;
  const digest = await models.digestFor(source.llm);
  const isNew = run.request.full === true || (await state.get('llm-judged', source.name)) !== digest;
  if (n === 0) return session.report();
  await markPending(run, isNew ? allDatasets(run, n) : judgedNow(run));
  await state.put('llm-judged', source.name, digest);

  const unanswered = new Map<ErrorCode, { count: number; message: string }>();
  const done = await answeredAlready(run);
  const waiting = everyBatch(pendingDatasets(run), batchSize, (uid) => !done.has(uid));
  let asked = 0;
  const decided = lazily(() => readExamples(graph, n, session.endpoint, context.sources, context.taxonomy));
  const worker = async (): Promise<void> => {
    for (let next = await waiting.next(); next.done !== true; next = await waiting.next()) {
      stopIfAborted(run.signal);
      const results = await askBatch(run, session, n, next.value, decided);
      for (const { code, message } of results.flatMap((result) => result.unanswered)) {
        const before = unanswered.get(code);
        unanswered.set(code, { count: (before?.count ?? 0) + 1, message: before?.message ?? message });
      }
      asked += next.value.length;
      run.progress('model', asked);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, session.endpoint.concurrency) }, worker));
  const report = session.report();
  run.addGaps([...unansweredGaps(unanswered, source.name), ...withheldGaps(report)], null);
  await forgetPending(run, await writeModelChanges(run, n));
  return report;
}

async function askBatch(
  run: Run,
  session: ModelSession,
  n: number,
  uids: readonly Uid[],
  decided: () => Promise<Examples>,
): Promise<readonly JudgeResult[]> {
  const { context } = run;
  const { graph, state } = context.stores;
  const read = await readForJudging(graph, n, context.sources, uids);
  const fields = read.datasets.flatMap(({ described }) => described.fields.map(({ uid }) => uid));
  const marks = new Map(
    (fields.length === 0 ? [] : await graph.entered({ uids: fields, kind: modelReview }, n)).map(({ uid, body }) => [
      uid,
      body,
    ]),
  );
  const derived = fields.length === 0 ? [] : await graph.derived(fields, n);
  const reached = new Set(
    derived.flatMap(({ field, rank, category }) => (rank > 0 && subjectCarried(category) === null ? [field] : [])),
  );
  const arrived = Map.groupBy(derived, ({ field }) => field);
  const tally = await context.models?.tally();
  const examples = await decided();
  const results: JudgeResult[] = [];
  const found = new Set<Uid>();
  for (const { described, applies } of read.datasets) {
    stopIfAborted(run.signal);
    const uid = described.dataset.uid;
    found.add(uid);
    const input = tableInput(described, read.evidence, applies);
    const judgement = context.classifier.classify(input);
    const standing = standingOf(read);
    const held = purposesHeld(
      [uid, ...described.fields.map((field) => field.uid)].flatMap(standing),
      described.fields.flatMap((field) => arrived.get(field.uid) ?? []),
      context.taxonomy,
    );
    const isOpen = openColumns(judgement, standing, reached).length > 0;
    let egress = mayLeave(session.endpoint, policiesOf(described.dataset, context.sources), judgement, held);
    if (egress.allowed && isOpen) {
      const upstream = await readUpstream(graph, n, described, context, run.signal);
      egress = mayBeShown(session.endpoint, upstream.policies, upstream.held);
    }
    if (!egress.allowed) {
      if (isOpen) session.withhold(egress.why);
      await stage(run, uid, { changes: [], ledger: [], whole: true });
      continue;
    }
    const at = instant(context.clock);
    const result = await session.judge(
      { table: input, judgement, standing, reached, examples, retry: run.request.retryModel === true },
      run.signal,
    );
    results.push(result);
    // Told to the ledger at once: a call is made whether or not anything comes of it.
    const calls = callEntries(run, uid, result, at);
    if (calls.length > 0) await context.stores.ledger.append(calls);
    const { changes, ledger } = modelChanges(result, {
      judgement,
      applies,
      by: session.by,
      taxonomy: context.taxonomy,
      tally: tally ?? {},
      standing,
      marks,
      actor: run.request.actor,
      at,
    });
    await stage(run, uid, { changes, ledger, whole: result.unanswered.length === 0 });
  }
  // What is gone need not be asked about.
  for (const uid of uids) if (!found.has(uid)) await stage(run, uid, { changes: [], ledger: [], whole: true });
  return results;

  async function stage(ofRun: Run, key: Uid, body: StagedModelChanges): Promise<void> {
    await state.stage(modelStageOf(ofRun.record.run), [{ key, scope: '', digest: '', body: JSON.stringify(body) }]);
  }
}

function standingOf({ verdicts }: ReadForJudging): (id: string) => readonly Verdict[] {
  return (id) => verdicts.get(id) ?? [];
}

function callEntries(
  { request }: Run,
  subject: Uid,
  { calls, findings, citationChecks }: JudgeResult,
  at: string,
): LedgerEntry[] {
  const decisions = findings.map(({ id, outcome }) => ({
    field: id,
    relation: outcome.relation,
    categories: outcome.categories,
    review: outcome.review,
  }));
  return calls.map((call, i): LedgerEntry => {
    const body = { ...call, ...(i === calls.length - 1 ? { decisions, citationChecks } : {}) };
    return { kind: 'llm-call', actor: request.actor, at, subject, body: body as unknown as Json };
  });
}

function unansweredGaps(
  unanswered: ReadonlyMap<ErrorCode, { readonly count: number; readonly message: string }>,
  source: string,
): Gap[] {
  return [...unanswered].map(([code, { count, message }]) => ({
    what: `${count} open ${count === 1 ? 'field' : 'fields'}`,
    reason: 'not-judged',
    detail: `no model answered: [${code}] ${message}`,
    remedy:
      code === 'LLM_ANSWER_INVALID'
        ? `to ask now, after the endpoint was mended: lexline sync ${source} --retry`
        : 'lexline sync asks again for what was not answered',
  }));
}

function withheldGaps({ withheld }: ModelReport): Gap[] {
  return Object.entries(withheld).map(([why, tables]) => ({
    what: `${tables} ${tables === 1 ? 'table' : 'tables'} with open fields`,
    reason: 'not-judged',
    detail: `not shown to a model: ${why}`,
    remedy: 'name an endpoint that is marked for it, or decide them with lexline review',
  }));
}

/** The datasets that this run judged by detectors. */
async function* judgedNow(run: Run): AsyncIterable<Uid> {
  const { state } = run.context.stores;
  for await (const { key } of everyPage((page) => state.staged(judgementsOf(run.record.run), undefined, page)))
    yield key;
}

/** What an earlier part of this run has asked already. */
async function answeredAlready(run: Run): Promise<ReadonlySet<Uid>> {
  const done = new Set<Uid>();
  for await (const { dataset } of stagedAnswers(run)) done.add(dataset);
  return done;
}
