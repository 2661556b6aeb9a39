import { describe, expect, it } from 'vitest';
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

  const cut = (from: string, end: 'beginning' | 'end' | null): PartEdge<string> => ({
    from,
    cut: { end },
    plain: false,
  });
  const on = (from: string, plain = false): PartEdge<string> => ({ from, cut: null, plain });
  const table = (field: string): string => field.split('.')[0] ?? '';
  const found = (into: Readonly<Record<string, readonly PartEdge<string>[]>>): readonly string[] =>
    putTogether(new Map(Object.entries(into)), table);
  const halves = { 'h.a': [cut('cards.pan', 'beginning')], 'h.b': [cut('cards.pan', 'end')] };

  it('is found where two parts meet, over several tables, also of a copy elsewhere', () => {
    expect(found({ ...halves, 'm.ab': [on('h.a'), on('h.b')] })).toEqual(['m.ab']);
    expect(found({ ...halves, 's.a': [on('h.a', true)], 'm.ab': [on('s.a'), on('h.b')] })).toEqual(['m.ab']);
    expect(found({ ...halves, 'h.c': [cut('copy.pan', 'end')], 'm.ac': [on('h.a'), on('h.c')] })).toEqual(['m.ac']);
    expect(found({ 'm.x': [cut('cards.pan', 'beginning'), cut('cards.pan', 'end')] })).toEqual(['m.x']);
  });

  it('is not found where parts lie within each other, stand in different rows or are of two values', () => {
    expect(found({ ...halves, 's.a': [on('h.a')], 'm.aa': [on('s.a'), on('h.a')] })).toEqual([]);
    expect(found({ ...halves, 'm.ab': [on('h.a', true), on('h.b', true)] })).toEqual([]);
    expect(found({ ...halves, 'h.c': [cut('cards.old', 'end')], 'm.ac': [on('h.a'), on('h.c')] })).toEqual([]);
    expect(found({ ...halves, 'h.c': [cut('copy.pan', 'end')], 'm.bc': [on('h.b'), on('h.c')] })).toEqual([]);
  });

  it('looks at the first of very many parts, whatever order they come in', () => {
    const edges = Array.from({ length: 300 }, (_, i) => cut(`t${String(i).padStart(3, '0')}.pan`, null));
    const many = Object.fromEntries(edges.map((edge, i) => [`p.c${String(i).padStart(3, '0')}`, [edge]]));
    const all = Object.keys(many).map((field) => on(field));
    expect(found({ ...many, 'm.x': all })).toEqual(['m.x']);
    expect(found({ 'm.x': all.toReversed(), ...many })).toEqual(['m.x']);
  });
});
