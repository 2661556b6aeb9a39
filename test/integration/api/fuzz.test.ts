import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import type { Product, Serving } from '../../../server/cli/composition.ts';
import { buildGraphqlSchema } from '../../../server/graphql/build-schema.ts';
import { globalId } from '../../../server/graphql/global-id.ts';
import { composeFor } from '../../../server/lexline.ts';
import { smallShop } from '../../e2e/small-shop.ts';
import { fieldText, numbers, pick } from './made-up.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-fuzz-'));
const actor = { kind: 'process', id: 'test' } as const;
const schema = buildGraphqlSchema();
let product: Product;
let serving: Serving;
let ids: readonly string[] = [];
/** How many made-up operations were refused before they ran, and how many ran. */
const ended = { refused: 0, ran: 0 };

beforeAll(async () => {
  mkdirSync(join(folder, 'sql'));
  for (const [name, text] of Object.entries(smallShop)) writeFileSync(join(folder, 'sql', name), text);
  const global = { config: undefined, data: undefined, json: false };
  const compose = composeFor({ global, env: { LEXLINE_LOG: 'error' }, clock: systemClock, actor });
  const sources = [{ name: 'shop', connector: 'sql-files', path: './sql', dialect: 'postgres' }];
  product = await compose.open({ config: await compose.parseConfig({ sources }, folder) });
  await (await product.sync()).run({ source: 'shop', actor });
  const query = await product.query();
  const { n } = await query.at();
  const { items } = await query.datasets({}, n, { first: 20 });
  const fields = (await query.fieldsWhere(undefined, n, { first: 20 })).items;
  ids = [
    ...items.map(({ uid }) => globalId('Dataset', uid)),
    ...fields.map(({ uid }) => globalId('Field', uid)),
    globalId('Source', 'shop'),
    globalId('Report', 'x'),
  ];
  serving = await product.serve({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await serving.close();
  await product.close();
  rmSync(folder, { recursive: true, force: true });
});

async function post(body: string): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${serving.url}/graphql`, { method: 'POST', headers, body });
  ended[answer.status === 200 ? 'ran' : 'refused'] += 1;
  return { status: answer.status, text: await answer.text() };
}

/** Neither a 500 nor anything that the server had not thought of, and nothing of its insides. */
function expectOrderly({ status, text }: { readonly status: number; readonly text: string }, what: string): void {
  expect(status, what).toBeLessThan(500);
  expect(text, what).not.toMatch(/"INTERNAL"|INTERNAL_SERVER_ERROR|node_modules|at \w+ \(|SQLITE|\.ts:\d/u);
}

describe('questions made up from the schema', () => {
  const questions = Object.values(schema.getQueryType()?.getFields() ?? {});
  it.each(questions.map((field) => [field.name, field] as const))(
    '%s is answered or refused, never with a 500',
    async (name, field) => {
      for (let seed = 1; seed <= 25; seed++) {
        const random = numbers(seed * 7919 + name.length);
        const query = `{ ${fieldText({ random, ids }, field, 3)} }`;
        expectOrderly(await post(JSON.stringify({ query })), query);
      }
    },
  );

  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  it.each(mutations.map((field) => [field.name, field] as const))(
    '%s is done or refused, never with a 500',
    async (name, field) => {
      for (let seed = 1; seed <= 12; seed++) {
        const random = numbers(seed * 104_729 + name.length);
        const query = `mutation { ${fieldText({ random, ids }, field, 2)} }`;
        expectOrderly(await post(JSON.stringify({ query })), query);
      }
    },
  );
});

describe('what was made up', () => {
  it('was for a good part right in form, so that it got as far as the resolvers', () => {
    expect(ended.ran).toBeGreaterThan(ended.refused / 4);
  });
});

describe('requests made up', () => {
  const paths = [
    '/',
    '/graphql',
    '/graphql/',
    '/graphql/stream',
    '/graphql?id=x&variables={',
    '/graphql?id[]=1',
    '/metrics',
    '/healthz',
    '/readyz',
    '/auth/token',
    '/api/v1/lineage',
    '/hooks/shop',
    '/hooks/%00',
    '/hooks/%',
    '/reports/x',
    '/reports/%E0%A4%A',
    '/reports/..%2f..%2f',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//evil.example/',
    '/assets/../../package.json',
    `/${'a'.repeat(5000)}`,
    '/fields/x?asOf=%00',
    '/\\..\\',
  ];
  const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND'];
  const types = [
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-7',
    'multipart/form-data',
    '',
  ];
  const bodies = [
    '',
    '{}',
    '[]',
    'null',
    '{"query":1}',
    '{"query":"{a}","variables":"x"}',
    '{"query":null}',
    '{"operationName":{}}',
    '\u0000',
    '{',
    '"',
    '{"query":"subscription{revisionPublished{number}}"}',
    '{"__proto__":{"x":1}}',
    '{"query":"{revision{number}}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
  ];

  const send = (seed: number): Promise<{ readonly status: number; readonly text: string; readonly what: string }> => {
    const random = numbers(seed);
    const [path, method, type, body] = [
      pick(random, paths),
      pick(random, methods),
      pick(random, types),
      pick(random, bodies),
    ];
    const { hostname, port } = new URL(serving.url);
    const headers: Record<string, string> = {
      ...(type === '' ? {} : { 'content-type': type }),
      accept: pick(random, ['*/*', 'text/event-stream', 'application/json', 'x']),
    };
    if (random() < 0.2)
      headers['authorization'] = pick(random, ['Bearer', 'Bearer x', 'Basic eDp5', `Bearer ${'a'.repeat(4000)}`]);
    if (random() < 0.2) headers['if-none-match'] = pick(random, ['*', '"', 'W/"x"']);
    if (random() < 0.2) headers['lexline-signature'] = pick(random, ['t=1,v1=00', 'x']);
    return new Promise((resolve, reject) => {
      const call = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
        let text = '';
        answer.on('data', (part: Buffer) => {
          text += part.toString('utf8');
          // A stream that was opened goes on; its beginning is enough.
          if (answer.headers['content-type']?.startsWith('text/event-stream') === true) call.destroy();
        });
        answer.on('close', () =>
          resolve({ status: answer.statusCode ?? 0, text, what: `${method} ${path} ${type} ${body}` }),
        );
      });
      call.on('error', (error) =>
        call.destroyed && error.message === 'aborted'
          ? resolve({ status: 0, text: '', what: '' })
          : reject(new Error(`${method} ${path} ${type} ${body}`, { cause: error })),
      );
      call.setTimeout(200_000, () => reject(new Error(`${method} ${path} was not answered`)));
      call.end(method === 'GET' || method === 'HEAD' ? undefined : body);
    });
  };

  it('are answered or refused, never with a 500', async () => {
    for (let seed = 1; seed <= 600; seed++) {
      const answer = await send(seed);
      if (answer.status !== 503) expectOrderly(answer, answer.what);
    }
    expect((await fetch(`${serving.url}/readyz`)).status).toBe(200);
  });
});
