import { hash } from 'node:crypto';
import type { EndpointConfig } from '../base/config-llm.ts';
import type { Budget } from '../llm/budget.ts';
import type { ChatModel } from '../llm/chat-model.ts';
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
  /** Null: not usable, also after the repair. */
  readonly columns: readonly ColumnSaying[] | null;
  readonly problems: readonly string[];
  /** Of an answer that cannot be used: from when on it is asked again, ISO 8601. */
  readonly until: string | null;
  /** Null: it was answered before. */
  readonly call: CallRecord | null;
}

/**
 * Puts one question, unless it was answered before: at most twice, the second time with what was wrong. An answer that
 * could not be used is remembered for a while; `retry` asks anew all the same. Fails with what the chat model fails with;
 * nothing is remembered then.
 */
export async function askQuestion(
  question: Question,
  table: TableInput,
  options: JudgeOptions,
  { budget, retry, signal }: { readonly budget: Budget; readonly retry: boolean; readonly signal: AbortSignal },
): Promise<Answered> {
  const { chat, endpoint, taxonomy, memory } = options;
  const key = answerKey(endpoint.name, chat.model, question.digest);
  const kept = await memory.recall(key);
  if (kept !== null) return { key, ...kept, until: null, call: null };
  const badKey = unusableKey(endpoint, question.digest);
  const bad = retry ? null : await memory.recallUnusable(badKey);
  if (bad !== null) return { key, columns: null, ...bad, call: null };
  const first = await chat.ask(question.request, budget, signal);
  let reading = readAnswer(first.text, question, taxonomy);
  let last = first;
  const problems = reading.valid ? [] : reading.problems;
  if (!reading.valid) {
    last = await chat.ask(repairRequest(question, reading.problems), budget, signal);
    reading = readAnswer(last.text, question, taxonomy);
  }
  const columns = reading.valid ? reading.columns : null;
  const all = reading.valid ? problems : [...problems, ...reading.problems];
  const until = columns === null ? await memory.keepUnusable(badKey, all, endpoint.askAgainAfter) : null;
  if (columns !== null) await memory.keep(key, { columns, problems: all });
  return {
    key,
    columns,
    problems: all,
    until,
    call: callOf(options, question, table, {
      answer: hash('sha256', last.text, 'hex'),
      rung: last.rung,
      validators: { problems: all, repaired: last !== first && reading.valid },
      error: reading.valid ? null : 'LLM_ANSWER_INVALID',
    }),
  };
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
