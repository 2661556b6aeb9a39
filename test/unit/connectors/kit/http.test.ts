import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, type Http } from '../../../../connectors/kit/http.ts';
import { HttpRefusal } from '../../../../connectors/kit/http-failure.ts';
import { retryAfterMs, retrying, TransientFailure } from '../../../../connectors/kit/retry.ts';
import { isLexlineError, LexlineError } from '../../../../server/base/errors.ts';
import { listen, textOf, type FakeServer } from '../../../fake/replay-server.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
const signal = new AbortController().signal;

/** A client of a server that answers as the test says. */
async function client(
  answer: Parameters<typeof listen>[0],
  more: Partial<Parameters<typeof createHttp>[0]> = {},
): Promise<{ http: Http; server: FakeServer }> {
  const server = await listen(answer);
  const http = createHttp({
    connector: 'atlas',
    source: 'catalog',
    baseUrl: server.url,
    headers: { authorization: 'Bearer canary-7Q' },
    user: 'reader',
    timeoutMs: 200_000,
    retry: { attempts: 3, baseMs: 1, maxMs: 50 },
    ...more,
  });
  open.push(http, server);
  return { http, server };
}
const failureOf = async (asking: Promise<unknown>): Promise<unknown> =>
  asking.then(
    () => null,
    (error: unknown) => error,
  );

describe('a REST client of a source', () => {
  it('reads an answer that is compressed, and refuses one that is larger than allowed once it is not', async () => {
    const zipped =
      (value: unknown): Parameters<typeof listen>[0] =>
      async (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(gzipSync(JSON.stringify(value)));
      };
    const small = await client(zipped({ a: 'ü' }));
    expect((await small.http.ask({ method: 'GET', path: '/' }, signal)).body).toEqual({ a: 'ü' });
    const large = await client(zipped('x'.repeat(100_000)), { maxBytes: 10_000 });
    expect(await failureOf(large.http.ask({ method: 'GET', path: '/' }, signal))).toMatchObject({
      code: 'CONNECTOR_UNEXPECTED',
    });
    const broken = await client(async (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end('no gzip');
    });
    expect(await failureOf(broken.http.ask({ method: 'GET', path: '/' }, signal))).toMatchObject({
      code: 'CONNECTOR_UNAVAILABLE',
    });
  });

  it('sends a body with GET where it is given one', async () => {
    const { http } = await client(
      async (request, response) => void response.end(JSON.stringify({ sent: await textOf(request) })),
    );
    expect((await http.ask({ method: 'GET', path: '/x', body: {} }, signal)).body).toEqual({ sent: '{}' });
  });

  it('counts every request, repeats included, and gives up after the tries that it has', async () => {
    const { http, server } = await client(async (_, response) => {
      response.statusCode = 503;
      response.end();
    });
    const error = await failureOf(http.ask({ method: 'GET', path: '/x' }, signal));
    expect(isLexlineError(error) && error.code).toBe('CONNECTOR_UNAVAILABLE');
    expect([http.sent, server.requests]).toEqual([3, 3]);
  });

  it('does not send again what must not be done twice', async () => {
    const { http, server } = await client(async (request) => void request.socket.destroy());
    await failureOf(http.ask({ method: 'POST', path: '/x', body: {}, repeatable: false }, signal));
    expect(server.requests).toBe(1);
  });

  it('follows no redirect, so that credentials go nowhere else', async () => {
    const elsewhere = await listen(async (_, response) => void response.end('{}'));
    open.push(elsewhere);
    const { http } = await client(async (_, response) => {
      response.writeHead(302, { location: elsewhere.url });
      response.end();
    });
    expect(await failureOf(http.ask({ method: 'GET', path: '/x' }, signal))).toMatchObject({
      status: 302,
      failure: { code: 'CONNECTOR_UNEXPECTED' },
    });
    expect(elsewhere.requests).toBe(0);
  });

  it('gives the code of a refusal and never its text', async () => {
    const { http } = await client(async (_, response) => {
      response.statusCode = 404;
      response.end('{"errorCode":"ATLAS-404-00-005","errorMessage":"value canary-7Q"}');
    });
    const error = await failureOf(http.ask({ method: 'GET', path: '/x' }, signal));
    expect(error).toBeInstanceOf(HttpRefusal);
    expect(error).toMatchObject({ status: 404, errorCode: 'ATLAS-404-00-005' });
    expect(String(error)).not.toContain('canary');
  });

  it('refuses an answer that is larger than the limit', async () => {
    const { http } = await client(async (_, response) => void response.end(JSON.stringify('x'.repeat(5000))), {
      maxBytes: 1000,
    });
    expect(await failureOf(http.ask({ method: 'GET', path: '/x' }, signal))).toMatchObject({
      code: 'CONNECTOR_UNEXPECTED',
      remedy: 'lower pageSize',
    });
  });

  it('says so when no answer comes in time', async () => {
    const { http } = await client(async () => new Promise(() => {}), {
      timeoutMs: 50,
      retry: { attempts: 1, baseMs: 1, maxMs: 1 },
    });
    expect(await failureOf(http.ask({ method: 'GET', path: '/x' }, signal))).toMatchObject({
      code: 'CONNECTOR_TIMEOUT',
    });
  });

  it('stops with the reason that it was given', async () => {
    const { http } = await client(async () => new Promise(() => {}));
    const stop = new AbortController();
    const asking = failureOf(http.ask({ method: 'GET', path: '/x' }, stop.signal));
    const reason = new Error('stop');
    stop.abort(reason);
    expect(await asking).toBe(reason);
  });
});

describe('trying again', () => {
  it.each([
    ['7', undefined, 7000],
    ['0', undefined, 0],
    ['Sat, 21 Nov 2026 12:00:30 GMT', 'Sat, 21 Nov 2026 12:00:00 GMT', 30_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 'Sat, 21 Nov 2026 12:00:00 GMT', 0],
    ['Sat, 21 Nov 2026 12:00:30 GMT', undefined, null],
    ['soon', undefined, null],
    [undefined, undefined, null],
  ])('waits as long as Retry-After says: %s', (header, date, expected) => {
    expect(retryAfterMs(header, date)).toBe(expected);
  });

  it('ends with the typed error behind the last failure', async () => {
    const final = new LexlineError('CONNECTOR_UNAVAILABLE', 'x');
    let tries = 0;
    const work = async (): Promise<never> => {
      tries += 1;
      throw new TransientFailure(final, 0);
    };
    expect(await failureOf(retrying(work, { attempts: 4, baseMs: 1, maxMs: 1 }, signal))).toBe(final);
    expect(tries).toBe(4);
  });

  it('does not try again what will not pass', async () => {
    let tries = 0;
    const work = async (): Promise<never> => {
      tries += 1;
      throw new Error('for good');
    };
    await failureOf(retrying(work, { attempts: 4, baseMs: 1, maxMs: 1 }, signal));
    expect(tries).toBe(1);
  });
});
