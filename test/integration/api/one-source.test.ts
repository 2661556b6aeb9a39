import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../../server/graphql/global-id.ts';
import type { Actor } from '../../../server/model/provenance.ts';
import { jobDocument, publish } from './graph-rows.ts';
import type { Sync } from '../../../server/sync/sync.ts';
import { serveShop, stewardOf, type GraphqlAnswer, type ShopServer } from './serve-shop.ts';

let shop: ShopServer;
/** Runs that were started. */
const started: string[] = [];

const configured = ['shop', 'dbt-shop'];
const conductor = (sync: Sync): Sync => ({
  ...sync,
  knows: (source) => configured.includes(source),
  async run({ source }) {
    started.push(source);
    const report = await sync.lastReport(source);
    if (report === null) throw new Error('the seed left no run');
    return report;
  },
});

beforeAll(async () => {
  shop = await serveShop({
    conductor,
    // A steward of one source alone, or of everything.
    viewerOf({ 'x-source': source }) {
      return typeof source === 'string' ? stewardOf({ sources: [source] }) : stewardOf({ sources: 'all' }, 'chief');
    },
  });
});
afterAll(() => shop.close());

/** One revision more, made for this reason by this actor. */
async function publishFor(cause: string, actor: Actor): Promise<void> {
  const { published } = await shop.stores.graph.head();
  const name = `model.shop.for_${String(published)}`;
  const document = jobDocument({ namespace: 'dbt', name }, [], {
    core: { kind: 'model', platform: 'dbt' },
    io: { inputs: [], outputs: [] },
  });
  const change = { type: 'assert', source: 'shop', scope: 'again', document } as const;
  await publish(shop.stores.graph, `run-for-${String(published)}`, [change], { cause, actor });
}

const post = (path: string, source: string | null, query: string, variables: object, signal?: AbortSignal) =>
  fetch(`${shop.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(path.endsWith('stream') ? { accept: 'text/event-stream' } : {}),
      ...(source === null ? {} : { 'x-source': source }),
    },
    body: JSON.stringify({ query, variables }),
    ...(signal === undefined ? {} : { signal }),
  });

async function ask(source: string | null, query: string, variables: object = {}): Promise<GraphqlAnswer> {
  return (await (await post('/graphql', source, query, variables)).json()) as GraphqlAnswer;
}

const mutation = `mutation ($input: SyncSourceInput!) {
  syncSource(input: $input) { result { id source } userErrors { code field message } } }`;
interface Started {
  readonly syncSource: { readonly result: { readonly id: string; readonly source: string } | null };
}

describe('a steward of one source', () => {
  it('starts a run of it, and none of another: that one is answered like one that does not exist', async () => {
    started.length = 0;
    const other = await ask('shop', mutation, { input: { source: 'dbt-shop' } });
    const none = await ask('shop', mutation, { input: { source: 'nosuch' } });
    expect(other.data).toMatchObject({ syncSource: { result: null, userErrors: [{ code: 'NOT_FOUND' }] } });
    expect(JSON.stringify(other).replaceAll('dbt-shop', 'nosuch')).toBe(JSON.stringify(none));
    expect(started).toEqual([]);
    const own = await ask('shop', mutation, { input: { source: 'shop' } });
    expect(own.data).toMatchObject({ syncSource: { result: { source: 'shop' }, userErrors: [] } });
    expect(started).toEqual(['shop']);
  });

  it('is answered alike with a key that was used before', async () => {
    const idempotencyKey = 'again';
    await ask('shop', mutation, { input: { source: 'shop', idempotencyKey } });
    const other = await ask('shop', mutation, { input: { source: 'dbt-shop', idempotencyKey } });
    const none = await ask('shop', mutation, { input: { source: 'nosuch', idempotencyKey } });
    expect(other.data).toMatchObject({ syncSource: { userErrors: [{ code: 'KEY_REUSED' }] } });
    expect(other).toEqual(none);
  });

  it('is not told of a run that somebody asked for of another', async () => {
    const find = `query ($id: ID!) { syncRequest(id: $id) { source status } node(id: $id) { id } }`;
    const idOf = async (source: string): Promise<string> => {
      const { data } = await ask(null, mutation, { input: { source } });
      return (data as unknown as Started).syncSource.result?.id ?? '';
    };
    const [other, own] = [await idOf('dbt-shop'), await idOf('shop')];
    const none = await ask('shop', find, { id: globalId('SyncRequest', 'nosuch') });
    expect(none.data).toEqual({ syncRequest: null, node: null });
    expect(await ask('shop', find, { id: other })).toEqual(none);
    expect((await ask(null, find, { id: other })).data).toMatchObject({ syncRequest: { source: 'dbt-shop' } });
    expect((await ask('shop', find, { id: own })).data).toMatchObject({
      syncRequest: { source: 'shop' },
      node: { id: own },
    });
  });

  it('reads why a revision was made, and by whom, without names of what they do not see', async () => {
    const read = async (source: string | null) =>
      (await ask(source, '{ revision { cause actor { kind name } } }')).data?.['revision'];
    const adm = { kind: 'person', id: 'adm' } as const;
    for (const words of ['sync of', 'judging', 'a model on', 'retirement of']) {
      await publishFor(`${words} dbt-shop`, adm);
      expect(await read(null)).toEqual({ cause: `${words} dbt-shop`, actor: { kind: 'PERSON', name: 'adm' } });
      expect(await read('shop')).toEqual({
        cause: 'a change that is not shown to you',
        actor: { kind: 'PERSON', name: 'not shown to you' },
      });
      expect(await read('dbt-shop')).toMatchObject({ cause: `${words} dbt-shop`, actor: { name: 'not shown to you' } });
    }
    await publishFor('governance', { kind: 'key', id: 'narrow' });
    expect(await read('shop')).toEqual({ cause: 'governance', actor: { kind: 'KEY', name: 'narrow' } });
    await publishFor('words of dbt-shop that nobody knows', adm);
    expect(JSON.stringify(await read('shop'))).not.toMatch(/dbt-shop|adm/u);
  });

  it('reads the same in the stream of published revisions', async () => {
    await publishFor('judging dbt-shop', { kind: 'person', id: 'adm' });
    const firstOf = async (source: string | null): Promise<string> => {
      const stop = new AbortController();
      const question = 'subscription { revisionPublished { number cause actor { name } } }';
      const { body } = await post('/graphql/stream', source, question, {}, stop.signal);
      let text = '';
      for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += part;
        if (/event: next\ndata: [^\n]+\n\n/u.test(text)) break;
      }
      stop.abort();
      return text;
    };
    expect(await firstOf(null)).toMatch(/judging dbt-shop.*"adm"/u);
    const narrow = await firstOf('shop');
    expect(narrow).toContain('a change that is not shown to you');
    expect(narrow).not.toMatch(/dbt-shop|adm/u);
  });
});
