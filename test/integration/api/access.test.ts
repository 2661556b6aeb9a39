import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from '../../../server/access/api-keys.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { composeFor } from '../../../server/lexline.ts';
import type { Product, Serving } from '../../../server/cli/composition.ts';
import { fakeIssuer, type FakeIssuer } from '../../fake/oidc-issuer.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-access-'));
const [viewer, steward, backEnd, slow] = [newKey(), newKey(), newKey(), newKey()];
const catalogOrigin = 'https://catalog.example.com';
let issuer: FakeIssuer;
let product: Product;
let serving: Serving;

beforeAll(async () => {
  issuer = await fakeIssuer();
  const config = join(folder, 'lexline.yaml');
  writeFileSync(
    config,
    `http: { port: 0, origins: ["${catalogOrigin}"] }
access:
  requestsPerMinute: 40
  keys:
    - { name: badge-reader, role: viewer, sha256: ${viewer.sha256} }
    - { name: office, role: steward, key: "\${OFFICE_KEY}" }
    - { name: catalog, role: viewer, sources: [shop], exchange: true, sha256: ${backEnd.sha256} }
    - { name: eager, role: viewer, sha256: ${slow.sha256} }
  oidc: { issuer: "${issuer.url}", audience: lexline, roles: { map: { staff: reviewer } } }
`,
  );
  const compose = composeFor({
    global: { config, data: undefined, json: false },
    env: { OFFICE_KEY: steward.key },
    clock: systemClock,
    actor: { kind: 'process', id: 'test' },
  });
  product = await compose.open();
  serving = await product.serve({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await serving.close();
  await product.close();
  await issuer.close();
  rmSync(folder, { recursive: true, force: true });
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
async function ask(query: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const body = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return { status: response.status, code: body.errors?.[0]?.extensions.code ?? null, response };
}
const tokenFor = (claims: Record<string, unknown> = {}) =>
  issuer.token({
    iss: issuer.url,
    aud: 'lexline',
    sub: 'ada',
    exp: Math.floor(Date.now() / 1000) + 300,
    roles: ['staff'],
    ...claims,
  });
const sync = 'mutation { syncSource(input: { source: "s" }) { userErrors { code } } }';

describe('a server with sign-in', () => {
  it('answers nobody without a key or token, and says how to send one', async () => {
    const { status, code, response } = await ask('{ sources { name } }');
    expect([status, code]).toEqual([401, 'SIGN_IN_REQUIRED']);
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    expect((await ask('{ sources { name } }', bearer('lxk_made-up'))).status).toBe(401);
    expect((await fetch(`${serving.url}/metrics`)).status).toBe(401);
  });

  it('answers a key and a token of the issuer by their roles', async () => {
    expect((await ask('{ sources { name } }', bearer(viewer.key))).code).toBeNull();
    expect(await ask(sync, bearer(viewer.key))).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
    expect((await ask(sync, bearer(steward.key))).code).toBeNull();
    const token = await tokenFor();
    expect((await ask('{ sources { name } }', bearer(token))).code).toBeNull();
    expect((await ask(sync, bearer(token))).code).toBe('NOT_ALLOWED');
    expect(await ask('{ sources { name } }', bearer(await tokenFor({ roles: [] })))).toMatchObject({
      status: 403,
      code: 'NOT_ALLOWED',
    });
  });

  it('shows its figures only to who operates it', async () => {
    expect((await fetch(`${serving.url}/metrics`, { headers: bearer(viewer.key) })).status).toBe(403);
    expect((await fetch(`${serving.url}/metrics`, { headers: bearer(steward.key) })).status).toBe(200);
  });

  it('tells load balancers that it lives without asking who they are', async () => {
    expect((await fetch(`${serving.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${serving.url}/readyz`)).status).toBe(200);
  });

  it('answers behind a proxy and under any name, because callers prove who they are', async () => {
    const headers = { ...bearer(viewer.key), 'x-forwarded-for': '203.0.113.9', origin: 'https://elsewhere.example' };
    expect((await ask('{ sources { name } }', headers)).code).toBeNull();
  });
});

describe('a page of another origin', () => {
  it('may ask when the configuration names its origin, and no other', async () => {
    const preflight = (origin: string) =>
      fetch(`${serving.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      });
    const named = await preflight(catalogOrigin);
    expect(named.headers.get('access-control-allow-origin')).toBe(catalogOrigin);
    expect(named.headers.get('access-control-allow-credentials')).toBeNull();
    expect(
      (await preflight('https://catalog.example.com.evil.example')).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });
});

describe("a catalog's back end", () => {
  const exchange = (key: string, form: Readonly<Record<string, string>>) =>
    fetch(`${serving.url}/auth/token`, { method: 'POST', headers: bearer(key), body: new URLSearchParams(form) });
  const form = (token: string) => ({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  });

  it("exchanges its user's token for a short-lived one that reads and nothing else", async () => {
    const answer = await exchange(backEnd.key, form(await tokenFor({ roles: ['staff'] })));
    const body = (await answer.json()) as { access_token: string; token_type: string; expires_in: number };
    expect([answer.status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', 600]);
    expect((await ask('{ sources { name } }', bearer(body.access_token))).code).toBeNull();
    expect((await ask(sync, bearer(body.access_token))).code).toBe('NOT_ALLOWED');
    expect((await exchange(body.access_token, form(await tokenFor()))).status).toBe(403);
  });

  it('is refused without the right, for a forged user, and for another grant', async () => {
    const errorOf = async (answer: Response) => ((await answer.json()) as { error: string }).error;
    expect(await errorOf(await exchange(steward.key, form(await tokenFor())))).toBe('unauthorized_client');
    const forged = await issuer.token(
      { iss: issuer.url, aud: 'lexline', sub: 'x', exp: 9e9, roles: ['staff'] },
      { foreign: true },
    );
    expect(await errorOf(await exchange(backEnd.key, form(forged)))).toBe('invalid_grant');
    expect(await errorOf(await exchange(backEnd.key, form(viewer.key)))).toBe('invalid_grant');
    expect(await errorOf(await exchange(backEnd.key, { ...form('x'), grant_type: 'password' }))).toBe(
      'unsupported_grant_type',
    );
  });
});

describe('who asks too often', () => {
  it('is told to wait, while others are answered', async () => {
    const answers = await Promise.all(Array.from({ length: 45 }, () => ask('{ __typename }', bearer(slow.key))));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(refused[0]?.code).toBe('RATE_LIMITED');
    expect(Number(refused[0]?.response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('{ __typename }', bearer(steward.key))).status).toBe(200);
  });

  it('and guesses is held up, but nobody else behind the same proxy', async () => {
    const guesses = [];
    for (let i = 0; i < 40; i++) guesses.push(await ask('{ __typename }', bearer('lxk_guess')));
    expect(guesses.at(-1)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect((await ask('{ __typename }', bearer(steward.key))).status).toBe(200);
  });
});
