import { describe, expect, it } from 'vitest';
import { fieldsToKeep, keptGap, withKept } from '../../../server/ingest/kept-fields.ts';
import type { NamedField } from '../../../server/ingest/named-document.ts';

const field = (path: string, ordinal = 1): NamedField => ({
  path: path.split('.'),
  facets: { core: { type: 'text', ordinal } },
});
const fields = (...paths: readonly string[]): readonly NamedField[] => paths.map((path, i) => field(path, i + 1));
const ten = Array.from({ length: 10 }, (_, i) => `c${i}`);

describe('fields that a source no longer lists', () => {
  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['one of two', ['a', 'b'], ['a'], []],
    ['two of ten', ten, ten.slice(2), []],
    ['a struct with all of its members', ['id', 's', 's.a', 's.b', 's.c', 's.d'], ['id'], []],
    ['as many as came new', ['a', 'b', 'c', 'd'], ['w', 'x', 'y', 'z'], []],
    ['nothing', ten, ten, []],
    ['nothing of a dataset that had none', [], [], []],
  ])('go where they are %s', (_, before, now, kept) => {
    expect(fieldsToKeep(fields(...before), fields(...now)).map(({ path }) => path.join('.'))).toEqual(kept);
  });

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['the only one', ['a'], [], ['a']],
    ['all', ten, [], ten],
    ['three of ten', ten, ten.slice(3), ten.slice(0, 3)],
    ['three of ten, one having come', ten, [...ten.slice(4), 'new'], ten.slice(0, 4)],
    ['the members of a struct that stays', ['s', 's.a', 's.b', 's.c'], ['s'], ['s.a', 's.b', 's.c']],
  ])('are kept where they are %s', (_, before, now, kept) => {
    expect(fieldsToKeep(fields(...before), fields(...now)).map(({ path }) => path.join('.'))).toEqual(kept);
  });

  it('tells a member from a column with a dot in its name', () => {
    const dotted: NamedField = { path: ['s.a'], facets: { core: { type: null, ordinal: 2 } } };
    expect(fieldsToKeep(fields('s', 's.a', 's.b', 's.c'), [field('s'), dotted])).toHaveLength(3);
  });

  it('stand again where they stood', () => {
    const whole = fields('a', 'b', 'c');
    const dataset = { kind: 'dataset', namespace: 'n', name: 't', facets: {}, aliases: [] } as const;
    const now = { ...dataset, fields: whole.filter(({ path }) => path[0] === 'b') };
    expect(withKept(now, [field('c', 3), field('a', 1)]).fields).toEqual(whole);
  });

  it('are named by a gap, a few of them, with what lets them go', () => {
    const gap = keptGap('shop.t', 10, fields(...ten.slice(0, 7)));
    expect(gap).toMatchObject({ what: 'shop.t', reason: 'not-read' });
    expect(gap.detail).toContain('7 of 10 fields were not met again (c0, c1, c2, c3, c4 and 2 more)');
    expect(gap.remedy).toContain('--allow-shrink');
  });
});
