import { describe, expect, it } from 'vitest';
import { LexlineError } from '../../../server/base/errors.ts';
import { createInbox, inboxKind } from '../../../server/sync/inbox.ts';
import type { StateEntry } from '../../../server/stores/state/state-store.ts';

function fakeState() {
  const commits: { kind: string; entries: readonly StateEntry[] }[] = [];
  const state = {
    fail: null as Error | null,
    hold: null as Promise<void> | null,
    commits,
    async putAll(kind: string, entries: readonly StateEntry[]) {
      await state.hold;
      if (state.fail !== null) throw state.fail;
      commits.push({ kind, entries });
    },
    count: async (kind: string) =>
      commits.filter((one) => one.kind === kind).reduce((sum, { entries }) => sum + entries.length, 0),
  };
  return state;
}

const clock = { now: () => Date.UTC(2026, 2, 1) };

describe('the inbox', () => {
  it('answers after the commit, and shares it among those who wait', async () => {
    const state = fakeState();
    const inbox = createInbox({ state, clock, nonce: 'n', maxWaiting: 100 });
    await Promise.all(['a', 'b', 'c'].map((event) => inbox.put('lineage', [event])));
    expect(state.commits).toHaveLength(1);
    expect(state.commits[0]?.kind).toBe(inboxKind('lineage'));
    expect(
      state.commits[0]?.entries.map(({ body }) => JSON.parse(typeof body === 'string' ? body : '') as unknown),
    ).toEqual(['a', 'b', 'c']);
  });

  it('keeps the order of arrival in its keys, also where the clock stands still', async () => {
    const state = fakeState();
    const inbox = createInbox({ state, clock, nonce: 'n', maxWaiting: 100_000 });
    const sent = Array.from({ length: 1200 }, (_, i) => i);
    await Promise.all(sent.map((event) => inbox.put('lineage', [event])));
    const entries = state.commits.flatMap((one) => one.entries).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(entries.map(({ body }) => Number(body))).toEqual(sent);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(sent.length);
  });

  it('refuses when too many wait, and takes again what was refused by a failing store', async () => {
    const state = fakeState();
    const inbox = createInbox({ state, clock, nonce: 'n', maxWaiting: 2 });
    state.fail = new LexlineError('STORE_DISK_FULL', 'the disk is full');
    await expect(inbox.put('lineage', ['a', 'b'])).rejects.toThrow('the disk is full');
    state.fail = null;
    await inbox.put('lineage', ['a', 'b']);
    await expect(inbox.put('lineage', ['c'])).rejects.toMatchObject({ code: 'INBOX_FULL' });
    await inbox.put('other', ['c']);
  });

  it('commits what was put before it closes, and takes nothing afterwards', async () => {
    const state = fakeState();
    const inbox = createInbox({ state, clock, nonce: 'n', maxWaiting: 10 });
    const put = inbox.put('lineage', ['a']);
    // Putting counts first what waits: the close must come after it is in the queue.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await inbox.close();
    await put;
    expect(state.commits).toHaveLength(1);
    await expect(inbox.put('lineage', ['b'])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
