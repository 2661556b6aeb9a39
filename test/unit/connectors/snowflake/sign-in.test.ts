import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { jwtVerify } from 'jose';
import { snowflakeConfig } from '../../../../connectors/snowflake/config.ts';
import { createSignIn } from '../../../../connectors/snowflake/sign-in.ts';
import type { SignIn } from '../../../../connectors/kit/sign-in.ts';
import { listen, textOf, type FakeServer } from '../../../fake/replay-server.ts';
import { never } from '../../../connector-messages.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const plain = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const locked = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'canary-pass' })
  .toString();
const start = Date.UTC(2026, 10, 21, 12);
const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function signIn(settings: object, clock = { now: () => start }): SignIn {
  const config = snowflakeConfig.parse({ account: 'acme-shop', warehouse: 'W', ...settings });
  return createSignIn(config, { source: 'wh', clock, fileAt: (path) => path });
}

describe('signing in', () => {
  it.each([
    ['acme-shop', 'ACME-SHOP'],
    ['xy12345.eu-central-1', 'XY12345'],
  ])('by key pair names the account %s as %s, the user and the fingerprint of the key', async (account, said) => {
    const headers = await signIn({ account, user: 'lexline', privateKey: plain }).headers(never);
    expect(headers['x-snowflake-authorization-token-type']).toBe('KEYPAIR_JWT');
    const publicKey = createPublicKey(privateKey);
    const { payload } = await jwtVerify(headers['authorization']?.slice(7) ?? '', publicKey, {
      currentDate: new Date(start),
    });
    const print = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64');
    expect(payload).toMatchObject({
      sub: `${said}.LEXLINE`,
      iss: `${said}.LEXLINE.SHA256:${print}`,
      iat: start / 1000,
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(3600);
  });

  it('takes a key that is encrypted with its passphrase, and refuses another without saying anything of it', async () => {
    const good = signIn({ user: 'L', privateKey: locked, privateKeyPassphrase: 'canary-pass' });
    expect((await good.headers(never))['authorization']).toMatch(/^Bearer ey/u);
    for (const settings of [
      { privateKey: locked, privateKeyPassphrase: 'canary-wrong' },
      { privateKey: 'canary-no-key' },
      { privateKeyFile: '/canary/nowhere.p8' },
      { privateKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
    ]) {
      const failure = await signIn({ user: 'L', ...settings })
        .headers(never)
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'CONFIG_INVALID' });
      expect(String(failure)).not.toContain('canary');
    }
  });

  it('makes a new token before the old one ends, and when it was refused', async () => {
    let now = start;
    const own = signIn({ user: 'L', privateKey: plain }, { now: () => now });
    const first = (await own.headers(never))['authorization'];
    now += 50 * 60_000;
    expect((await own.headers(never))['authorization']).toBe(first);
    now += 9 * 60_000;
    const second = (await own.headers(never))['authorization'];
    expect(second).not.toBe(first);
    own.forget(await own.headers(never));
    now += 1000;
    expect((await own.headers(never))['authorization']).not.toBe(second);
  });

  it.each([
    ['programmatic', 'PROGRAMMATIC_ACCESS_TOKEN'],
    ['oauth', 'OAUTH'],
  ])('sends a given token of type %s as %s', async (tokenType, said) => {
    expect(await signIn({ token: 't', tokenType }).headers(never)).toEqual({
      authorization: 'Bearer t',
      'x-snowflake-authorization-token-type': said,
    });
  });

  it('fetches tokens of an OAuth server and renews them, and says when it gives none', async () => {
    const asked: string[] = [];
    const server = await listen(async (request, response) => {
      asked.push(await textOf(request));
      const isKnown = asked.at(-1)?.includes('client_secret=right') === true;
      response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(isKnown ? { access_token: `t${asked.length}`, expires_in: 600 } : { error: 'canary' }),
      );
    });
    servers.push(server);
    let now = start;
    const oauth = { tokenUrl: server.url, clientId: 'c', clientSecret: 'right', scope: 'session:role:LEXLINE' };
    const own = signIn({ oauth }, { now: () => now });
    expect((await own.headers(never))['authorization']).toBe('Bearer t1');
    expect((await own.headers(never))['authorization']).toBe('Bearer t1');
    now += 9.5 * 60_000;
    expect((await own.headers(never))['authorization']).toBe('Bearer t2');
    expect(asked[0]).toBe(
      'grant_type=client_credentials&client_id=c&client_secret=right&scope=session%3Arole%3ALEXLINE',
    );
    const wrong = signIn({ oauth: { ...oauth, clientSecret: 'wrong' } });
    await expect(wrong.headers(never)).rejects.toMatchObject({ code: 'CONNECTOR_AUTH_FAILED' });
    await expect(wrong.headers(never)).rejects.not.toThrow(/canary|wrong/u);
    await expect(signIn({ oauth: { ...oauth, tokenUrl: 'http://127.0.0.1:1' } }).headers(never)).rejects.toMatchObject({
      code: 'CONNECTOR_UNAVAILABLE',
    });
  });

  it.each([
    [{}],
    [{ token: 't', privateKey: 'k', user: 'u' }],
    [{ privateKey: 'k' }],
    [{ token: 't', password: 'p' }],
    [{ token: 't', account: 'https://acme.example.com' }],
  ])('refuses settings that name no way, two ways or a password: %j', (settings) => {
    expect(snowflakeConfig.safeParse({ account: 'acme', warehouse: 'W', ...settings }).success).toBe(false);
  });
});
