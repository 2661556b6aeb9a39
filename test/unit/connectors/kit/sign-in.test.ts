import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../connectors/kit/http.ts';
import { fixedSignIn, heldToken, type SignIn } from '../../../../connectors/kit/sign-in.ts';
import { listen } from '../../../fake/replay-server.ts';
import { never } from '../../../connector-messages.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const minute = 60_000;

/** Tokens `t1`, `t2` … of ten minutes each. */
function tokens(clock = { now: () => 0 }) {
  let made = 0;
  const signIn = heldToken({
    who: 'us',
    clock,
    renew: async (now) => ({ token: `t${++made}`, until: now + 10 * minute }),
    beside: { 'x-kind': 'made' },
  });
  return { signIn, made: () => made };
}

/** A server that takes some tokens only, and how often it was asked. */
async function asked(signIn: SignIn, takes: (authorization: string) => boolean) {
  let requests = 0;
  const server = await listen(async (request, response) => {
    requests += 1;
    const isTaken = takes(request.headers.authorization ?? '');
    response.writeHead(isTaken ? 200 : 401, { 'content-type': 'application/json' });
    response.end('{}');
  });
  const http = createHttp({
    connector: 'any',
    source: 's',
    baseUrl: server.url,
    headers: {},
    signIn,
    user: signIn.who,
    timeoutMs: 60_000,
    retry: { attempts: 3, baseMs: 1, maxMs: 5 },
  });
  open.push(http, server);
  return { ask: () => http.ask({ method: 'GET', path: '/' }, never), requests: () => requests };
}

describe('a token that ends', () => {
  it('is held until a minute before its end', async () => {
    let now = 0;
    const { signIn } = tokens({ now: () => now });
    expect(await signIn.headers(never)).toEqual({ authorization: 'Bearer t1', 'x-kind': 'made' });
    now = 9 * minute - 1;
    expect(await signIn.headers(never)).toMatchObject({ authorization: 'Bearer t1' });
    now = 9 * minute;
    expect(await signIn.headers(never)).toMatchObject({ authorization: 'Bearer t2' });
  });

  it('is let go once, however many requests were refused with it', async () => {
    const { signIn, made } = tokens();
    const refused = await signIn.headers(never);
    expect(signIn.forget(refused)).toBe(true);
    const next = await signIn.headers(never);
    expect(signIn.forget(refused)).toBe(true);
    expect(await signIn.headers(never)).toEqual(next);
    expect(made()).toBe(2);
  });

  it('is fetched anew once where a request is refused, and the request is sent once more', async () => {
    const { signIn } = tokens();
    const { ask, requests } = await asked(signIn, (authorization) => authorization === 'Bearer t2');
    expect((await ask()).status).toBe(200);
    expect(requests()).toBe(2);
  });

  it('is not fetched again and again where every one is refused', async () => {
    const { signIn, made } = tokens();
    const { ask, requests } = await asked(signIn, () => false);
    await expect(ask()).rejects.toMatchObject({ status: 401 });
    expect([requests(), made()]).toEqual([2, 2]);
  });
});

describe('a sign-in that never changes', () => {
  it('is not tried twice where it is refused', async () => {
    const { ask, requests } = await asked(fixedSignIn('ada', { authorization: 'Basic x' }), () => false);
    await expect(ask()).rejects.toMatchObject({ status: 401 });
    expect(requests()).toBe(1);
  });
});
