import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { hash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { DomainsConfig, OidcConfig } from '../base/config-access.ts';
import type { Log } from '../base/log.ts';
import { rightsOfRole, widestRole } from './rights.ts';
import { scopeOf } from './scope-of.ts';
import type { SignInMethod, SignInResult } from './sign-in.ts';

/** Signatures taken: asymmetric ones only. `none` and shared secrets never. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Time for one answer of the issuer. */
const timeoutMs = 15_000;
/** Discovery is asked again after this long, and no sooner than this after it failed. */
const keepMs = 60 * 60 * 1000;
const retryMs = 30_000;

/**
 * Tokens of an OpenID Connect issuer: keys by discovery and JWKS, issuer, audience and times checked with the clock skew of
 * the configuration. The actor is a hash of issuer and subject, so that the ledger holds no name. Without a role of the map
 * nobody gets in.
 */
export function oidcTokens(
  config: OidcConfig,
  options: {
    readonly clock: Clock;
    readonly log: Log;
    readonly domains?: DomainsConfig;
    readonly fetch?: typeof fetch;
  },
): SignInMethod {
  const keys = discoveredKeys(config.issuer, options);
  return {
    name: 'oidc',
    async signIn(token) {
      if (token.split('.').length !== 3) return null;
      let key: JWTVerifyGetKey;
      try {
        key = await keys();
      } catch (error) {
        options.log.warn('the sign-in issuer cannot be asked', { issuer: config.issuer, error });
        return { refused: 'unavailable', detail: 'the issuer cannot be asked' };
      }
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer: config.issuer,
          audience: config.audience,
          algorithms,
          clockTolerance: config.clockSkewSeconds,
          currentDate: new Date(options.clock.now()),
          requiredClaims: ['exp', 'sub'],
        });
        return viewerOf(payload, config, options.domains ?? {});
      } catch (error) {
        return refusal(error);
      }
    },
  };
}

function refusal(error: unknown): SignInResult {
  if (error instanceof errors.JWTExpired) return { refused: 'expired', detail: 'the token has run out' };
  if (error instanceof errors.JWKSTimeout) return { refused: 'unavailable', detail: 'the keys cannot be fetched' };
  // Messages of claim errors name the claim, never its value.
  const detail = error instanceof errors.JOSEError ? `${error.code}: ${error.message}` : 'the token cannot be read';
  return { refused: 'unknown', detail };
}

function viewerOf(payload: JWTPayload, config: OidcConfig, domains: DomainsConfig): SignInResult {
  const { roles, scopes } = config;
  const role = widestRole(claimValues(payload, roles.claim).flatMap((value) => own(roles.map, value) ?? []));
  if (role === null) return { refused: 'no-role', detail: `claim ${roles.claim} holds no role of the configuration` };
  const mapped = <T>(one: { readonly claim: string; readonly map: Readonly<Record<string, readonly T[]>> }): T[] => [
    ...new Set(claimValues(payload, one.claim).flatMap((value) => own(one.map, value) ?? [])),
  ];
  const scope = scopeOf(
    {
      sources: scopes === undefined ? undefined : mapped(scopes).toSorted(),
      domains: config.domains === undefined ? undefined : mapped(config.domains),
      sees: config.sees === undefined ? undefined : mapped(config.sees),
    },
    domains,
  );
  return {
    viewer: {
      actor: { kind: 'person', id: personId(config.issuer, payload.sub ?? '') },
      signedIn: true,
      scope,
      role,
      rights: rightsOfRole(role),
      namespaces: 'all',
    },
    mayExchange: false,
  };
}

/** An opaque id of a person: the same for the same subject of the same issuer. */
export function personId(issuer: string, subject: string): string {
  return `p-${hash('sha256', `${issuer}\n${subject}`, 'hex').slice(0, 24)}`;
}

function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The texts of a claim: a list, one text, or words parted by spaces. `realm_access.roles` leads into an object. */
function claimValues(payload: JWTPayload, claim: string): readonly string[] {
  let value: unknown = own(payload, claim);
  if (value === undefined) {
    value = payload;
    for (const part of claim.split('.'))
      value = typeof value === 'object' && value !== null ? own(value as Record<string, unknown>, part) : undefined;
  }
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string');
  return typeof value === 'string' ? [value, ...value.split(' ')] : [];
}

/** The issuer's keys, its discovery document asked at most once an hour. */
function discoveredKeys(
  issuer: string,
  { clock, fetch: given = fetch }: { readonly clock: Clock; readonly fetch?: typeof fetch },
): () => Promise<JWTVerifyGetKey> {
  let known: { readonly keys: JWTVerifyGetKey; readonly until: number } | undefined;
  let failed: { readonly error: unknown; readonly until: number } | undefined;
  const discover = async (): Promise<JWTVerifyGetKey> => {
    const url = `${issuer.replace(/\/$/u, '')}/.well-known/openid-configuration`;
    const response = await given(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`discovery answered ${response.status}`);
    const document = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
    if (document.issuer !== issuer) throw new Error('the discovery document is of another issuer');
    if (typeof document.jwks_uri !== 'string') throw new Error('the discovery document names no jwks_uri');
    return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: timeoutMs, cooldownDuration: retryMs });
  };
  return async () => {
    const now = clock.now();
    if (known !== undefined && now < known.until) return known.keys;
    if (failed !== undefined && now < failed.until && known === undefined) throw failed.error;
    try {
      known = { keys: await discover(), until: now + keepMs };
      failed = undefined;
    } catch (error) {
      failed = { error, until: now + retryMs };
      if (known === undefined) throw error;
    }
    return known.keys;
  };
}
