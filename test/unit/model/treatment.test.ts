import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEffect,
  composeEffects,
  effects,
  leastTreatedFirst,
  treatments,
  type Treatment,
} from '../../../server/model/treatment.ts';

describe('what an edge does to a treatment', () => {
  it.each([
    ['clear', 'keep', 'clear'],
    ['clear', 'unknown', 'clear'],
    ['clear', 'hash', 'hashed'],
    ['clear', 'partial', 'partial'],
    ['clear', 'aggregate', 'aggregated'],
    ['hashed', 'keep', 'hashed'],
    ['hashed', 'unknown', 'hashed'],
    ['hashed', 'partial', 'hashed'],
    ['masked', 'hash', 'masked'],
    ['partial', 'hash', 'hashed'],
    ['encrypted', 'tokenise', 'tokenised'],
    ['clear', 'drop', null],
    ['clear', 'count', null],
  ] as const)('%s after %s is %s', (before, effect, after) => {
    expect(applyEffect(before, effect)).toBe(after);
  });

  it('keeps a count that is grouped by a person’s key', () => {
    expect(applyEffect('clear', 'count', true)).toBe('aggregated');
  });

  it('never leaves more to read back than there was', () => {
    const order: readonly Treatment[] = [
      'clear',
      'encrypted',
      'partial',
      'hashed',
      'tokenised',
      'keyed',
      'masked',
      'aggregated',
    ];
    expect(leastTreatedFirst).toEqual(order);
    fc.assert(
      fc.property(fc.constantFrom(...treatments), fc.constantFrom(...effects), (before, effect) => {
        const after = applyEffect(before, effect);
        if (after !== null) expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
      }),
      { seed: 20_261_121 },
    );
  });
});

describe('two effects folded into one', () => {
  it('do not depend on their order, and the stronger one stays', () => {
    fc.assert(
      fc.property(fc.constantFrom(...effects), fc.constantFrom(...effects), (a, b) => {
        expect(composeEffects(a, b)).toBe(composeEffects(b, a));
        expect([a, b]).toContain(composeEffects(a, b));
      }),
      { seed: 20_261_121 },
    );
    expect(composeEffects('keep', 'hash')).toBe('hash');
    expect(composeEffects('drop', 'hash')).toBe('drop');
  });
});
