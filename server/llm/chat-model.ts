import type { Json } from '../model/json.ts';

/** How an answer's form was asked for, strictest first. Whatever the rung, the answer is checked by us. */
export const rungs = ['json_schema', 'json_object', 'plain'] as const;
export type Rung = (typeof rungs)[number];

/** One question to a model: no tools, no history, one answer in JSON. */
export interface ChatRequest {
  readonly system: string;
  readonly user: string;
  /** What the answer must look like; sent where the endpoint understands it, written into the question where it does not. */
  readonly schema: { readonly name: string; readonly body: Json };
  readonly maxOutputTokens: number;
}

export interface TokenUse {
  readonly input: number;
  readonly output: number;
  /** True where the endpoint did not say and we counted characters. */
  readonly estimated: boolean;
}

/** What came back: raw text, not yet believed. */
export interface ChatAnswer {
  readonly text: string;
  /** The model that the endpoint says has answered. */
  readonly model: string;
  readonly rung: Rung;
  readonly use: TokenUse;
  /** Requests it took, with those that failed. */
  readonly requests: number;
}

/** A chat endpoint with its retries, deadlines and limits around it. */
export interface ChatModel {
  /** The endpoint's name in the configuration. */
  readonly endpoint: string;
  /** The model that is asked; part of every key under which an answer is kept. */
  readonly model: string;
  /**
   * Fails with LLM_UNAVAILABLE (no answer within deadline and retries), LLM_REFUSED (the endpoint or the model said no),
   * LLM_ANSWER_INVALID (not an answer at all: cut off, empty, too large, another model) or LLM_BUDGET_SPENT.
   */
  ask(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer>;
}
