import { describe, expect, it } from 'vitest';
import { cutEndOf, joiningOf } from '../../../server/model/parts.ts';
import { arrival } from '../../../server/query/because.ts';
import { putTogether, type PartEdge } from '../../../server/propagate/put-together.ts';

describe('a value whose parts come together again', () => {
  it('is told with its reason', () => {
    const whole = arrival({ treatment: 'clear', putTogether: true }, 'cards.pan', ['PCI'], ['halves']);
    expect(whole).toBe(
      'Put together from parts of cards.pan through halves; how much each keeps is not known, so it counts as the whole.',
    );
    expect(arrival({ treatment: 'clear', putTogether: false }, 'cards.pan', ['PCI'], [])).toBe(
      'Copied from cards.pan.',
    );
  });

  const edge = (from: string, more: Partial<PartEdge<string>>): PartEdge<string> => ({
    from,
    brings: 'on',
    end: null,
    joins: null,
    job: 'job',
    ...more,
  });
  const cut = (from: string, end: 'beginning' | 'end' | null): PartEdge<string> => edge(from, { brings: 'cut', end });
  const beside = (one: PartEdge<string>): PartEdge<string> => ({ ...one, joins: 'beside' });
  const on = (from: string): PartEdge<string> => beside(edge(from, {}));
  const table = (field: string): string => field.split('.')[0] ?? '';
  const found = (into: Readonly<Record<string, readonly PartEdge<string>[]>>): readonly string[] => {
    const edges = new Map(Object.entries(into));
    return putTogether(edges, edges.keys(), table).map(({ field, treatment }) => `${field} ${treatment}`);
  };
  const halves = { 'h.a': [cut('cards.pan', 'beginning')], 'h.b': [cut('cards.pan', 'end')] };

  it('is found where two parts meet, over several tables, also of a copy elsewhere', () => {
    expect(found({ ...halves, 'm.ab': [on('h.a'), on('h.b')] })).toEqual(['m.ab clear']);
    expect(found({ ...halves, 's.a': [edge('h.a', {})], 'm.ab': [on('s.a'), on('h.b')] })).toEqual(['m.ab clear']);
    expect(found({ ...halves, 'h.c': [cut('copy.pan', 'end')], 'm.ac': [on('h.a'), on('h.c')] })).toEqual([
      'm.ac clear',
    ]);
    expect(found({ 'm.x': [beside(cut('cards.pan', 'beginning')), beside(cut('cards.pan', 'end'))] })).toEqual([
      'm.x clear',
    ]);
  });

  it('is found where one is put behind what another job wrote', () => {
    const end = cut('cards.pan', 'end');
    const x = { 'm.x': [cut('cards.pan', 'beginning'), { ...end, joins: 'behind', job: 'other' } as const] };
    expect(found(x)).toEqual(['m.x clear']);
  });

  it('is found where a part was cut from a part', () => {
    const again = { ...halves, 'q.b': [cut('h.b', 'beginning')], 'm.ab': [on('h.a'), on('q.b')] };
    expect(found(again)).toEqual(['m.ab clear']);
  });

  it('is encrypted where its parts are, and clear where they are decrypted', () => {
    const sealed = {
      ...halves,
      'e.a': [edge('h.a', { brings: 'encrypted' })],
      'e.b': [edge('h.b', { brings: 'encrypted' })],
    };
    expect(found({ ...sealed, 'm.ab': [on('e.a'), on('e.b')] })).toEqual(['m.ab encrypted']);
    const back = (from: string): PartEdge<string> => ({ ...on(from), brings: 'decrypted' });
    expect(found({ ...sealed, 'm.ab': [back('e.a'), back('e.b')] })).toEqual(['m.ab clear']);
  });

  it('is found where a beginning and an end of one column are put together', () => {
    const long = { 'l.p': [cut('cards.pan', 'beginning'), cut('cards.pan', 'end')], 'm.x': [on('l.p')] };
    expect(found(long)).toEqual(['m.x clear']);
    const twoValues = { 'l.p': [cut('cards.pan', 'beginning'), cut('cards.old', 'end')], 'm.x': [on('l.p')] };
    expect(found(twoValues)).toEqual([]);
  });

  it('is not found where parts lie within each other, stand in different rows or are of two values', () => {
    expect(found({ ...halves, 's.a': [on('h.a')], 'm.aa': [on('s.a'), on('h.a')] })).toEqual([]);
    expect(found({ ...halves, 'm.ab': [edge('h.a', {}), edge('h.b', {})] })).toEqual([]);
    expect(found({ ...halves, 'm.ab': [on('h.a'), edge('h.b', {})] })).toEqual([]);
    expect(found({ ...halves, 'm.ab': [on('h.a'), { ...on('h.b'), job: 'other' }] })).toEqual([]);
    expect(found({ ...halves, 'h.c': [cut('cards.old', 'end')], 'm.ac': [on('h.a'), on('h.c')] })).toEqual([]);
    expect(found({ ...halves, 'h.c': [cut('copy.pan', 'end')], 'm.bc': [on('h.b'), on('h.c')] })).toEqual([]);
  });

  it('looks at the first of very many parts, whatever order they come in', () => {
    const edges = Array.from({ length: 300 }, (_, i) => cut(`t${String(i).padStart(3, '0')}.pan`, null));
    const many = Object.fromEntries(edges.map((edge, i) => [`p.c${String(i).padStart(3, '0')}`, [edge]]));
    const all = Object.keys(many).map((field) => on(field));
    expect(found({ ...many, 'm.x': all })).toEqual(['m.x clear']);
    expect(found({ 'm.x': all.toReversed(), ...many })).toEqual(['m.x clear']);
  });
});

describe('what the functions of an edge say of parts', () => {
  it.each([
    ['LEFT', 'beginning'],
    ['TRIM>CAST>LEFT>SUBSTR>CONCAT', 'beginning'],
    ['RIGHT>LEFT', 'end'],
    ['REVERSE>LEFT>REVERSE', null],
    ['SUBSTR>LEFT', null],
    ['SUBSTR', null],
    ['', null],
  ])('%s keeps which end: %s', (fn, end) => {
    expect(cutEndOf(fn)).toBe(end);
  });

  it.each([
    ['LOWER>CONCAT', 'beside'],
    ['STRING_AGG', 'beside'],
    ['RIGHT>CONCAT>APPEND', 'behind'],
    ['LOWER>COALESCE', null],
    ['', null],
  ])('%s puts it to others: %s', (fn, how) => {
    expect(joiningOf(fn)).toBe(how);
  });
});
