import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishAgain } from './shop-graph.ts';
import { serveShop, type GraphqlAnswer, type ShopServer } from './serve-shop.ts';

let shop: ShopServer;
beforeAll(async () => {
  shop = await serveShop();
});
afterAll(() => shop.close());

/** The events of a stream, one after the other, until it is let go. */
async function follow(
  query: string,
  url = shop.url,
): Promise<{ next(): Promise<GraphqlAnswer | 'complete'>; end(): void; status: number }> {
  const stop = new AbortController();
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
    signal: stop.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: response.status,
    end: () => stop.abort(),
    async next() {
      if (response.headers.get('content-type')?.startsWith('application/json') === true) {
        const { value } = (await reader?.read()) ?? {};
        return JSON.parse(value ?? 'null') as GraphqlAnswer;
      }
      for (;;) {
        const event = /^(?::[^\n]*\n\n)*event: (\w+)\ndata: ?([^\n]*)\n\n/u.exec(text.replace(/^(?::\n\n|\n)+/u, ''));
        if (event !== null) {
          const [whole, kind, data = ''] = event;
          text = text.slice(text.indexOf(whole) + whole.length);
          return kind === 'complete' ? 'complete' : (JSON.parse(data) as GraphqlAnswer);
        }
        const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
        if (done || value === undefined) return 'complete';
        text += value;
      }
    },
  };
}

describe('a stream of published revisions', () => {
  it('tells the present one first, then each newer one as it is published', async () => {
    const stream = await follow('subscription { revisionPublished { number cause } }');
    const first = await stream.next();
    expect(first).toMatchObject({ data: { revisionPublished: { number: 2 } } });
    await publishAgain(shop.stores);
    expect(await stream.next()).toMatchObject({ data: { revisionPublished: { number: 3 } } });
    stream.end();
  });

  it('tells what became of fields, and nothing of a revision that changed none', async () => {
    const looked = Promise.withResolvers<void>();
    const own = await serveShop({
      query: (query) => ({
        ...query,
        as: (viewer, signal) => {
          const seen = query.as(viewer, signal);
          const at: typeof seen.at = async (...when) => {
            const revision = await seen.at(...when);
            looked.resolve();
            return revision;
          };
          return { ...seen, at };
        },
      }),
    });
    const stream = await follow(
      'subscription { fieldChanges { revision { number } totalCount changes { kind summary } } }',
      own.url,
    );
    // It tells what changes from where it looked first.
    await looked.promise;
    await publishAgain(own.stores);
    await publishAgain(own.stores, 'refund_iban');
    const event = await stream.next();
    expect(event).toMatchObject({ data: { fieldChanges: { totalCount: 1 } } });
    expect(JSON.stringify(event)).toContain('refund_iban');
    stream.end();
    await own.close();
  });
});

describe('a stream', () => {
  it.each([
    ['a question', '{ revision { number } }', 'BAD_REQUEST'],
    ['what the schema has not', 'subscription { everything }', 'GRAPHQL_VALIDATION_FAILED'],
    ['nothing that parses', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    [
      'too much',
      `subscription { ${Array.from({ length: 20 }, (_, i) => `a${i}: revisionPublished { number }`).join(' ')} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('is refused for %s', async (_, query, code) => {
    const stream = await follow(query);
    const event = await stream.next();
    if (event === 'complete') throw new Error('no answer');
    expect(event.errors).toHaveLength(1);
    expect(stream.status).toBe(400);
    expect(event.errors?.[0]?.extensions?.['code']).toBe(code);
    stream.end();
  });

  it('is let go when its reader goes away: the server goes down at once', async () => {
    const own = await serveShop();
    const stop = new AbortController();
    const response = await fetch(`${own.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { revisionPublished { number } }' }),
      signal: stop.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    stop.abort();
    await own.close();
  });
});
