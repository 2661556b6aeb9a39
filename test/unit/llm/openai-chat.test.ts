import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../../server/base/clock.ts';
import type { EndpointConfig } from '../../../server/base/config-llm.ts';
import { createBudget } from '../../../server/llm/budget.ts';
import type { ChatAnswer } from '../../../server/llm/chat-model.ts';
import { createOpenAiChat } from '../../../server/llm/openai/openai-chat.ts';
import { answer, startFakeOpenAi, type FakeOpenAi, type Reply } from '../../fake/openai-server.ts';
import { endpointAt } from './endpoint.ts';

let server: FakeOpenAi;
beforeEach(async () => {
  server = await startFakeOpenAi();
});
afterEach(() => server.close());

const request = { system: 'rules', user: 'data', schema: { name: 'answer', body: { type: 'object' } } };
const fine = answer({ fine: true });

/** Waits that were asked for, none of them waited. */
let waits: number[] = [];
beforeEach(() => {
  waits = [];
});

async function ask(
  patch: Partial<EndpointConfig> = {},
  budget = createBudget('fake'),
  clock: Clock = systemClock,
): Promise<ChatAnswer> {
  const chat = createOpenAiChat({
    endpoint: endpointAt(server.url, patch),
    clock,
    random: () => 0,
    pause: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  return chat.ask(request, budget, new AbortController().signal);
}

async function outcome(patch: Partial<EndpointConfig> = {}): Promise<string> {
  try {
    return (await ask(patch)).text;
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${String(error.code)}: ${error.message}` : String(error);
  }
}

/** Plays the replies in turn, the last one again and again. */
function inTurn(...replies: readonly Reply[]): void {
  server.play((_, n) => replies[Math.min(n, replies.length - 1)] ?? fine);
}

describe('a question to an endpoint', () => {
  it('is one chat completion without tools, at temperature 0, in strict JSON', async () => {
    inTurn(fine);
    const got = await ask({ apiKey: 'secret-key' });
    expect(got).toMatchObject({ text: '{"fine":true}', rung: 'json_schema', model: 'model-1' });
    expect(got.use).toEqual({ input: 100, output: 20, estimated: false });
    const [only] = server.requests;
    expect(server.requests).toHaveLength(1);
    expect(only?.path).toBe('/v1/chat/completions');
    expect(only?.headers.authorization).toBe('Bearer secret-key');
    expect(only?.body).toMatchObject({ model: 'model-1', temperature: 0, max_tokens: 500 });
    expect(only?.body['tools']).toBeUndefined();
    expect(only?.body.response_format?.type).toBe('json_schema');
  });

  it('says nothing of the machine, and no key where none is configured', async () => {
    inTurn(fine);
    await ask();
    expect(server.bytes()).not.toMatch(/stainless|authorization|openai-organization|linux|darwin|v24/iu);
  });

  it.each([
    ['429 with seconds', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }, [1000]],
    ['429 with milliseconds', { kind: 'status', status: 429, headers: { 'retry-after-ms': '300' } }, [300]],
    ['500', { kind: 'status', status: 500 }, [500]],
    ['529', { kind: 'status', status: 529 }, [500]],
    ['503 with a page', { kind: 'status', status: 503, body: '<html>busy</html>' }, [500]],
    ['408', { kind: 'status', status: 408 }, [500]],
    ['a connection that is reset', { kind: 'reset' }, [500]],
    ['a body that breaks off', { kind: 'reset-amid' }, [500]],
    ['200 with a page', { kind: 'raw', body: '<html>hello</html>', type: 'text/html' }, [500]],
    ['200 with an error', { kind: 'raw', body: '{"error":{"message":"overloaded"}}' }, [500]],
    ['200 with half a JSON', { kind: 'raw', body: '{"choices":[{"mess' }, [500]],
    ['no choices', { kind: 'content', content: '', choices: [] }, [500]],
  ] satisfies [string, Reply, number[]][])('is asked again after %s', async (_, fault, expected) => {
    inTurn(fault, fine);
    expect(await outcome()).toBe('{"fine":true}');
    expect(server.requests).toHaveLength(2);
    expect(waits).toEqual(expected);
  });

  it('waits as long as the endpoint asks, also longer than a minute, where the deadline allows it', async () => {
    inTurn({ kind: 'status', status: 429, headers: { 'retry-after': '120' } }, fine);
    expect(await outcome({ deadline: 300_000 })).toBe('{"fine":true}');
    expect(waits).toEqual([120_000]);
  });

  it('says so instead of asking too early where the deadline does not allow the wait', async () => {
    inTurn({ kind: 'status', status: 429, headers: { 'retry-after': '120' } }, fine);
    expect(await outcome({ deadline: 60_000 })).toMatch(/^LLM_UNAVAILABLE: .*asks to wait 120 s/u);
    expect(server.requests).toHaveLength(1);
  });

  it('understands a wait until a date', async () => {
    const now = Date.parse('2026-11-21T10:00:00Z');
    const date = new Date(now + 10_000).toUTCString();
    inTurn({ kind: 'status', status: 503, headers: { 'retry-after': date } }, fine);
    expect((await ask({}, createBudget('fake'), { now: () => now })).text).toBe('{"fine":true}');
    expect(waits).toEqual([10_000]);
  });

  it('is given up after the configured tries', async () => {
    inTurn({ kind: 'status', status: 500 });
    expect(await outcome()).toMatch(/^LLM_UNAVAILABLE: .*status 500 \(after 3 tries\)/u);
    expect(waits).toEqual([500, 1000]);
  });

  it.each([
    ['a wrong key', { kind: 'status', status: 401 }, /^LLM_REFUSED: .*key/u],
    ['no such model', { kind: 'status', status: 404 }, /^LLM_REFUSED: .*no such model/u],
    [
      'a question that is too long',
      { kind: 'status', status: 400, body: '{"error":{"message":"maximum context","code":"context_length_exceeded"}}' },
      /^LLM_REFUSED: .*longer than the model takes/u,
    ],
    ['a refusal', { kind: 'content', content: null, message: { refusal: 'no' } }, /^LLM_REFUSED: .*declined/u],
    ['a filter', { kind: 'content', content: '', finish: 'content_filter' }, /^LLM_REFUSED: .*filter/u],
    ['an answer cut off', { kind: 'content', content: '{"a', finish: 'length' }, /^LLM_ANSWER_INVALID: .*cut off/u],
    [
      'a call of a tool',
      { kind: 'content', content: null, message: { tool_calls: [{ id: '1' }] } },
      /^LLM_ANSWER_INVALID: .*tool/u,
    ],
    ['an empty answer', { kind: 'content', content: '  ' }, /^LLM_ANSWER_INVALID: .*nothing/u],
    ['another model', { kind: 'content', content: '{}', model: 'model-2' }, /^LLM_ANSWER_INVALID: .*another model/u],
    ['an answer of 10 MB', { kind: 'large', bytes: 10_000_000 }, /^LLM_ANSWER_INVALID: .*larger than/u],
    ['a redirect', { kind: 'redirect-loop' }, /^LLM_UNAVAILABLE: .*redirect/u],
  ] satisfies [string, Reply, RegExp][])('is asked once, and fails by name, after %s', async (_, fault, expected) => {
    inTurn(fault, fine);
    expect(await outcome()).toMatch(expected);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['never answers', { kind: 'silent' }],
    ['stalls after its headers', { kind: 'stall' }],
    ['drips', { kind: 'drip', everyMs: 20 }],
    ['answers after the deadline', { kind: 'late', ms: 5000, reply: fine }],
  ] satisfies [string, Reply][])('ends with its deadline where the endpoint %s', async (_, fault) => {
    inTurn(fault);
    expect(await outcome({ deadline: 300 })).toMatch(/^LLM_UNAVAILABLE: .*in time/u);
  });

  it('takes a dated name of the model, and one that the configuration lists', async () => {
    inTurn({ kind: 'content', content: '{}', model: 'model-1-2026-08-06' });
    expect(await outcome()).toBe('{}');
    inTurn({ kind: 'content', content: '{}', model: 'deployment-7' });
    expect(await outcome({ answersAs: ['deployment-7'] })).toBe('{}');
    inTurn({ kind: 'content', content: '{}', model: 'model-10' });
    expect(await outcome()).toMatch(/another model/u);
  });

  it('counts tokens itself where the endpoint does not', async () => {
    inTurn({ kind: 'content', content: '{"fine":true}', usage: null });
    expect((await ask()).use).toMatchObject({ estimated: true });
    inTurn({ kind: 'content', content: '{"fine":true}', usage: { prompt_tokens: -5, completion_tokens: 'many' } });
    expect((await ask()).use).toMatchObject({ estimated: true });
  });

  it('ends at once when it is no longer wanted', async () => {
    inTurn({ kind: 'silent' });
    const chat = createOpenAiChat({ endpoint: endpointAt(server.url), clock: systemClock });
    const stop = new AbortController();
    const asked = chat.ask(request, createBudget('fake'), stop.signal);
    setTimeout(() => stop.abort(new Error('not wanted')), 50);
    await expect(asked).rejects.toThrow('not wanted');
  });

  it('never shows a key or the endpoint’s own words in a failure', async () => {
    inTurn({ kind: 'status', status: 401, body: '{"error":{"message":"key canary-key of data is wrong"}}' });
    expect(await outcome({ apiKey: 'canary-key' })).not.toMatch(/canary/u);
  });
});

describe('the budget of a sync', () => {
  it('is asked before every request, failed ones too', async () => {
    inTurn({ kind: 'status', status: 500 });
    const budget = createBudget('fake', { requests: 2 });
    await expect(ask({ retries: 5 }, budget)).rejects.toMatchObject({ code: 'LLM_BUDGET_SPENT' });
    expect(server.requests).toHaveLength(2);
    expect(budget.spent().requests).toBe(2);
  });

  it('counts what was used, with its cost', async () => {
    inTurn(fine);
    const budget = createBudget('fake', {}, { input: 10, output: 100, currency: 'EUR' });
    await ask({}, budget);
    expect(budget.spent()).toEqual({
      requests: 1,
      inputTokens: 100,
      outputTokens: 20,
      estimated: false,
      cost: 0.003,
      currency: 'EUR',
    });
  });
});
