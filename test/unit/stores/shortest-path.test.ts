import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstShortest } from '../../../server/stores/neo4j/shortest-path.ts';

type Pair = readonly [string, string];

/** Every shortest way, by trying all. */
function allShortest(pairs: readonly Pair[], from: string, to: string): readonly string[] {
  let ways = [from];
  for (let length = 1; length <= 12; length++) {
    ways = ways.flatMap((way) => pairs.flatMap(([a, b]) => (way.endsWith(a) ? [`${way} ${b}`] : [])));
    const found = [...new Set(ways.filter((way) => way.endsWith(to)))];
    if (found.length > 0) return found.sort();
  }
  return [];
}

const reader = (pairs: readonly Pair[], asked: string[] = []) =>
  (async (layer: readonly string[], direction: 'upstream' | 'downstream') => {
    asked.push(...layer);
    const near = direction === 'downstream' ? 0 : 1;
    return new Map(
      layer.map((uid) => [uid, [...new Set(pairs.flatMap((one) => (one[near] === uid ? [one[1 - near] ?? ''] : [])))]]),
    );
  }) satisfies Parameters<typeof firstShortest>[3];

describe('the first of the shortest ways, searched from both ends', () => {
  const place = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');

  it('is the first of all that there are, or none, in random graphs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(place, place), { maxLength: 18 }), place, place, async (pairs, from, to) => {
        fc.pre(from !== to);
        const way = await firstShortest(from, to, 100, reader(pairs));
        expect(way?.join(' ') ?? null).toBe(allShortest(pairs, from, to)[0] ?? null);
      }),
      { numRuns: 2000, seed: 20_261_122 },
    );
  });

  it('is none where it takes more steps than are allowed', async () => {
    const pairs: Pair[] = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'd'],
    ];
    expect(await firstShortest('a', 'd', 3, reader(pairs))).toEqual(['a', 'b', 'c', 'd']);
    expect(await firstShortest('a', 'd', 2, reader(pairs))).toBeNull();
  });

  it('looks around the smaller end first', async () => {
    const hub = Array.from({ length: 500 }, (_, i): Pair => ['s', `x${i}`]);
    const beyond = hub.flatMap(([, x]): Pair[] => [[x, `${x}y`]]);
    const asked: string[] = [];
    const pairs: Pair[] = [...hub, ...beyond, ['x7y', 'z'], ['z', 't']];
    expect(await firstShortest('s', 't', 100, reader(pairs, asked))).toEqual(['s', 'x7', 'x7y', 'z', 't']);
    expect(asked.length).toBeLessThan(10);
  });
});
