import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import type { Json } from '../../../server/model/json.ts';
import { createHooks, signHook } from '../../../server/sync/hooks.ts';
import type { SyncReport } from '../../../server/sync/sync.ts';

const secret = 'a-secret-of-two-sides';
const body = Buffer.from('{"changed":true}');

function setUp() {
  const kept = new Map<string, Json>();
  let now = Date.UTC(2026, 2, 1);
  const runs: { readonly source: string; readonly end: () => void }[] = [];
  const make = () =>
    createHooks({
      secrets: new Map([['shop', secret]]),
      sync: async () => ({
        run: ({ source }) =>
          new Promise<SyncReport>((resolve) => {
            runs.push({ source, end: () => resolve({ error: null } as SyncReport) });
          }),
      }),
      state: {
        get: async (kind, key) => kept.get(`${kind} ${key}`) ?? null,
        put: async (kind, key, value) => void kept.set(`${kind} ${key}`, value),
      },
      clock: { now: () => now },
      log: silentLog,
    });
  const settled = () =>
    new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  return { make, runs, settled, pass: (ms: number) => (now += ms), now: () => now };
}

describe('a webhook', () => {
  it('starts a sync for a call that is signed', async () => {
    const { make, runs, settled, now } = setUp();
    expect(await make().call('shop', signHook(secret, body, now()), body)).toEqual({ type: 'started' });
    await settled();
    expect(runs.map(({ source }) => source)).toEqual(['shop']);
  });

  it('makes one more sync of all calls that come while one runs', async () => {
    const { make, runs, settled, pass, now } = setUp();
    const hooks = make();
    await hooks.call('shop', signHook(secret, body, now()), body);
    for (let i = 0; i < 3; i++) {
      pass(1000);
      expect(await hooks.call('shop', signHook(secret, body, now()), body)).toEqual({ type: 'queued' });
    }
    await settled();
    expect(runs).toHaveLength(1);
    runs[0]?.end();
    await settled();
    expect(runs).toHaveLength(2);
    runs[1]?.end();
    await settled();
    expect(runs).toHaveLength(2);
    pass(1000);
    expect(await hooks.call('shop', signHook(secret, body, now()), body)).toEqual({ type: 'started' });
  });

  it.each([
    ['no signature', undefined],
    ['something else for a signature', 'sha256=abc'],
    ['a signature of another secret', signHook('another-secret-here', body, Date.UTC(2026, 2, 1))],
    ['a signature of another body', signHook(secret, Buffer.from('{}'), Date.UTC(2026, 2, 1))],
    [
      'a signature whose time was changed',
      signHook(secret, body, Date.UTC(2026, 2, 1)).replace(/t=\d+/u, 't=1772323201'),
    ],
    ['an old signature', signHook(secret, body, Date.UTC(2026, 2, 1) - 301_000)],
    ['a signature of the future', signHook(secret, body, Date.UTC(2026, 2, 1) + 301_000)],
  ])('refuses a call with %s', async (_, signature) => {
    const { make, runs, settled } = setUp();
    expect(await make().call('shop', signature, body)).toMatchObject({ type: 'refused' });
    await settled();
    expect(runs).toEqual([]);
  });

  it('takes a call once, also after a restart', async () => {
    const { make, now } = setUp();
    const signature = signHook(secret, body, now());
    const hooks = make();
    const both = await Promise.all([hooks.call('shop', signature, body), hooks.call('shop', signature, body)]);
    expect(both.map(({ type }) => type).sort()).toEqual(['refused', 'started']);
    expect(await make().call('shop', signature, body)).toMatchObject({ type: 'refused' });
  });

  it('says of a source without a secret no more than of one that is not there', async () => {
    const { make, now } = setUp();
    expect(await make().call('other', signHook(secret, body, now()), body)).toEqual({ type: 'unknown-source' });
  });
});
