import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Fetch } from '../../server/llm/openai/guarded-fetch.ts';

/** One exchange with a real endpoint as it may be kept: of the question only its hash, of the answer status and body. */
interface Recorded {
  /** SHA-256 of path and body of the request. */
  readonly question: string;
  readonly status: number;
  readonly body: string;
}

/** What a recording holds: the model that answered, and its answers by question. */
interface Recording {
  readonly model: string;
  readonly answers: readonly Recorded[];
}

function questionOf(input: string | URL | Request, init: RequestInit | undefined): string {
  const url = new URL(input instanceof Request ? input.url : input);
  return hash('sha256', `${url.pathname}\n${typeof init?.body === 'string' ? init.body : ''}`, 'hex');
}

/**
 * Speaks to a real endpoint and keeps what it answers. Neither headers nor questions are kept, and whatever `secrets` names
 * is taken out of the answers.
 */
export function recordFetch(
  inner: Fetch,
  secrets: readonly string[],
): { readonly fetch: Fetch; save(file: string, model: string): void } {
  const kept = new Map<string, Recorded>();
  return {
    async fetch(input, init) {
      const response = await inner(input, init);
      const text = await response.text();
      const body = secrets.filter((each) => each !== '').reduce((clean, secret) => clean.replaceAll(secret, '…'), text);
      const question = questionOf(input, init);
      kept.set(question, { question, status: response.status, body });
      return new Response(text, { status: response.status, headers: { 'content-type': 'application/json' } });
    },
    save(file, model) {
      const sorted = [...kept.values()].sort((a, b) => (a.question < b.question ? -1 : 1));
      writeFileSync(file, `${JSON.stringify({ model, answers: sorted } satisfies Recording, null, 2)}\n`);
    },
  };
}

/** Answers as it was recorded, without a network. A question that was not recorded fails, so that a changed one is noticed. */
export function replayFetch(file: string): { readonly model: string; readonly fetch: Fetch } {
  const { model, answers } = JSON.parse(readFileSync(file, 'utf8')) as Recording;
  const byQuestion = new Map(answers.map((each) => [each.question, each]));
  const fetch: Fetch = (input, init) => {
    const found = byQuestion.get(questionOf(input, init));
    if (found === undefined) return Promise.reject(new Error('this question was not recorded: record again'));
    const { body, status } = found;
    return Promise.resolve(new Response(body, { status, headers: { 'content-type': 'application/json' } }));
  };
  return { model, fetch };
}
