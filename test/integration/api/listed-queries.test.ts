import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { buildGraphqlSchema } from '../../../server/graphql/build-schema.ts';
import { createGraphql } from '../../../server/graphql/create-graphql.ts';
import { loadOperations } from '../../../server/graphql/operations.ts';
import { createRouter } from '../../../server/http/create-router.ts';
import { listen, type Listening } from '../../../server/http/listen.ts';
import { publishAgain } from './shop-graph.ts';
import { clock, serveShop, shopSync, type ShopServer } from './serve-shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-operations-'));
const sources = 'query Sources($name: String = "shop") { source(name: $name) { name freshness { stale } } }\n';
let shop: ShopServer;
let server: Listening;

beforeAll(async () => {
  writeFileSync(join(folder, 'sources.graphql'), sources);
  writeFileSync(
    join(folder, 'sync.graphql'),
    'mutation Sync { syncSource(input: { source: "shop" }) { userErrors { code } } }\n',
  );
  writeFileSync(
    join(folder, 'report.graphql'),
    'query Report($id: ID!) { report(id: $id) { status progress } revision { number } }\n',
  );
  writeFileSync(
    join(folder, 'events.graphql'),
    'query Events { sources { name ...Waiting } }\nfragment Waiting on Source { events { waiting } }\n',
  );
  writeFileSync(join(folder, 'tags.graphql'), 'query Tags { writeBackChanges { totalCount } }\n');
  shop = await serveShop();
  const { query, stores } = shop;
  const graphql = await createGraphql({
    query,
    sync: shopSync(stores),
    memory: stores.state,
    clock,
    log: silentLog,
    introspection: false,
    operations: folder,
    onlyOperations: true,
  });
  server = await listen({
    router: createRouter({ query, graphql, log: silentLog }),
    port: 0,
    signIn: false,
    log: silentLog,
  });
});

afterAll(async () => {
  await server.close();
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (search: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.url}/graphql?${new URLSearchParams(search).toString()}`, { headers });

describe('a listed query', () => {
  it('is answered by name and by hash, with variables', async () => {
    const sha256 = createHash('sha256').update(sources).digest('hex');
    for (const id of ['Sources', sha256, sha256.toUpperCase()]) {
      const answer = await get({ id, variables: '{"name":"dbt-shop"}' });
      expect([answer.status, await answer.json()]).toMatchObject([200, { data: { source: { name: 'dbt-shop' } } }]);
    }
  });

  it('is not run again while nothing it was read from has changed', async () => {
    const first = await get({ id: 'Sources' });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{32}"$/u);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = await get({ id: 'Sources' }, { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get({ id: 'Sources', variables: '{"name":"x"}' }, { 'if-none-match': etag })).status).toBe(200);
    await publishAgain(shop.stores);
    const after = await get({ id: 'Sources' }, { 'if-none-match': etag });
    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).not.toBe(etag);
  });

  it.each([
    [{ id: 'Unknown' }, 404],
    [{ id: 'Sync' }, 405],
    [{ id: 'Sources', variables: '[1]' }, 400],
    [{ id: 'Sources', variables: '{' }, 400],
    [{ query: '{ sources { name } }' }, 400],
  ])('%o is refused with %i', async (search, status) => {
    expect((await get(search as Record<string, string>)).status).toBe(status);
  });
});

describe('a server that answers listed operations only', () => {
  const post = (query: string) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });

  it('answers their exact text and refuses any other', async () => {
    expect((await post(sources)).status).toBe(200);
    for (const text of ['{ sources { name } }', `${sources} `, '{', '']) {
      const answer = await post(text);
      expect([answer.status, await answer.json()]).toMatchObject([
        403,
        { errors: [{ extensions: { code: 'NOT_ALLOWED' } }] },
      ]);
    }
  });
});

describe('a folder of operations', () => {
  const schema = buildGraphqlSchema();
  const broken = (text: string) => () => {
    const own = mkdtempSync(join(tmpdir(), 'lexline-broken-'));
    writeFileSync(join(own, 'a.graphql'), text);
    writeFileSync(join(own, 'b.graphql'), 'query Same { revision { number } }');
    try {
      loadOperations(own, schema);
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  };

  it('is refused with the file and the reason', () => {
    expect(broken('query A { nothing }')).toThrow(/a\.graphql: Cannot query field "nothing"/u);
    expect(broken('{ revision { number } }')).toThrow(/with a name/u);
    expect(broken('query {')).toThrow(/a\.graphql: Syntax Error/u);
    expect(broken('query Same { revision { at } }')).toThrow(/two operations named Same/u);
    expect(() => loadOperations(join(folder, 'nowhere'), schema)).toThrow(/cannot be read/u);
  });

  it('about what moves between revisions is run each time, and never told to be as before', async () => {
    for (const search of [{ id: 'Report', variables: '{"id":"UmVwb3J0OmFiYw"}' }, { id: 'Events' }, { id: 'Tags' }]) {
      const answer = await get(search, { 'if-none-match': '"anything"' });
      expect(answer.status).toBe(200);
      // Express adds one of the answer's bytes; none of ours, which would say that it holds without running it.
      expect(answer.headers.get('etag')).toMatch(/^W\//u);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(await answer.json()).toHaveProperty('data');
    }
  });
});
