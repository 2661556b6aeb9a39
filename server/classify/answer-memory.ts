import { z } from 'zod';
import { instant, type Clock } from '../base/clock.ts';
import type { EndpointConfig } from '../base/config-llm.ts';
import { digestOf, type Json } from '../model/json.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import { templateVersion } from './question.ts';
import type { ColumnSaying } from './read-answer.ts';

const answerKind = 'llm-answer';
const unusableKind = 'llm-unusable';

/** Earlier versions kept no `awaitsRepair`: what they kept was over. */
const unusableSchema = z.object({
  problems: z.array(z.string()),
  until: z.string(),
  awaitsRepair: z.boolean().default(false),
});

/** An answer as it is kept: what was read from it, never its text. */
export interface KeptAnswer {
  readonly columns: readonly ColumnSaying[];
  readonly problems: readonly string[];
}

/** That an answer could not be used, also after the repair: so that the same question is not put again at once. */
export interface UnusableAnswer {
  readonly problems: readonly string[];
  /** ISO 8601; from then on it is asked again. */
  readonly until: string;
  /** Only the first answer is known to be bad: the repair was not had, and is asked for without paying for the first again. */
  readonly awaitsRepair: boolean;
}

/** Answers by the question they answer: a question that was answered is not put again. */
export interface AnswerMemory {
  recall(key: string): Promise<KeptAnswer | null>;
  keep(key: string, answer: KeptAnswer): Promise<void>;
  /** Null: the question was never answered badly, or long enough ago. */
  recallUnusable(key: string): Promise<UnusableAnswer | null>;
  /** `forMs` 0: it is not remembered. Gives the instant from which it is asked again. */
  keepUnusable(key: string, bad: Omit<UnusableAnswer, 'until'>, forMs: number): Promise<string>;
}

/** The answer that is kept is the answer: models say other things each time. */
export function answerKey(endpoint: string, model: string, questionDigest: string): string {
  return digestOf(['llm-answer', endpoint, model, questionDigest]);
}

/**
 * Under what a bad answer is remembered: the question, how it was put, and every setting of the endpoint that a person
 * would change to mend it. Another address, model, name of the model or length of answers asks anew at once.
 */
export function unusableKey(
  { name, baseUrl, model, answersAs, maxOutputTokens }: EndpointConfig,
  questionDigest: string,
): string {
  const settings = { baseUrl, model, answersAs: [...answersAs].sort(), maxOutputTokens };
  return digestOf(['llm-unusable', templateVersion, name, settings, questionDigest]);
}

/** Keeps answers in the state store: over restarts, and for every process. */
export function answersInState(state: Pick<StateStore, 'get' | 'put'>, clock: Clock): AnswerMemory {
  return {
    async recall(key) {
      const body = await state.get(answerKind, key);
      return isAnswer(body) ? body : null;
    },
    async keep(key, answer) {
      await state.put(answerKind, key, answer as unknown as Json);
    },
    async recallUnusable(key) {
      const kept = unusableSchema.safeParse(await state.get(unusableKind, key));
      return kept.success ? kept.data : null;
    },
    async keepUnusable(key, { problems, awaitsRepair }, forMs) {
      const until = instant({ now: () => clock.now() + forMs });
      if (forMs > 0) await state.put(unusableKind, key, { problems: [...problems], until, awaitsRepair }, until);
      return until;
    },
  };
}

/** Keeps answers as long as the process lives. */
export function answersInMemory(clock: Clock): AnswerMemory {
  const kept = new Map<string, KeptAnswer>();
  const unusable = new Map<string, UnusableAnswer>();
  return {
    recall: (key) => Promise.resolve(kept.get(key) ?? null),
    keep(key, answer) {
      kept.set(key, answer);
      return Promise.resolve();
    },
    recallUnusable(key) {
      const found = unusable.get(key);
      return Promise.resolve(found !== undefined && found.until > instant(clock) ? found : null);
    },
    keepUnusable(key, bad, forMs) {
      const until = instant({ now: () => clock.now() + forMs });
      if (forMs > 0) unusable.set(key, { ...bad, until });
      return Promise.resolve(until);
    },
  };
}

/** Earlier versions kept bad answers beside the good ones, without columns: those count as never asked. */
function isAnswer(body: unknown): body is KeptAnswer {
  return typeof body === 'object' && body !== null && Array.isArray(Reflect.get(body, 'columns'));
}
