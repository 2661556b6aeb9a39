import { describe, expect, it } from 'vitest';
import { dueNotices } from '../../../server/notify/due-notices.ts';
import { slackMessage } from '../../../server/notify/slack.ts';
import type { Json } from '../../../server/model/json.ts';
import { notifySetting } from '../../../server/base/config-notify.ts';

const hour = 3_600_000;
const start = Date.parse('2026-11-21T00:00:00.000Z');

/** A ledger that grows when it is told to, and what is due at an hour of the day. */
function watched() {
  const kept = new Map<string, Json>();
  let batch = 0;
  let asked = 0;
  const head = () => ({
    format: 'lexline-ledger-head-1',
    batch,
    lastSeq: batch * 3,
    hash: String(batch).repeat(64),
    at: '2026-11-20T10:00:00.000Z',
    publicKey: null,
    signature: null,
  });
  return {
    grow: () => void (batch += 1),
    asked: () => asked,
    dueAfter: async (hours: number) => {
      const notices = await dueNotices({
        query: { sources: () => Promise.resolve([]), freshness: () => Promise.reject(new Error('not asked')) },
        settings: notifySetting.parse({}),
        endingBy: () => Promise.resolve([]),
        questions: () => Promise.resolve([]),
        confirmedAt: () => Promise.resolve(null),
        ledgerHead: () => {
          asked += 1;
          return Promise.resolve(batch === 0 ? null : head());
        },
        state: {
          get: (kind, key) => Promise.resolve(kept.get(`${kind} ${key}`) ?? null),
          put: (kind, key, body) => Promise.resolve(void kept.set(`${kind} ${key}`, body)),
        },
        clock: { now: () => start + hours * hour },
      });
      return notices.filter(({ kind }) => kind === 'ledger-head');
    },
  };
}

describe('the end of the ledger', () => {
  it('is told once a period, the same all through it', async () => {
    const ledger = watched();
    expect(await ledger.dueAfter(0)).toEqual([]);
    ledger.grow();
    const [first, ...others] = await ledger.dueAfter(1);
    expect(others).toEqual([]);
    expect(first?.items).toMatchObject([{ head: { format: 'lexline-ledger-head-1', batch: 1, lastSeq: 3 } }]);
    ledger.grow();
    const asked = ledger.asked();
    expect((await ledger.dueAfter(23)).map(({ id, items }) => ({ id, items }))).toEqual([
      { id: first?.id, items: first?.items },
    ]);
    expect(ledger.asked()).toBe(asked);
    const [next] = await ledger.dueAfter(24);
    expect(next?.items).toMatchObject([{ head: { batch: 2 } }]);
    expect(next?.id).not.toBe(first?.id);
  });

  it('is not told again where nothing was written since', async () => {
    const ledger = watched();
    ledger.grow();
    expect(await ledger.dueAfter(1)).toHaveLength(1);
    expect(await ledger.dueAfter(25)).toEqual([]);
    expect(await ledger.dueAfter(47)).toEqual([]);
    ledger.grow();
    expect(await ledger.dueAfter(49)).toHaveLength(1);
  });

  it('goes only to receivers that ask for it, also as a message', async () => {
    const secret = 'a secret of more than 24 characters';
    const receivers = [{ name: 'one', url: 'https://hooks.example.com', secret }];
    expect(notifySetting.parse({ receivers }).receivers[0]?.on).not.toContain('ledger-head');
    const ledger = watched();
    ledger.grow();
    const [notice] = await ledger.dueAfter(1);
    expect(notice === undefined ? '' : slackMessage(notice)).toContain(`batch 1, entry 3, 2026-11-20T10:00:00.000Z`);
  });
});
