import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../../server/base/log.ts';
import { globalId } from '../../../server/graphql/global-id.ts';
import { field } from './graph-rows.ts';
import { serveShop, clock, type GraphqlAnswer, type ShopServer } from './serve-shop.ts';
import { customers } from './shop-graph.ts';

const lines: string[] = [];
let server: ShopServer & { readonly sync: { readonly asked: string[] } };

beforeAll(async () => {
  server = await serveShop({
    log: createLog({ level: 'warn', clock, write: (line) => lines.push(line) }),
    // A store that fails in a way that nobody foresaw, for one name only.
    query: (query) => ({
      ...query,
      as: () => ({
        ...query,
        search: (text, ...rest) =>
          text === 'boom' ? Promise.reject(new Error('secret host db.internal')) : query.search(text, ...rest),
      }),
    }),
  });
});

afterAll(() => server.close());

interface RawAnswer {
  readonly status: number;
  readonly body: GraphqlAnswer;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** A request as it is, whatever fetch would add or refuse. */
function send(
  method: string,
  path: string,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const call = httpRequest(`${server.url}${path}`, { method, headers: options.headers ?? {} }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => (text += chunk));
    response.on('end', () => {
      const isJson = response.headers['content-type']?.includes('json') === true;
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: isJson ? (JSON.parse(text) as GraphqlAnswer) : {},
      });
    });
  });
  call.on('error', reject);
  call.end(options.body);
  return promise;
}

const json = { 'content-type': 'application/json' };
const codeOf = ({ body }: { readonly body: GraphqlAnswer }) => body.errors?.[0]?.extensions?.['code'];
const fieldId = () => globalId('Field', field(customers, 'email'));

describe('queries that mean harm', () => {
  const nested = (depth: number) =>
    `{ field(id: "${fieldId()}") { ${'dataset { fields { nodes { '.repeat(depth)} id ${'} } }'.repeat(depth)} } }`;

  it.each([
    ['depth', () => nested(6), 'QUERY_TOO_COSTLY'],
    [
      'breadth',
      () => '{ datasets(first: 250) { nodes { fields(first: 500) { nodes { id dataset { id } } } } } }',
      'QUERY_TOO_COSTLY',
    ],
    [
      'a walk in every row',
      () => '{ fields(first: 250) { nodes { lineage(depth: 100, first: 1000) { nodes { field { id } } } } } }',
      'QUERY_TOO_COSTLY',
    ],
    [
      'aliases',
      () => `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: revision { number }`).join(' ')} }`,
      'QUERY_TOO_COSTLY',
    ],
    [
      'aliases by way of fragments',
      () =>
        `{ ...A ...B } fragment A on Query { ${Array.from({ length: 9 }, (_, i) => `a${i}: revision { number }`).join(' ')} } fragment B on Query { ${Array.from({ length: 9 }, (_, i) => `b${i}: revision { number }`).join(' ')} }`,
      'QUERY_TOO_COSTLY',
    ],
    [
      'a fragment that spreads itself',
      () => '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a deep question about the schema',
      () => `{ __schema { types { ${'fields { type { '.repeat(12)} name ${'} }'.repeat(12)} } } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['too many tokens', () => `{ ${'revision { number } '.repeat(700)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['no GraphQL', () => '{ revision { number ', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', () => '{ datasetz { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a reference of two kinds',
      () => '{ datasetsByRef(refs: [{ id: "x", text: "y" }]) { status } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('are refused for %s with a 4xx', async (_, query, code) => {
    const answer = await server.ask(query());
    expect([answer.status, codeOf(answer)]).toEqual([400, code]);
    expect(answer.body.data ?? null).toBeNull();
  });

  it('cost what their fragments cost, however often they are spread, and no more time', async () => {
    const fragments = Array.from({ length: 30 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
    const query = `{ ...F0 } ${fragments.join(' ')} fragment F30 on Query { revision { number } }`;
    const answer = await server.ask(query);
    expect(answer.status).toBeLessThan(500);
  });

  it('do not get names guessed for them', async () => {
    const { body } = await server.ask('{ datasetz { id } }');
    expect(JSON.stringify(body)).not.toMatch(/did you mean/iu);
  });

  it.each([
    ['a page too long', '{ datasets(first: 251) { nodes { id } } }'],
    ['a page of nothing', '{ datasets(first: 0) { nodes { id } } }'],
    ['a garbled id', '{ dataset(id: "%%%") { id } }'],
    ['an id of something else', `{ dataset(id: "${globalId('Job', '0'.repeat(32))}") { id } }`],
    ['a garbled cursor', '{ datasets(after: "AAAA") { nodes { id } } }'],
    ['a cursor of another list', '{ datasets(after: "MjpkZWFkYmVlZjpbbnVsbCwxXQ") { nodes { id } } }'],
    ['a time that is none', '{ revision(asOf: "2026-13-40") { number } }'],
    ['a time that has not come', '{ revision(asOf: "2999-01-01") { number } }'],
    ['too many references', `{ datasetsByRef(refs: [${'{ text: "a" } '.repeat(251)}]) { status } }`],
  ])('are told what is wrong with %s', async (_, query) => {
    const answer = await server.ask(query);
    expect([answer.status, codeOf(answer)]).toEqual([200, 'INPUT_INVALID']);
  });

  it('are told when the time asked for lies before the first revision', async () => {
    expect(codeOf(await server.ask('{ revision(asOf: "2001-01-01") { number } }'))).toBe('ASOF_BEFORE_FIRST_REVISION');
  });

  it('find nothing where nothing is', async () => {
    const nobody = globalId('Dataset', 'f'.repeat(32));
    const { body } = await server.ask(
      `{ dataset(id: "${nobody}") { id } node(id: "${nobody}") { id } source(name: "x") { name } }`,
    );
    expect(body).toMatchObject({ data: { dataset: null, node: null, source: null } });
  });
});

describe('requests that are none', () => {
  it.each([
    ['a form', { 'content-type': 'text/plain' }, '{"query":"{ revision { number } }"}', 415],
    ['no type at all', {}, '{"query":"{ revision { number } }"}', 415],
    ['no JSON', json, '{"query":', 400],
    ['a list of operations', json, '[{"query":"{ revision { number } }"}]', 400],
    ['a bare word', json, '"x"', 400],
    ['no query', json, '{}', 400],
    ['10 MB', json, JSON.stringify({ query: `{ revision { number } }${' '.repeat(10_000_000)}` }), 413],
    ['an unknown operation', json, '{"query":"query A { revision { number } }","operationName":"B"}', 400],
  ])('get a 4xx for %s', async (_, headers, body, status) => {
    const answer = await send('POST', '/graphql', { headers, body });
    expect(answer.status).toBe(status);
    expect(answer.body.errors?.[0]?.message).toBeTruthy();
  });

  it('may only name a listed operation by GET', async () => {
    const answer = await send('GET', '/graphql?query={revision{number}}');
    expect([answer.status, answer.headers['allow']]).toEqual([400, undefined]);
  });
});

describe('requests from elsewhere', () => {
  const body = '{"query":"{ revision { number } }"}';
  it.each([
    ['another name (DNS rebinding)', { host: 'evil.example' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page without a name', { origin: 'null' }],
    ['a proxy', { 'x-forwarded-for': '203.0.113.9' }],
    ['a proxy with the newer header', { forwarded: 'for=203.0.113.9' }],
  ])('are refused: %s', async (_, headers) => {
    const answer = await send('POST', '/graphql', { headers: { ...json, ...headers }, body });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'SIGN_IN_REQUIRED']);
  });

  it('are answered under every local name', async () => {
    for (const host of ['localhost:4000', '127.0.0.1', '[::1]:4000'])
      expect((await send('POST', '/graphql', { headers: { ...json, host }, body })).status).toBe(200);
    const answer = await send('POST', '/graphql', { headers: { ...json, origin: 'http://localhost:5173' }, body });
    expect(answer.status).toBe(200);
  });
});

describe('what goes wrong on our side', () => {
  it('is masked, with an id that finds it in the log', async () => {
    const { status, body } = await server.ask('{ search(text: "boom") { nodes { __typename } } }');
    const [error] = body.errors ?? [];
    expect(status).toBe(200);
    expect(error?.extensions?.['code']).toBe('INTERNAL');
    expect(JSON.stringify(body)).not.toContain('db.internal');
    const id = String(error?.extensions?.['errorId']);
    expect(lines.some((line) => line.includes(id) && line.includes('db.internal'))).toBe(true);
  });

  it('ends at the deadline, with a code, never with less', async () => {
    const slow = await serveShop({
      limits: { deadlineMs: 30 },
      query: (query) => ({ ...query, as: () => ({ ...query, coverage: () => new Promise<never>(() => {}) }) }),
    });
    const { body } = await slow.ask('{ coverage { fields } }');
    expect(body.errors?.[0]?.extensions?.['code']).toBe('DEADLINE_EXCEEDED');
    await slow.close();
  });
});

describe('asking for a sync', () => {
  const mutation =
    'mutation S($input: SyncSourceInput!) { syncSource(input: $input) { result { id source status } userErrors { code field message } } }';

  it('starts one run for one key', async () => {
    const input = { source: 'shop', idempotencyKey: 'k-1' };
    const [one, two] = await Promise.all([server.ask(mutation, { input }), server.ask(mutation, { input })]);
    expect(one.body.errors).toBeUndefined();
    const result = (one.body.data as { syncSource: { result: { id: string } } }).syncSource;
    expect(result).toMatchObject({ result: { source: 'shop' }, userErrors: [] });
    expect(two.body.data).toMatchObject({ syncSource: { result: { id: result.result.id } } });
    expect(server.sync.asked).toEqual(['shop by loopback-without-sign-in']);
    const follow = () =>
      server.ask('query F($id: ID!) { syncRequest(id: $id) { status run { status documents { read } } } }', {
        ...result.result,
      });
    // That the run has ended is written down meanwhile.
    let followed = await follow();
    while (JSON.stringify(followed.body.data).includes('RUNNING')) followed = await follow();
    expect(followed.body.data).toEqual({
      syncRequest: { status: 'PARTIAL', run: { status: 'PARTIAL', documents: { read: 5 } } },
    });
  });

  it('answers mistakes as user errors', async () => {
    const reused = await server.ask(mutation, { input: { source: 'shop', full: true, idempotencyKey: 'k-1' } });
    expect(reused.body.data).toMatchObject({
      syncSource: { result: null, userErrors: [{ code: 'KEY_REUSED', field: 'idempotencyKey' }] },
    });
    const unknown = await server.ask(mutation, { input: { source: 'nowhere' } });
    expect(unknown.body.data).toMatchObject({
      syncSource: { result: null, userErrors: [{ code: 'NOT_FOUND', field: 'source' }] },
    });
  });
});
