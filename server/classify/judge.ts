import type { ErrorCode } from '../base/errors.ts';
import type { Budget } from '../llm/budget.ts';
import type { Citation, Verdict } from '../model/classification.ts';
import type { CautiousOutcome } from './caution.ts';
import type { TableInput, TableJudgement } from './classifier.ts';
import type { Examples } from './examples.ts';
import type { OpenReason } from './open-columns.ts';
import type { Look } from './question.ts';
import type { CitationCheckCounts } from './verify-citations.ts';

/** A table whose open columns are to be judged. Whether it may leave at all was decided before. */
export interface JudgeTask {
  readonly table: TableInput;
  readonly judgement: TableJudgement;
  /** Ids of the columns that are asked about; absent: all that are open. The others stay as neighbours. */
  readonly only?: ReadonlySet<string>;
  /** Ids of the columns that a category reached along lineage: they are sensitive already and left open no longer. */
  readonly reached?: ReadonlySet<string>;
  readonly standing: (id: string) => readonly Pick<Verdict, 'decider' | 'category' | 'state'>[];
  /** Columns that people decided and that the endpoint may be shown; the nearest are shown beside the question. */
  readonly examples?: Examples;
  /** Ask anew what was answered so that it could not be used, instead of waiting until its time is over. */
  readonly retry?: boolean;
}

/** What came of one open column. */
export interface ModelFinding {
  /** The column's id in the table's input. */
  readonly id: string;
  readonly reason: OpenReason;
  readonly outcome: CautiousOutcome;
  readonly citations: readonly Citation[];
  /** Which of the outcome's categories each cited provision speaks of. */
  readonly speaking: ReadonlyMap<string, readonly string[]>;
  /** The answers it rests on: part of its verdict's key. */
  readonly answers: readonly string[];
}

/** One question that was put to the endpoint, as the ledger keeps it: hashes and lists, no text. */
export interface CallRecord {
  readonly template: string;
  readonly endpoint: string;
  readonly region: string;
  readonly model: string;
  readonly look: Look;
  readonly question: string;
  /** SHA-256 of the answer's text; null when there was none. */
  readonly answer: string | null;
  readonly rung: string | null;
  readonly columns: readonly string[];
  readonly retrieved: readonly string[];
  /** The decided columns that were shown beside it. */
  readonly examples: readonly string[];
  readonly sources: readonly string[];
  readonly validators: { readonly problems: readonly string[]; readonly repaired: boolean };
  readonly error: ErrorCode | null;
}

export interface JudgeResult {
  readonly findings: readonly ModelFinding[];
  /** Open columns that got no answer, and why; asked again by the next sync. */
  readonly unanswered: readonly { readonly id: string; readonly code: ErrorCode; readonly message: string }[];
  readonly calls: readonly CallRecord[];
  readonly citationChecks: CitationCheckCounts;
  /** Questions that were answered before. */
  readonly fromMemory: number;
}

/** What judging would send, without sending it. */
export interface JudgePlan {
  readonly openColumns: number;
  /** Questions that are not answered yet; second looks and repairs may add as many again. */
  readonly requests: number;
  readonly fromMemory: number;
  readonly inputTokens: number;
}

/** The model tier: puts what detectors leave open to a model, one table a question, and believes nothing unchecked. */
export interface Judge {
  /** `endpoint/model`: who is named as the decider. */
  readonly by: string;
  judge(task: JudgeTask, budget: Budget, signal: AbortSignal): Promise<JudgeResult>;
  plan(task: JudgeTask, signal: AbortSignal): Promise<JudgePlan>;
}
