import { hash } from 'node:crypto';
import type { EndpointConfig } from '../base/config-llm.ts';
import { isLexlineError, type ErrorCode } from '../base/errors.ts';
import type { Budget } from '../llm/budget.ts';
import type { ChatAnswer, ChatModel } from '../llm/chat-model.ts';
import { RequestFailed } from '../llm/failure.ts';
import type { Rulebook } from '../rulebook/rulebook.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { answerKey, unusableKey, type AnswerMemory } from './answer-memory.ts';
import type { TableInput } from './classifier.ts';
import type { CallRecord } from './judge.ts';
import { templateVersion, type Question } from './question.ts';
import { readAnswer, repairRequest, type ColumnSaying } from './read-answer.ts';

export interface JudgeOptions {
  readonly chat: ChatModel;
  readonly endpoint: EndpointConfig;
  readonly rulebook: Rulebook;
  readonly taxonomy: Taxonomy;
  readonly memory: AnswerMemory;
  /** `catalogue 2026.11` of a regulation. */
  readonly catalogueEdition: (regulation: string) => string;
  /** Random hexadecimal digits, others each time. */
  readonly mark: () => string;
}

/** What came back to a question, read and remembered. */
export interface Answered {
  readonly key: string;
  /** Null: not usable, also after the repair, or the repair was not had. */
  readonly columns: readonly ColumnSaying[] | null;
  readonly problems: readonly string[];
  /** Of an answer that cannot be used: from when on it is asked again, ISO 8601. */
  readonly until: string | null;
  /** Why a first answer that cannot be used was not repaired: the budget, an endpoint that went away. The next run repairs it. */
  readonly notRepaired: { readonly code: ErrorCode; readonly message: string } | null;
  /** Null: nothing was sent. */
  readonly call: CallRecord | null;
}

interface Asking {
  readonly budget: Budget;
  /** Ask anew what was answered so that it could not be used. */
  readonly retry: boolean;
  readonly signal: AbortSignal;
}

/** A question on its way: what it is about, whom it is put to, and under which keys its answers are kept. */
interface Put extends Asking {
  readonly question: Question;
  readonly table: TableInput;
  readonly options: JudgeOptions;
  readonly key: string;
  readonly badKey: string;
}

/**
 * Puts one question, unless it was answered before: at most twice, the second time with what was wrong. An answer that
 * could not be used is remembered for a while; `retry` asks anew all the same. A first answer that still waits for its
 * repair is not asked for again, only its repair. Fails with what the chat model fails with when nothing was answered.
 */
export async function askQuestion(
  question: Question,
  table: TableInput,
  options: JudgeOptions,
  asking: Asking,
): Promise<Answered> {
  const { chat, endpoint, memory } = options;
  const key = answerKey(endpoint.name, chat.model, question.digest);
  const kept = await memory.recall(key);
  if (kept !== null) return { key, ...kept, until: null, notRepaired: null, call: null };
  const badKey = unusableKey(endpoint, question.digest);
  const bad = await memory.recallUnusable(badKey);
  const isOver = bad !== null && !bad.awaitsRepair;
  if (isOver && !asking.retry)
    return { key, columns: null, problems: bad.problems, until: bad.until, notRepaired: null, call: null };
  const put: Put = { question, table, options, key, badKey, ...asking };
  const known = isOver ? [] : (bad?.problems ?? []);
  if (known.length > 0) return repairedAnswer(put, known, null);
  const first = await firstAnswer(put);
  const reading = readAnswer(first.text, question, options.taxonomy);
  return reading.valid ? usable(put, first, reading.columns, []) : repairedAnswer(put, reading.problems, first);
}

/** An answer that was cut off, empty or another model's was paid for, and the same question would bring it again. */
async function firstAnswer(put: Put): Promise<ChatAnswer> {
  try {
    return await put.options.chat.ask(put.question.request, put.budget, put.signal);
  } catch (error) {
    const problem = unusableAnswerIn(error);
    if (problem !== null) await remember(put, [problem], false);
    throw error;
  }
}

/** Asks once more with what was wrong; `first` null: the first answer is of an earlier run. */
async function repairedAnswer(put: Put, problems: readonly string[], first: ChatAnswer | null): Promise<Answered> {
  const { question, options, key } = put;
  // Kept before the repair is asked for: whatever ends this run, the first answer is not paid for twice.
  const waits = await remember(put, problems, true);
  try {
    const repaired = await options.chat.ask(repairRequest(question, problems), put.budget, put.signal);
    const reading = readAnswer(repaired.text, question, options.taxonomy);
    if (reading.valid) return await usable(put, repaired, reading.columns, problems);
    return await unusable(put, repaired, [...problems, ...reading.problems], 'LLM_ANSWER_INVALID');
  } catch (error) {
    put.signal.throwIfAborted();
    if (!isLexlineError(error) || !error.code.startsWith('LLM_')) throw error;
    const { code, message } = error;
    const problem = unusableAnswerIn(error);
    if (problem !== null) return unusable(put, first, [...problems, problem], code);
    if (first === null) throw error;
    const call = record(put, first, problems, code === 'LLM_BUDGET_SPENT' ? 'LLM_ANSWER_INVALID' : code);
    return { key, columns: null, problems, until: waits, notRepaired: { code, message }, call };
  }
}

async function usable(
  put: Put,
  answer: ChatAnswer,
  columns: readonly ColumnSaying[],
  problems: readonly string[],
): Promise<Answered> {
  await put.options.memory.keep(put.key, { columns, problems });
  const call = record(put, answer, problems, null);
  return { key: put.key, columns, problems, until: null, notRepaired: null, call };
}

async function unusable(
  put: Put,
  answer: ChatAnswer | null,
  problems: readonly string[],
  error: ErrorCode,
): Promise<Answered> {
  const call = record(put, answer, problems, error);
  const until = await remember(put, problems, false);
  return { key: put.key, columns: null, problems, until, notRepaired: null, call };
}

function remember(
  { options: { memory, endpoint }, badKey }: Put,
  problems: readonly string[],
  awaitsRepair: boolean,
): Promise<string> {
  return memory.keepUnusable(badKey, { problems, awaitsRepair }, endpoint.askAgainAfter);
}

function record(
  { options, question, table }: Put,
  answer: ChatAnswer | null,
  problems: readonly string[],
  error: ErrorCode | null,
): CallRecord {
  return callOf(options, question, table, {
    answer: answer === null ? null : hash('sha256', answer.text, 'hex'),
    rung: answer?.rung ?? null,
    validators: { problems, repaired: error === null && problems.length > 0 },
    error,
  });
}

/** Of an answer that came and could not be read as one: why, in our words. */
function unusableAnswerIn(error: unknown): string | null {
  if (!isLexlineError(error) || error.code !== 'LLM_ANSWER_INVALID') return null;
  return error.cause instanceof RequestFailed ? error.cause.failure.what : 'the answer cannot be used';
}

/** The record of one question for the ledger. */
export function callOf(
  { chat, endpoint }: JudgeOptions,
  { digest, look, open, candidates, examples }: Question,
  table: TableInput,
  rest: Pick<CallRecord, 'answer' | 'rung' | 'validators' | 'error'>,
): CallRecord {
  const sources = candidates.flatMap(({ hit }) => (hit.passage === null ? [] : [hit.passage.sha256]));
  return {
    template: templateVersion,
    endpoint: endpoint.name,
    region: endpoint.region,
    model: chat.model,
    look,
    question: digest,
    columns: open.map(({ index }) => table.columns[index]?.id ?? ''),
    examples: examples.map(({ id }) => id),
    retrieved: candidates.map(({ hit }) => hit.provision),
    sources: [...new Set(sources)],
    ...rest,
  };
}
