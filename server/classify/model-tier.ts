import type { EndpointConfig } from '../base/config-llm.ts';
import { createBudget, type Spent } from '../llm/budget.ts';
import { digestOf } from '../model/json.ts';
import type { Judge, JudgePlan, JudgeResult, JudgeTask } from './judge.ts';
import type { Tally } from './model-confidence.ts';
import { templateVersion } from './question.ts';
import { addChecks, noChecks, type CitationCheckCounts } from './verify-citations.ts';

/** What a model did in one run: printed, kept with the report of the sync. */
export interface ModelReport extends Spent {
  readonly endpoint: string;
  readonly region: string;
  readonly model: string;
  /** Questions that were answered before and cost nothing. */
  readonly fromMemory: number;
  readonly columns: {
    /** Left open by the detectors. */
    readonly open: number;
    /** The model said the same as the detectors. */
    readonly agreed: number;
    /** Only the model found something. */
    readonly added: number;
    /** Waits for a person. */
    readonly toReview: number;
    /** No answer that could be used; asked again by the next sync. */
    readonly unanswered: number;
  };
  readonly citations: CitationCheckCounts;
  /** Answers that could not be used, also after the repair. */
  readonly rejected: number;
  /** Tables with open columns that were not shown to the endpoint, and why. */
  readonly withheld: Readonly<Record<string, number>>;
}

/** What a run would send, added up. */
export interface ModelPlan extends JudgePlan {
  readonly endpoint: string;
  readonly region: string;
  readonly model: string;
  /** Most tokens that could come back. */
  readonly outputTokensAtMost: number;
  /** Of the first looks, with the longest answers; null without a price. */
  readonly costAtMost: number | null;
  readonly currency: string | null;
  readonly withheld: Readonly<Record<string, number>>;
}

/** One run with one endpoint: its purse, its counts, and a stop where the endpoint is plainly not there. */
export interface ModelSession {
  readonly endpoint: EndpointConfig;
  /** `endpoint/model`. */
  readonly by: string;
  judge(task: JudgeTask, signal: AbortSignal): Promise<JudgeResult>;
  plan(task: JudgeTask, signal: AbortSignal): Promise<void>;
  /** A table with open columns that must not leave. */
  withhold(why: string): void;
  report(): ModelReport;
  planned(): ModelPlan;
}

/** The model tier as the conductor knows it. */
export interface ModelTier {
  /** Null: no endpoint of that name is configured. */
  begin(endpoint: string): Promise<ModelSession | null>;
  /** Changes with everything that could change an answer without the table changing. */
  digestFor(endpoint: string): Promise<string>;
  /** What people decided of the findings so far. */
  tally(): Promise<Tally>;
}

export interface ModelTierOptions {
  readonly endpoints: readonly EndpointConfig[];
  readonly judgeOver: (endpoint: EndpointConfig) => Promise<Judge>;
  readonly corpusEdition: () => Promise<string>;
  readonly tally: () => Promise<Tally>;
}

/** Unreachable so often in a row: the endpoint is not there, and asking on would only take time. */
const giveUpAfter = 3;

export function createModelTier({ endpoints, judgeOver, corpusEdition, tally }: ModelTierOptions): ModelTier {
  const find = (name: string): EndpointConfig | undefined => endpoints.find((each) => each.name === name);
  return {
    async begin(name) {
      const endpoint = find(name);
      return endpoint === undefined ? null : beginSession(endpoint, await judgeOver(endpoint));
    },
    async digestFor(name) {
      const { baseUrl, model, purposes, samples, comments, secondLook, examples } = find(name) ?? {};
      const settings = { baseUrl, model, purposes, samples, comments, secondLook, examples };
      return digestOf([templateVersion, name, settings, await corpusEdition()]);
    },
    tally,
  };
}

function beginSession(endpoint: EndpointConfig, judge: Judge): ModelSession {
  const budget = createBudget(endpoint.name, endpoint.budget, endpoint.price ?? null);
  const columns = { open: 0, agreed: 0, added: 0, toReview: 0, unanswered: 0 };
  const withheld: Record<string, number> = {};
  let fromMemory = 0;
  let rejected = 0;
  let citations = noChecks;
  let failuresInARow = 0;
  let plan: JudgePlan = { openColumns: 0, requests: 0, fromMemory: 0, inputTokens: 0 };
  const gone = new AbortController();

  const count = (result: JudgeResult): void => {
    for (const { outcome } of result.findings) {
      columns.open += 1;
      if (outcome.relation === 'agrees') columns.agreed += 1;
      if (outcome.relation === 'adds') columns.added += 1;
      if (outcome.review.length > 0) columns.toReview += 1;
    }
    columns.open += result.unanswered.length;
    columns.unanswered += result.unanswered.length;
    fromMemory += result.fromMemory;
    citations = addChecks(citations, result.citationChecks);
    rejected += result.calls.filter(({ error }) => error === 'LLM_ANSWER_INVALID').length;
    for (const { error } of result.calls) {
      failuresInARow = error === 'LLM_UNAVAILABLE' || error === 'LLM_REFUSED' ? failuresInARow + 1 : 0;
      if (failuresInARow >= giveUpAfter) gone.abort();
    }
  };
  const { name, region, model } = endpoint;
  return {
    endpoint,
    by: judge.by,
    async judge(task, signal) {
      // What was answered before still counts; nothing further is sent.
      const purse = gone.signal.aborted ? createBudget(endpoint.name, { requests: 0 }) : budget;
      const result = await judge.judge(task, purse, signal);
      const told = gone.signal.aborted
        ? result.unanswered.map((each) => ({ ...each, ...notAsked(name) }))
        : result.unanswered;
      count({ ...result, unanswered: told });
      return { ...result, unanswered: told };
    },
    async plan(task, signal) {
      const more = await judge.plan(task, signal);
      plan = {
        openColumns: plan.openColumns + more.openColumns,
        requests: plan.requests + more.requests,
        fromMemory: plan.fromMemory + more.fromMemory,
        inputTokens: plan.inputTokens + more.inputTokens,
      };
    },
    withhold(why) {
      withheld[why] = (withheld[why] ?? 0) + 1;
    },
    report: () => ({
      endpoint: name,
      region,
      model,
      ...budget.spent(),
      fromMemory,
      columns: { ...columns },
      citations,
      rejected,
      withheld: { ...withheld },
    }),
    planned() {
      const outputTokensAtMost = plan.requests * endpoint.maxOutputTokens;
      const { price = null } = endpoint;
      const costAtMost =
        price === null ? null : (plan.inputTokens * price.input + outputTokensAtMost * price.output) / 1_000_000;
      const currency = price?.currency ?? null;
      return {
        endpoint: name,
        region,
        model,
        ...plan,
        outputTokensAtMost,
        costAtMost,
        currency,
        withheld: { ...withheld },
      };
    },
  };
}

function notAsked(endpoint: string): Pick<JudgeResult['unanswered'][number], 'code' | 'message'> {
  return {
    code: 'LLM_UNAVAILABLE',
    message: `[llm/${endpoint}] failed ${giveUpAfter} times in a row; nothing further was sent in this run`,
  };
}
