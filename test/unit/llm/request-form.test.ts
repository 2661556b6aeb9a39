import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { createBudget } from '../../../server/llm/budget.ts';
import type { ChatAnswer } from '../../../server/llm/chat-model.ts';
import { formsInMemory, type FormMemory } from '../../../server/llm/ladder.ts';
import { createOpenAiChat } from '../../../server/llm/openai/openai-chat.ts';
import { readForm } from '../../../server/llm/request-form.ts';
import { startFakeOpenAi, type FakeOpenAi } from '../../fake/openai-server.ts';
import { pickyEndpoint, wordings, type Pick } from '../../fake/picky-endpoint.ts';
import { endpointAt } from './endpoint.ts';

let server: FakeOpenAi;
beforeEach(async () => {
  server = await startFakeOpenAi();
});
afterEach(() => server.close());

const request = { system: 'rules', user: 'data', schema: { name: 'answer', body: { type: 'object' } } };

async function ask(memory: FormMemory = formsInMemory(), requests = 50): Promise<ChatAnswer> {
  const chat = createOpenAiChat({
    endpoint: endpointAt(server.url),
    clock: systemClock,
    memory,
    pause: () => Promise.resolve(),
  });
  return chat.ask(request, createBudget('fake', { requests }), new AbortController().signal);
}

const last = () => server.requests.at(-1)?.body;
const status400 = (error: unknown) => ({ kind: 'status' as const, status: 400, body: JSON.stringify({ error }) });

describe('the form of a request', () => {
  it('is the strictest at first, and never holds a seed', async () => {
    await ask();
    expect(Object.keys(last() ?? {}).sort()).toEqual([
      'max_tokens',
      'messages',
      'model',
      'response_format',
      'temperature',
    ]);
  });

  it.each(wordings.filter((wording) => wording !== 'mute'))(
    'changes only what a refusal in the words of %s names',
    async (wording) => {
      const shapes: readonly [Pick, (body: Readonly<Record<string, unknown>>) => boolean][] = [
        [
          'max_tokens',
          (body) => body['max_completion_tokens'] === 500 && !('max_tokens' in body) && body['temperature'] === 0,
        ],
        ['temperature', (body) => !('temperature' in body) && body['max_tokens'] === 500],
        [
          'json_schema',
          (body) => JSON.stringify(body['response_format']) === '{"type":"json_object"}' && body['temperature'] === 0,
        ],
        ['system', (body) => JSON.stringify(body['messages']) === '[{"role":"user","content":"rules\\n\\ndata"}]'],
      ];
      for (const [refused, isChanged] of shapes) {
        const before = server.requests.length;
        server.play(pickyEndpoint([refused], wording));
        expect((await ask()).text, refused).toBe('{"fine":true}');
        expect(server.requests.length - before, refused).toBe(2);
        expect(isChanged(last() ?? {}), `${refused}: ${JSON.stringify(last())}`).toBe(true);
      }
    },
  );

  it.each(wordings)('reaches an endpoint that lacks everything, whatever it says (%s)', async (wording) => {
    server.play(pickyEndpoint(['json_schema', 'json_object', 'temperature', 'max_tokens', 'system'], wording));
    expect(await ask()).toMatchObject({ text: '{"fine":true}', rung: 'plain' });
    expect(Object.keys(last() ?? {}).sort()).toEqual(['max_completion_tokens', 'messages', 'model']);
    expect(server.requests.length).toBeLessThanOrEqual(8);
    expect(last()?.messages?.[0]?.content).toContain('JSON Schema');
  });

  it('is found out by trying where nothing is said: the answer form first, then the limit, then the temperature', async () => {
    server.play(pickyEndpoint(['max_tokens'], 'mute'));
    expect((await ask()).text).toBe('{"fine":true}');
    expect(last()).toHaveProperty('max_completion_tokens', 500);
    expect(server.requests.length).toBeLessThanOrEqual(6);
  });

  it('is remembered per endpoint and model: the next question is asked once', async () => {
    server.play(pickyEndpoint(['max_tokens', 'temperature', 'json_schema'], 'openai'));
    const memory = formsInMemory();
    await ask(memory);
    const before = server.requests.length;
    await ask(memory);
    expect(server.requests.length - before).toBe(1);
    expect(await memory.recall(`${server.url} model-1`)).toEqual({
      rung: 'json_object',
      limit: 'max_completion_tokens',
      temperature: false,
      systemRole: true,
    });
    expect(await memory.recall(`${server.url} model-2`)).toBeNull();
  });

  it('is found anew where an endpoint no longer takes what is remembered of it', async () => {
    const memory = formsInMemory();
    server.play(pickyEndpoint(['max_tokens'], 'openai'));
    await ask(memory);
    server.play(pickyEndpoint(['max_completion_tokens'], 'fastapi'));
    expect((await ask(memory)).text).toBe('{"fine":true}');
    expect(last()).toHaveProperty('max_tokens', 500);
  });

  it('ends in a refusal where no form is taken: no form is tried twice and nothing is remembered', async () => {
    server.play(() => ({ kind: 'status', status: 400 }));
    const memory = formsInMemory();
    await expect(ask(memory)).rejects.toThrow(/no form/u);
    const sent = server.requests.map(({ raw }) => raw.toString());
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent.length).toBeLessThanOrEqual(8);
    expect(await memory.recall(`${server.url} model-1`)).toBeNull();
  });

  it('pays for every try out of the budget', async () => {
    server.play(() => ({ kind: 'status', status: 400 }));
    await expect(ask(formsInMemory(), 2)).rejects.toMatchObject({ code: 'LLM_BUDGET_SPENT' });
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    [{ message: 'The response was filtered', code: 'content_filter' }, /filter/u],
    [
      { message: 'max_tokens is too large: 500. This model supports at most 200 completion tokens' },
      /maxOutputTokens/u,
    ],
    [{ message: 'maximum context length', code: 'context_length_exceeded' }, /longer than the model takes/u],
  ])('is not changed where the refusal is about something else: %j', async (error, expected) => {
    server.play(() => status400(error));
    await expect(ask()).rejects.toThrow(expected);
    expect(server.requests).toHaveLength(1);
  });

  it('takes a fault that names no lacking part for a fault: the same is asked again', async () => {
    server.play((_, n) =>
      n === 0
        ? { kind: 'status', status: 500, body: '{"error":{"message":"temperature of the machine is high"}}' }
        : { kind: 'content', content: '{}' },
    );
    await ask();
    expect(server.requests).toHaveLength(2);
    expect(last()).toHaveProperty('temperature', 0);
  });

  it('is only believed from memory where it is one', () => {
    expect(readForm('json_object')).toBeNull();
    expect(readForm({ rung: 'plain', limit: 'max_tokens', temperature: true })).toBeNull();
    expect(readForm({ rung: 'plain', limit: 'max_tokens', temperature: true, systemRole: false })).not.toBeNull();
  });
});
