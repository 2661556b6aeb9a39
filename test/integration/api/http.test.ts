import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loopbackViewer } from '../../../server/access/viewer.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createGraphql } from '../../../server/graphql/create-graphql.ts';
import { createRouter, type LexlineRouter } from '../../../server/http/create-router.ts';
import { listen } from '../../../server/http/listen.ts';
import type { Query } from '../../../server/query/query.ts';
import { clock, serveShop, shopSync, type ShopServer } from './serve-shop.ts';

let server: ShopServer;

beforeAll(async () => {
  server = await serveShop();
});

afterAll(() => server.close());

async function routerWith(
  options: { readonly query?: Query; readonly signIn?: Parameters<typeof createRouter>[0]['signIn'] } = {},
): Promise<LexlineRouter> {
  const query = options.query ?? server.query;
  const graphql = await createGraphql({
    query,
    sync: shopSync(server.stores),
    memory: server.stores.state,
    clock,
    log: silentLog,
    introspection: false,
  });
  return createRouter({
    query,
    graphql,
    log: silentLog,
    ...(options.signIn === undefined ? {} : { signIn: options.signIn }),
  });
}

const ask = (url: string, query: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );

describe('the server of our own', () => {
  it('says that it is alive and ready', async () => {
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' });
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
  });

  it('is not ready when its store does not answer', async () => {
    const broken: Query = { ...server.query, sources: () => Promise.reject(new Error('no store')) };
    const router = await routerWith({ query: broken });
    const own = await listen({ router, port: 0, signIn: false, log: silentLog });
    expect((await fetch(`${own.url}/readyz`)).status).toBe(503);
    await own.close();
  });

  it('tells its figures in the text form of Prometheus', async () => {
    await server.ask('{ revision { number } }');
    const answer = await fetch(`${server.url}/metrics`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/u);
    expect(text).toMatch(/^lexline_revision 2$/mu);
    expect(text).toMatch(/^lexline_source_stale\{source="shop"\} 0$/mu);
    expect(text).toMatch(/^lexline_http_requests_total\{route="\/graphql",status="200"\} \d+$/mu);
    expect(text).toMatch(/^lexline_graphql_operations_total\{result="answered"\} \d+$/mu);
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [\d.e+-]+)$/u);
  });

  it('answers what is not there with a 404 in the common shape', async () => {
    const answer = await fetch(`${server.url}/nowhere`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { errors: [{ message: 'There is nothing at /nowhere.', extensions: { code: 'NOT_FOUND' } }] },
    ]);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });

  it('has no landing page', async () => {
    const answer = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('<html');
  });
});

describe('listening', () => {
  it('is refused beyond loopback without sign-in', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'lexline.example'])
      expect(await codeOf(listen({ router: await routerWith(), host, port: 0, signIn: false, log: silentLog }))).toBe(
        'SIGN_IN_REQUIRED',
      );
  });

  it('says that a port is taken, and what to do', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const failed = listen({ router: await routerWith(), port, signIn: false, log: silentLog });
    await expect(failed).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      remedy: expect.stringContaining(`--port ${port + 1}`) as string,
    });
    other.close();
  });

  it('is refused on an address that this machine has not', async () => {
    const router = await routerWith({ signIn: () => Promise.resolve({ viewer: loopbackViewer, mayExchange: false }) });
    expect(await codeOf(listen({ router, host: '192.0.2.1', port: 0, signIn: true, log: silentLog }))).toBe(
      'INPUT_INVALID',
    );
  });
});

describe('going down', () => {
  it('lets a running request end, and takes no new one', async () => {
    const begun = Promise.withResolvers<void>();
    const slow: Query = {
      ...server.query,
      as: () => ({
        ...server.query,
        sources: async () => {
          begun.resolve();
          await sleep(300);
          return server.query.sources();
        },
      }),
    };
    const own = await listen({ router: await routerWith({ query: slow }), port: 0, signIn: false, log: silentLog });
    const running = ask(own.url, '{ sources { name } }');
    await begun.promise;
    const closed = own.close();
    expect(await codeOf(ask(own.url, '{ revision { number } }').then((answer) => answer.json()))).not.toBe('answered');
    const answer = await running;
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { data: { sources: [{ name: 'shop' }, { name: 'dbt-shop' }] } },
    ]);
    await closed;
  });
});

describe('mounted on another application with its own sign-in', () => {
  it('answers those whom the application knows, and nobody else', async () => {
    const lexline = await routerWith({
      signIn: (request) =>
        Promise.resolve(
          request.headers['x-user'] === 'a.meier'
            ? {
                viewer: {
                  ...loopbackViewer,
                  actor: { kind: 'person', id: 'p-1' },
                  signedIn: true,
                  scope: { sources: ['dbt-shop'] },
                },
                mayExchange: false,
              }
            : { refused: 'missing', detail: 'no user' },
        ),
    });
    const app = express().use('/lexline', lexline.router);
    app.get('/own', (_request, response) => void response.send('mine'));
    const http = app.listen(0, '127.0.0.1');
    await once(http, 'listening');
    lexline.attach(http);
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    expect((await ask(`${url}/lexline`, '{ sources { name } }')).status).toBe(401);
    const known = await ask(`${url}/lexline`, '{ sources { name } source(name: "shop") { name } }', {
      'x-user': 'a.meier',
      'x-forwarded-for': '203.0.113.9',
    });
    expect(await known.json()).toMatchObject({ data: { sources: [{ name: 'dbt-shop' }], source: null } });
    expect(await (await fetch(`${url}/own`)).text()).toBe('mine');
    const schema = await ask(`${url}/lexline`, '{ __schema { types { name } } }', { 'x-user': 'a.meier' });
    expect(schema.status).toBe(400);
    await lexline.close();
    http.close();
  });
});
