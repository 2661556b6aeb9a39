import { describe, expect, it } from 'vitest';
import { listWhole } from '../../../../connectors/kit/whole-list.ts';

/** Lists pages of two, given pass by pass; the last pass comes again and again. */
async function list(passes: readonly (readonly (readonly string[])[])[], total: number | null) {
  let pass = -1;
  const answer = await listWhole(
    {
      page(offset) {
        if (offset === 0) pass += 1;
        const pages = passes[Math.min(pass, passes.length - 1)] ?? [];
        return Promise.resolve({ items: pages[offset / 2] ?? [], total });
      },
      limit: 2,
      idOf: (id) => (id === '?' ? null : id),
      looping: () => new Error('looping') as never,
    },
    new AbortController().signal,
  );
  return { ...answer, passes: pass + 1 };
}

describe('a listing by offset', () => {
  it('is whole after one pass in which nothing came twice', async () => {
    expect(await list([[['a', 'b'], ['c']]], null)).toEqual({
      items: ['a', 'b', 'c'],
      hidden: 0,
      whole: true,
      passes: 1,
    });
  });

  it('is read again where something came twice, also from a source that does not count', async () => {
    const moved = [['a', 'b'], ['b', 'c'], []];
    const rest = [['a', 'b'], ['c', 'd'], []];
    expect(await list([moved, rest], null)).toMatchObject({ items: ['a', 'b', 'c', 'd'], whole: true, passes: 2 });
  });

  it('is read again where less came than the source counts, and is not whole where it never rests', async () => {
    expect(await list([[['a']], [['a', 'b'], []]], 2)).toMatchObject({ whole: true, passes: 2 });
    expect(await list([[['a']]], 2)).toMatchObject({ items: ['a'], whole: false, passes: 4 });
  });

  it('counts what is hidden', async () => {
    expect(await list([[['a', '?'], ['?']]], 3)).toMatchObject({ items: ['a'], hidden: 2, whole: true });
  });

  it('ends where a page brings nothing new', async () => {
    await expect(
      list(
        [
          [
            ['a', 'b'],
            ['a', 'b'],
          ],
        ],
        null,
      ),
    ).rejects.toThrow('looping');
  });
});
