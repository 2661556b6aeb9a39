import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { DomainsConfig, KeyConfig } from '../base/config-access.ts';
import { rightsOfRole, type Right } from './rights.ts';
import { scopeOf } from './scope-of.ts';
import type { SignInMethod } from './sign-in.ts';

/** What every key of ours begins with, so that secret scanners know it. */
const prefix = 'lxk_';

/** A new key and the hash to write into the configuration. 256 random bits. */
export function newKey(): { readonly key: string; readonly sha256: string } {
  const key = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { key, sha256: digest(key).toString('hex') };
}

/**
 * Keys of the configuration. Only their hashes are held; comparing takes as long for a wrong key as for a right one, and
 * looks at every key. A key that ran out is refused with the day it ended.
 */
export function apiKeys(keys: readonly KeyConfig[], clock: Clock, domains: DomainsConfig = {}): SignInMethod {
  const known = keys.map((key) => ({
    key,
    hash: key.sha256 === undefined ? digest(key.key ?? '') : Buffer.from(key.sha256, 'hex'),
  }));
  return {
    name: 'key',
    signIn(token) {
      const given = digest(token);
      const found = known.filter(({ hash }) => timingSafeEqual(hash, given))[0]?.key;
      if (found === undefined)
        return Promise.resolve(
          token.startsWith(prefix) ? { refused: 'unknown', detail: 'no key of the configuration' } : null,
        );
      if (found.validUntil !== undefined && clock.now() >= endOf(found.validUntil))
        return Promise.resolve({ refused: 'expired', detail: `key ${found.name} ended on ${found.validUntil}` });
      const rights = new Set<Right>([...rightsOfRole(found.role), ...(found.exchange ? (['exchange'] as const) : [])]);
      return Promise.resolve({
        viewer: {
          actor: { kind: 'key', id: found.name },
          signedIn: true,
          scope: scopeOf(found, domains),
          role: found.role,
          rights,
          namespaces: found.namespaces ?? 'all',
        },
        mayExchange: found.exchange,
      });
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The first instant after a day in UTC. */
function endOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000;
}
