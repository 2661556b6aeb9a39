import { instant, type Clock } from '../base/clock.ts';
import { digestOf, type Json } from '../model/json.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { ColumnSaying } from './read-answer.ts';

const kind = 'llm-answer';
/** How long an answer that could not be used is remembered, so that the same question is not put again at once. */
const badAnswerMs = 24 * 60 * 60 * 1000;

/** An answer as it is kept: what was read from it, never its text. */
export interface KeptAnswer {
  /** Null: it could not be used, also after the repair. */
  readonly columns: readonly ColumnSaying[] | null;
  readonly problems: readonly string[];
}

/** Answers by the question they answer: a question that was answered is not put again. */
export interface AnswerMemory {
  recall(key: string): Promise<KeptAnswer | null>;
  keep(key: string, answer: KeptAnswer): Promise<void>;
}

/** The answer that is kept is the answer: models say other things each time. */
export function answerKey(endpoint: string, model: string, questionDigest: string): string {
  return digestOf(['llm-answer', endpoint, model, questionDigest]);
}

/** Keeps answers in the state store: over restarts, and for every process. */
export function answersInState(state: Pick<StateStore, 'get' | 'put'>, clock: Clock): AnswerMemory {
  return {
    async recall(key) {
      const body = await state.get(kind, key);
      return body === null ? null : (body as unknown as KeptAnswer);
    },
    async keep(key, answer) {
      const expiresAt = answer.columns === null ? instant({ now: () => clock.now() + badAnswerMs }) : undefined;
      await state.put(kind, key, answer as unknown as Json, expiresAt);
    },
  };
}

/** Keeps answers as long as the process lives. */
export function answersInMemory(): AnswerMemory {
  const kept = new Map<string, KeptAnswer>();
  return {
    recall: (key) => Promise.resolve(kept.get(key) ?? null),
    keep(key, answer) {
      kept.set(key, answer);
      return Promise.resolve();
    },
  };
}
