import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinName, splitName } from '../../../server/model/dataset-name.ts';

describe('a dataset name', () => {
  it.each([
    [['shop', 'public', 'orders'], 'shop.public.orders'],
    [[null, 'public', undefined, 'orders'], 'public.orders'],
    [['shop', 'a.b', 'c'], 'shop."a.b".c'],
    [['shop', 'say "hi"', 'c'], 'shop."say ""hi""".c'],
    [['shop', 'Größe 😀', '‮tfel'], 'shop.Größe 😀.‮tfel'],
  ])('joins %j to %s', (parts, name) => {
    expect(joinName(parts)).toBe(name);
  });

  it('keeps apart what differs only in where the dots stand', () => {
    expect(joinName(['shop', 'a.b', 'c'])).not.toBe(joinName(['shop', 'a', 'b.c']));
    expect(joinName(['shop', '"a"', 'b'])).not.toBe(joinName(['shop', 'a', 'b']));
  });

  it('is cut into the parts that it was joined from', () => {
    const part = fc.string({ minLength: 1, unit: fc.constantFrom('a', '.', '"', ' ', 'é', '😀') });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        expect(splitName(joinName(parts))).toEqual(parts);
      }),
      { seed: 20_261_121 },
    );
  });
});
