import { describe, expect, it } from 'vitest';
import { apiKeys, newKey } from '../../../server/access/api-keys.ts';
import { accessSchema } from '../../../server/base/config-access.ts';
import { createSignIn } from '../../../server/access/sign-in.ts';
import { spokenOfBy } from '../../../server/access/viewer.ts';
import { maySpeak } from '../../../server/model/storage-place.ts';

const at = (day: string) => ({ now: () => Date.parse(`${day}T12:00:00Z`) });
const { key, sha256 } = newKey();

function signIn(config: Record<string, unknown>, day = '2026-11-21') {
  const { keys } = accessSchema.parse({ keys: [config] });
  return createSignIn([apiKeys(keys, at(day))]);
}

describe('a key', () => {
  it('lets its caller in with the role and scope of the configuration, by hash or by variable', async () => {
    for (const proof of [{ sha256 }, { key }]) {
      const result = await signIn({ name: 'catalog', role: 'viewer', sources: ['shop'], ...proof })({
        authorization: `Bearer ${key}`,
      });
      expect(result).toMatchObject({
        viewer: { actor: { kind: 'key', id: 'catalog' }, signedIn: true, role: 'viewer', scope: { sources: ['shop'] } },
      });
      if ('viewer' in result) expect([...result.viewer.rights]).toEqual(['read']);
    }
  });

  it.each([
    ['nothing', undefined, 'missing'],
    ['another scheme', `Basic ${key}`, 'unknown'],
    ['a key with one letter changed', `Bearer ${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, 'unknown'],
    ['the hash of the key', `Bearer ${sha256}`, 'unknown'],
    ['a list of keys', `Bearer ${key},${key}`, 'unknown'],
    ['a token too long to be looked at', `Bearer lxk_${'a'.repeat(20_000)}`, 'unknown'],
  ])('is not %s', async (_, authorization, refused) => {
    expect(await signIn({ name: 'c', role: 'viewer', sha256 })({ authorization })).toMatchObject({ refused });
  });

  it('ends with its last day, in UTC', async () => {
    const config = { name: 'audit-2026', role: 'auditor', sha256, validUntil: '2026-11-21' };
    const ask = (day: string) => signIn(config, day)({ authorization: `Bearer ${key}` });
    expect(await ask('2026-11-21')).toHaveProperty('viewer');
    expect(await ask('2026-11-22')).toMatchObject({ refused: 'expired' });
  });

  it('says nothing of itself when it is refused', async () => {
    const result = await signIn({ name: 'c', role: 'viewer', sha256 })({ authorization: `Bearer ${newKey().key}` });
    expect(JSON.stringify(result)).not.toMatch(/lxk_|[0-9a-f]{64}/u);
  });

  it('is new each time and long enough', () => {
    expect(newKey().key).not.toBe(key);
    expect(Buffer.from(key.slice(4), 'base64url')).toHaveLength(32);
  });
});

describe('the configuration of keys', () => {
  const refused = (value: unknown) => accessSchema.safeParse(value).error?.issues.map(({ message }) => message);
  it('wants an end for an auditor, one proof a key, and each name once', () => {
    expect(refused({ keys: [{ name: 'a', role: 'auditor', sha256 }] })?.[0]).toContain('validUntil');
    expect(refused({ keys: [{ name: 'a', role: 'viewer' }] })?.[0]).toContain('sha256');
    expect(refused({ keys: [{ name: 'a', role: 'viewer', sha256, key }] })?.[0]).toContain('either');
    expect(refused({ keys: [1, 2].map(() => ({ name: 'a', role: 'viewer', sha256 })) })?.[0]).toContain('two keys');
    expect(refused({})?.[0]).toContain('name keys');
    expect(refused({ keys: [{ name: 'a', role: 'viewer', key: 'short' }] })?.[0]).toContain('32 characters');
  });
});

describe('an ingest key', () => {
  it('speaks of its namespaces only, and reads nothing', async () => {
    const result = await signIn({ name: 'spark', role: 'ingest', sha256, namespaces: ['spark', 's3://lake/*'] })({
      authorization: `Bearer ${key}`,
    });
    if (!('viewer' in result)) throw new Error('refused');
    const { viewer } = result;
    expect([...viewer.rights]).toEqual(['ingest']);
    for (const [namespace, may] of [
      ['spark', true],
      ['spark2', false],
      ['s3://lake/raw', true],
      ['s3://lake.evil', false],
    ] as const)
      expect([namespace, maySpeak(spokenOfBy(viewer), namespace)]).toEqual([namespace, may]);
  });

  it('is what a viewer is not', async () => {
    const result = await signIn({ name: 'v', role: 'viewer', sha256 })({ authorization: `Bearer ${key}` });
    expect('viewer' in result && maySpeak(spokenOfBy(result.viewer), 'spark')).toBe(false);
  });
});
