import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchangedTokens, tokenSeconds } from '../../../server/access/exchanged-tokens.ts';
import { oidcTokens } from '../../../server/access/oidc.ts';
import { accessSchema, type OidcConfig } from '../../../server/base/config-access.ts';
import { silentLog } from '../../../server/base/log.ts';
import { loopbackViewer } from '../../../server/access/viewer.ts';
import { fakeIssuer, type FakeIssuer } from '../../fake/oidc-issuer.ts';

let issuer: FakeIssuer;
let now = Date.parse('2026-11-21T08:00:00Z');
const clock = { now: () => now };
const seconds = () => Math.floor(now / 1000);

beforeEach(async () => {
  issuer = await fakeIssuer();
  now = Date.parse('2026-11-21T08:00:00Z');
});
afterEach(() => issuer.close());

function config(more: Partial<Record<keyof OidcConfig, unknown>> = {}): OidcConfig {
  const oidc = {
    issuer: issuer.url,
    audience: 'lexline',
    roles: { claim: 'realm_access.roles', map: { privacy: 'steward', staff: 'viewer' } },
    scopes: { claim: 'teams', map: { eu: ['shop', 'crm'] } },
    ...more,
  };
  const parsed = accessSchema.parse({ oidc });
  if (parsed.oidc === undefined) throw new Error('no oidc');
  return parsed.oidc;
}

const claims = (more: Record<string, unknown> = {}) => ({
  iss: issuer.url,
  aud: 'lexline',
  sub: 'ada',
  exp: seconds() + 300,
  realm_access: { roles: ['staff'] },
  teams: ['eu', 'other'],
  ...more,
});

const method = (options: OidcConfig = config()) => oidcTokens(options, { clock, log: silentLog });

describe('a token of the issuer', () => {
  it('lets its person in with the widest of their roles and the sources of their teams, without their name', async () => {
    const roles = ['staff', 'privacy', 'unknown'];
    // A name that no hexadecimal number holds by chance.
    const token = await issuer.token(claims({ sub: 'yolanda', realm_access: { roles } }));
    const result = await method().signIn(token);
    expect(result).toMatchObject({
      viewer: { actor: { kind: 'person' }, role: 'steward', scope: { sources: ['crm', 'shop'] }, signedIn: true },
    });
    expect(JSON.stringify(result)).not.toContain('yolanda');
  });

  it('is the same person each time, another one at another issuer', async () => {
    const oidc = method();
    const [first, second] = [
      await oidc.signIn(await issuer.token(claims())),
      await oidc.signIn(await issuer.token(claims())),
    ];
    const other = await oidc.signIn(await issuer.token(claims({ sub: 'bob' })));
    const idOf = (result: typeof first) => (result !== null && 'viewer' in result ? result.viewer.actor.id : null);
    expect(idOf(first)).toBe(idOf(second));
    expect(idOf(first)).not.toBe(idOf(other));
  });

  it('without a team sees nothing, and with no scopes configured sees everything', async () => {
    const token = await issuer.token(claims({ teams: [] }));
    expect(await method().signIn(token)).toMatchObject({ viewer: { scope: { sources: [] } } });
    expect(await method(config({ scopes: undefined })).signIn(token)).toMatchObject({
      viewer: { scope: { sources: 'all' } },
    });
  });

  it.each([
    ['for somebody else', { aud: 'billing' }, 'unknown'],
    ['of another issuer', { iss: 'https://evil.example' }, 'unknown'],
    ['that has run out', { exp: seconds() - 61 }, 'expired'],
    ['that is not yet valid', { nbf: seconds() + 120 }, 'unknown'],
    ['without an end', { exp: undefined }, 'unknown'],
    ['without a subject', { sub: undefined }, 'unknown'],
    ['without a role', { realm_access: { roles: ['guest'] } }, 'no-role'],
    ['whose role is a name of ours', { realm_access: { roles: ['admin', '__proto__', 'constructor'] } }, 'no-role'],
  ])('%s is refused', async (_, more, refused) => {
    expect(await method().signIn(await issuer.token(claims(more)))).toMatchObject({ refused });
  });

  it('may be off by the clock skew and no more', async () => {
    const late = await issuer.token(claims({ exp: seconds() - 59 }));
    expect(await method().signIn(late)).toHaveProperty('viewer');
    expect(await method(config({ clockSkewSeconds: 10 })).signIn(late)).toMatchObject({ refused: 'expired' });
  });

  it('forged with another key, with no signature or with our words as a secret is refused', async () => {
    const forged = await issuer.token(claims(), { foreign: true });
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.`;
    for (const token of [forged, none, none.slice(0, -1), `${forged}x`])
      expect((await method().signIn(token)) ?? {}).not.toHaveProperty('viewer');
  });

  it('is checked without asking the issuer each time', async () => {
    const oidc = method();
    await oidc.signIn(await issuer.token(claims()));
    expect(issuer.asked).toEqual({ discovery: 1, keys: 1 });
    await oidc.signIn(await issuer.token(claims()));
    expect(issuer.asked.keys).toBe(1);
  });
});

describe('an issuer that fails', () => {
  it.each(['down', 'other-issuer', 'redirect'] as const)(
    '(%s) lets nobody in, and is not asked at every request',
    async (fault) => {
      issuer.fault = fault;
      const oidc = method();
      const token = await issuer.token(claims());
      expect(await oidc.signIn(token)).toMatchObject({ refused: 'unavailable' });
      issuer.fault = 'none';
      expect(await oidc.signIn(token)).toMatchObject({ refused: 'unavailable' });
      now += 31_000;
      expect(await oidc.signIn(token)).toHaveProperty('viewer');
    },
  );
});

describe('an exchanged token', () => {
  const user = {
    ...loopbackViewer,
    actor: { kind: 'person', id: 'p-1' },
    scope: { sources: ['shop', 'crm'] },
  } as const;
  const backEnd = {
    ...loopbackViewer,
    actor: { kind: 'key', id: 'catalog' },
    scope: { sources: ['crm', 'hr'] },
  } as const;

  it('reads what both may see, as the person, and nothing more than reads', async () => {
    const tokens = exchangedTokens(clock);
    const { token, expiresIn } = await tokens.issue(user, backEnd);
    const result = await tokens.signIn(token);
    expect(expiresIn).toBe(tokenSeconds);
    expect(result).toMatchObject({ viewer: { actor: { id: 'p-1' }, role: 'viewer', scope: { sources: ['crm'] } } });
    if (result !== null && 'viewer' in result) expect([...result.viewer.rights]).toEqual(['read']);
  });

  it('runs out, and is worth nothing elsewhere', async () => {
    const tokens = exchangedTokens(clock);
    const { token } = await tokens.issue(user, backEnd);
    expect(await exchangedTokens(clock).signIn(token)).toBeNull();
    now += (tokenSeconds + 1) * 1000;
    expect(await tokens.signIn(token)).toMatchObject({ refused: 'expired' });
  });
});
