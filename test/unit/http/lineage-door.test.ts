import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { lineageDoor } from '../../../server/http/lineage-door.ts';
import { LexlineError } from '../../../server/base/errors.ts';
import type { Json } from '../../../server/model/json.ts';
import type { SpokenOf } from '../../../server/model/storage-place.ts';
import { createReceiver } from '../../../server/sync/receiver.ts';

/** The door over a source that takes objects with a `namespace`, an inbox that fails as told, and a caller bound to `mine`. */
async function ask(body: unknown, failure: LexlineError | null = null, spokenOf: SpokenOf = ['mine*']) {
  const kept: Json[] = [];
  const letters: Json[] = [];
  const receiver = createReceiver({
    sources: [
      {
        name: 'lineage',
        accept: (payload) => {
          const namespace: unknown =
            typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'namespace') : null;
          return typeof namespace === 'string'
            ? { type: 'event', event: { namespace }, namespaces: [namespace] }
            : { type: 'refused', problem: 'no namespace', remains: 'a part', namespaces: namedIn(payload) };
        },
        reach: async (events) =>
          events.map((event) => (JSON.stringify(event).includes('mine/shared') ? ['mine/shared', 'theirs'] : ['mine'])),
      },
    ],
    inbox: {
      async put(_, events) {
        if (failure !== null) throw failure;
        kept.push(...events);
      },
      waiting: async () => kept.length,
      onPut: () => {},
      close: async () => {},
    },
    deadLetters: {
      put: async (_, some) => void letters.push(...some.map(({ remains }) => remains)),
      async *list() {},
      count: async () => 0,
      remove: async () => {},
    },
    state: { put: async () => {} },
    clock: { now: () => Date.UTC(2026, 2, 1) },
  });
  const app = express();
  app.use(lineageDoor({ receiver, spokenOfBy: () => spokenOf }));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text: unknown = await answer.json();
  server.close();
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: text, kept, letters };
}

function namedIn(payload: unknown): readonly string[] {
  const job: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'job') : null;
  return typeof job === 'string' ? [job] : [];
}

const full = new LexlineError('INBOX_FULL', 'full');
const noDisk = new LexlineError('STORE_DISK_FULL', 'no disk');

describe('the door for events', () => {
  it('lets a caller speak of its own namespaces only', async () => {
    expect(await ask({ namespace: 'mine/etl' })).toMatchObject({ status: 201, kept: [{ namespace: 'mine/etl' }] });
    expect(await ask({ namespace: 'theirs' })).toMatchObject({ status: 403, kept: [], retryAfter: null });
    expect(await ask([{ namespace: 'theirs' }, { namespace: 'mine' }])).toMatchObject({
      status: 200,
      body: { status: 'partial_success', failed_events: [{ index: 0, retriable: false }] },
      kept: [{ namespace: 'mine' }],
    });
  });

  it('takes nothing that lands in a dataset of others by another of its names, and says whose it is', async () => {
    const answer = await ask({ namespace: 'mine/shared' });
    expect(answer).toMatchObject({ status: 403, kept: [] });
    expect(JSON.stringify(answer.body)).toContain('the namespace \\"theirs\\"');
    expect(await ask({ namespace: 'mine/shared' }, null, 'all')).toMatchObject({ status: 201 });
    expect(await ask([{ namespace: 'mine/shared' }, { namespace: 'mine' }])).toMatchObject({
      body: { failed_events: [{ index: 0, retriable: false }] },
      kept: [{ namespace: 'mine' }],
    });
  });

  it('keeps a dead letter of what the caller may send, and of nothing else', async () => {
    expect(await ask({ job: 'mine' })).toMatchObject({ status: 400, letters: ['a part'] });
    expect(await ask({ job: 'theirs' })).toMatchObject({ status: 403, letters: [] });
    expect(await ask({})).toMatchObject({ status: 400, letters: [] });
    expect(await ask({}, null, 'all')).toMatchObject({ status: 400, letters: ['a part'] });
  });

  it.each([
    ['when too much waits', full, 429],
    ['when the store cannot be written', noDisk, 503],
  ])('says when to come again %s', async (_, failure, status) => {
    expect(await ask({ namespace: 'mine' }, failure)).toMatchObject({ status, retryAfter: '5' });
    expect(await ask([{ namespace: 'mine' }, {}], failure)).toMatchObject({
      status: 200,
      retryAfter: '5',
      body: { summary: { received: 2, successful: 0, failed: 2, retriable: 1, non_retriable: 1 } },
    });
  });

  it('says what is wrong with an event that is none', async () => {
    expect(await ask({})).toMatchObject({ status: 400, retryAfter: null });
  });
});
