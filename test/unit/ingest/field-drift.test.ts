import { describe, expect, it } from 'vitest';
import { fieldDrift, type DescribedField } from '../../../server/ingest/field-drift.ts';

const dataset = { namespace: 'n', name: 't' };
const field = (name: string, type: string | null, ordinal: number, guid?: string): DescribedField => ({
  path: [name],
  facets: { core: { type, ordinal }, ...(guid === undefined ? {} : { 'atlas.column': { guid } }) },
});
const drift = (before: readonly DescribedField[], after: readonly DescribedField[]) =>
  fieldDrift(dataset, before, after).map(({ uid: _uid, ...rest }) => rest);

describe('how fields differ between two readings', () => {
  it('is nothing where nothing differs', () => {
    expect(drift([field('a', 'int', 1)], [field('a', 'int', 1)])).toEqual([]);
  });

  it('tells added, no longer seen and retyped fields', () => {
    expect(drift([field('a', 'int', 1), field('b', 'int', 2)], [field('a', 'text', 1), field('c', 'date', 3)])).toEqual(
      [
        { type: 'no-longer-seen', field: 'b' },
        { type: 'added', field: 'c' },
        { type: 'retyped', field: 'a', from: 'int', to: 'text' },
      ],
    );
  });

  it('is sure of a new name where the source knows the thing by an id', () => {
    expect(drift([field('a', 'int', 1, 'g')], [field('z', 'text', 9, 'g')])).toEqual([
      { type: 'renamed', field: 'a', now: 'z', sure: true },
    ]);
  });

  it('takes one field in the place of another, of the same type, for renamed, and says that it only looks like it', () => {
    expect(drift([field('mail', 'text', 2)], [field('email', 'text', 2)])).toEqual([
      { type: 'renamed', field: 'mail', now: 'email', sure: false },
    ]);
  });

  it.each([
    ['another type', field('email', 'int', 2)],
    ['another place', field('email', 'text', 3)],
    ['an unknown type', field('email', null, 2)],
  ])('does not take it for renamed with %s', (_, now) => {
    expect(drift([field('mail', now.path[0] === 'email' ? 'text' : null, 2)], [now]).map(({ type }) => type)).toEqual([
      'no-longer-seen',
      'added',
    ]);
  });

  it('does not take two things with ids of their own for one', () => {
    expect(drift([field('a', 'int', 1, 'g1')], [field('b', 'int', 1, 'g2')]).map(({ type }) => type)).toEqual([
      'no-longer-seen',
      'added',
    ]);
  });
});
