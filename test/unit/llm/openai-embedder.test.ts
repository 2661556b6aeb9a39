import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { createOpenAiEmbedder } from '../../../server/llm/openai/openai-embedder.ts';
import { startFakeOpenAi, type FakeOpenAi, type Received, type Reply } from '../../fake/openai-server.ts';
import { endpointAt } from './endpoint.ts';

let server: FakeOpenAi;
beforeEach(async () => {
  server = await startFakeOpenAi();
});
afterEach(() => server.close());

function vector(text: string): number[] {
  return [text.length, 1, 0];
}

function vectors({ body }: Received): { index: number; embedding: number[] }[] {
  return (body.input ?? []).map((text, index) => ({ index, embedding: vector(text) }));
}

function embed(texts: readonly string[]): Promise<readonly (readonly number[])[]> {
  const embedder = createOpenAiEmbedder({
    endpoint: endpointAt(server.url, { retries: 1 }),
    model: 'embed-1',
    dimensions: 3,
    clock: systemClock,
    random: () => 0,
    pause: () => Promise.resolve(),
  });
  return embedder.embed(texts, new AbortController().signal);
}

describe('vectors of texts', () => {
  it('come back in the order asked, in batches, as plain numbers', async () => {
    server.play((request) => ({ kind: 'vectors', data: vectors(request).toReversed() }));
    const texts = Array.from({ length: 70 }, (_, i) => 'x'.repeat(i + 1));
    expect(await embed(texts)).toEqual(texts.map((text) => vector(text)));
    expect(server.requests.map(({ body }) => body.input?.length)).toEqual([32, 32, 6]);
    expect(server.requests[0]?.body).toMatchObject({ model: 'embed-1', encoding_format: 'float' });
  });

  it('of no texts need no request', async () => {
    expect(await embed([])).toEqual([]);
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ['one is missing', (all) => all.slice(1)],
    ['one is there twice', (all) => [all[0], all[0]]],
    ['there are too many', (all) => [...all, { index: 2, embedding: [1, 1, 1] }]],
    ['one is too short', (all) => [all[0], { index: 1, embedding: [1, 1] }]],
    ['one is all zero', (all) => [all[0], { index: 1, embedding: [0, 0, 0] }]],
  ] satisfies [string, (all: readonly unknown[]) => readonly unknown[]][])(
    'are refused whole where %s',
    async (_, change) => {
      server.play((request): Reply => ({ kind: 'vectors', data: change(vectors(request)) }));
      await expect(embed(['a', 'b'])).rejects.toMatchObject({ code: 'LLM_ANSWER_INVALID' });
    },
  );

  it('are asked for again where the answer holds none', async () => {
    server.play((request, n) => (n === 0 ? { kind: 'raw', body: '{}' } : { kind: 'vectors', data: vectors(request) }));
    expect(await embed(['a'])).toEqual([[1, 1, 0]]);
  });
});
