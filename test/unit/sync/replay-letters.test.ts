import { describe, expect, it } from 'vitest';
import type { Json } from '../../../server/model/json.ts';
import { createDeadLetters } from '../../../server/sync/dead-letters.ts';
import { replayLetters } from '../../../server/sync/replay-letters.ts';

const clock = { now: () => Date.UTC(2026, 2, 1) };

/** Dead letters over a state store that is a map. */
function setUp() {
  const kept = new Map<string, Map<string, Json>>();
  const of = (kind: string): Map<string, Json> => {
    const records = kept.get(kind) ?? new Map<string, Json>();
    kept.set(kind, records);
    return records;
  };
  const letters = createDeadLetters({
    state: {
      putAll: async (kind, entries) => {
        for (const { key, body } of entries) of(kind).set(key, body);
      },
      list: async (kind, { first, after }) => {
        const keys = [...of(kind).keys()].sort().filter((key) => after === undefined || key > after);
        const items = keys.slice(0, first).map((key) => ({ key, body: of(kind).get(key) ?? null, updatedAt: '' }));
        return { items, cursor: keys.length > first ? (items.at(-1)?.key ?? null) : null };
      },
      count: async (kind) => of(kind).size,
      removeAll: async (kind, keys) => {
        for (const key of keys) of(kind).delete(key);
      },
    },
    clock,
    nonce: 'n',
    sources: ['lineage', 'other'],
  });
  const list = async (source?: string): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const { problem } of letters.list(source)) found.push(problem);
    return found;
  };
  return { letters, list };
}

const letter = (remains: Json, problem = 'wrong') => ({ position: 'received', problem, remains });

describe('dead letters', () => {
  it('that can be taken by now go to the inbox, the others stay', async () => {
    const { letters, list } = setUp();
    await letters.put('lineage', [letter('good', 'a'), letter('bad', 'b')]);
    await letters.put('other', [letter('good', 'c')]);
    await letters.put('gone', [letter('good', 'd')]);
    const inbox: [string, Json][] = [];
    const replay = (source: string | undefined) =>
      replayLetters({
        source,
        deadLetters: letters,
        inbox: { put: async (name, events) => void inbox.push(...events.map((one): [string, Json] => [name, one])) },
        acceptOf: (name) =>
          name === 'gone'
            ? null
            : (payload) =>
                payload === 'good'
                  ? { type: 'event', event: 'good', namespaces: [] }
                  : { type: 'refused', problem: 'still', remains: null, namespaces: [] },
        clock,
      });
    expect(await replay('lineage')).toEqual({ taken: 1, refused: 1, sources: ['lineage'] });
    expect(await list()).toEqual(['b', 'c']);
    expect(await replay(undefined)).toEqual({ taken: 1, refused: 1, sources: ['other'] });
    expect(inbox).toEqual([
      ['lineage', 'good'],
      ['other', 'good'],
    ]);
    expect(await replay('gone')).toEqual({ taken: 0, refused: 1, sources: [] });
    expect(await list('gone')).toEqual(['d']);
  });

  it('keep the bounds of their sender: what it may not speak of stays, the rest goes back under the same bounds', async () => {
    const { letters, list } = setUp();
    await letters.put('lineage', [
      { ...letter('mine', 'a'), boundTo: ['team'] },
      { ...letter('other', 'b'), boundTo: ['team'] },
      { ...letter('other', 'c'), boundTo: ['s3://*'] },
      letter('other', 'd'),
    ]);
    const inbox: [readonly Json[], unknown][] = [];
    const replayed = await replayLetters({
      source: undefined,
      deadLetters: letters,
      inbox: { put: async (_, events, spokenOf) => void inbox.push([events, spokenOf]) },
      acceptOf: () => (payload) => ({
        type: 'event',
        event: payload as Json,
        namespaces: [payload === 'mine' ? 'team' : 's3://lake'],
      }),
      clock,
    });
    expect(replayed).toEqual({ taken: 3, refused: 1, sources: ['lineage'] });
    expect(await list()).toEqual(['b']);
    expect(inbox).toEqual([
      [['mine'], ['team']],
      [['other'], ['s3://*']],
      [['other'], 'all'],
    ]);
  });

  it('stay where they are when the inbox takes nothing', async () => {
    const { letters, list } = setUp();
    await letters.put('lineage', [letter('good')]);
    const full = new Error('full');
    await expect(
      replayLetters({
        source: undefined,
        deadLetters: letters,
        inbox: { put: () => Promise.reject(full) },
        acceptOf: () => () => ({ type: 'event', event: 'good', namespaces: [] }),
        clock,
      }),
    ).rejects.toBe(full);
    expect(await list()).toEqual(['wrong']);
  });

  it('are the newest ten thousand of a source', async () => {
    const { letters } = setUp();
    await letters.put(
      'lineage',
      Array.from({ length: 10_000 }, (_, i) => letter(null, String(i))),
    );
    await letters.put('lineage', [letter(null, 'newest')]);
    expect(await letters.count('lineage')).toBe(10_000);
    const problems: string[] = [];
    for await (const { problem } of letters.list('lineage')) problems.push(problem);
    expect(problems[0]).toBe('1');
    expect(problems.at(-1)).toBe('newest');
  });
});
