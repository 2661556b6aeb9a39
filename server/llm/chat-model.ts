import type { Json } from '../model/json.ts';
import type { Budget, TokenUse } from './budget.ts';

/** How an answer's form is asked for, strictest first. Whatever the rung, the answer is checked by us. */
export const rungs = ['json_schema', 'json_object', 'plain'] as const;
export type Rung = (typeof rungs)[number];

/** One question to a model: no tools, no history, one answer in JSON. */
export interface ChatRequest {
  readonly system: string;
  readonly user: string;
  /** What the answer must look like; sent where the endpoint understands it, written into the question where it does not. */
  readonly schema: { readonly name: string; readonly body: Json };
}

/** What came back: raw text, not yet believed. */
export interface ChatAnswer {
  readonly text: string;
  /** The model that the endpoint says has answered. */
  readonly model: string;
  readonly rung: Rung;
  readonly use: TokenUse;
}

/** A chat endpoint with its retries, deadlines and limits around it. */
export interface ChatModel {
  /** The endpoint's name in the configuration. */
  readonly endpoint: string;
  /** The model that is asked; part of every key under which an answer is kept. */
  readonly model: string;
  /**
   * Every request on the wire, failed ones too, is taken from `budget` before it is made. Fails with LLM_UNAVAILABLE (no
   * answer within deadline and retries), LLM_REFUSED (the endpoint or the model said no), LLM_ANSWER_INVALID (not an answer:
   * cut off, empty, too large, another model's) or LLM_BUDGET_SPENT.
   */
  ask(request: ChatRequest, budget: Budget, signal: AbortSignal): Promise<ChatAnswer>;
}
