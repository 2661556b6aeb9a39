import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEffect,
  composeEffects,
  effects,
  givesBack,
  leastTreatedFirst,
  treatments,
  type Treatment,
} from '../../../server/model/treatment.ts';

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
const lasting = effects.filter((effect) => !givesBack(effect));

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
    ['encrypted', 'decrypt', 'clear'],
    ['tokenised', 'detokenise', 'clear'],
    ['tokenised', 'decrypt', 'tokenised'],
    ['encrypted', 'detokenise', 'clear'],
    ['hashed', 'decrypt', 'hashed'],
    ['masked', 'detokenise', 'masked'],
    ['clear', 'decrypt', 'clear'],
  ] as const)('%s after %s is %s', (before, effect, after) => {
    expect(applyEffect(before, effect)).toBe(after);
  });

  it('keeps a count that is grouped by a person’s key', () => {
    expect(applyEffect('clear', 'count', true)).toBe('aggregated');
  });

  it('never leaves more to read back than there was, unless it gives the clear value back', () => {
    expect(leastTreatedFirst).toEqual(order);
    fc.assert(
      fc.property(fc.constantFrom(...treatments), fc.constantFrom(...lasting), (before, effect) => {
        const after = applyEffect(before, effect);
        if (after !== null) expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
      }),
      { seed: 20_261_121 },
    );
  });
});

describe('two effects folded into one', () => {
  it('never promise more protection than one after the other gives', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.record({ before: fc.constant('clear' as const), a: fc.constantFrom(...effects) }),
          fc.record({
            before: fc.constantFrom('encrypted' as const, 'tokenised' as const),
            a: fc.constantFrom('decrypt' as const, 'detokenise' as const),
          }),
        ),
        fc.constantFrom(...effects),
        ({ before, a }, b) => {
          const between = applyEffect(before, a);
          const after = between === null ? null : applyEffect(between, b);
          const folded = applyEffect(before, composeEffects(a, b));
          if (after !== null) expect(folded).not.toBeNull();
          if (after !== null && folded !== null)
            expect(order.indexOf(folded)).toBeLessThanOrEqual(order.indexOf(after));
        },
      ),
      { seed: 20_261_121, numRuns: 2000 },
    );
  });

  it.each([
    ['encrypt', 'decrypt', 'keep'],
    ['tokenise', 'detokenise', 'keep'],
    ['encrypt', 'detokenise', 'keep'],
    ['tokenise', 'decrypt', 'tokenise'],
    ['detokenise', 'decrypt', 'detokenise'],
    ['keep', 'decrypt', 'decrypt'],
    ['decrypt', 'keep', 'decrypt'],
    ['decrypt', 'unknown', 'decrypt'],
    ['decrypt', 'encrypt', 'encrypt'],
    ['decrypt', 'partial', 'partial'],
    ['decrypt', 'hash', 'hash'],
    ['hash', 'decrypt', 'hash'],
    ['detokenise', 'keyed-hash', 'keyed-hash'],
    // Behind a token a part would be told as the token that it is no longer.
    ['detokenise', 'partial', 'detokenise'],
    ['detokenise', 'drop', 'drop'],
  ] as const)('%s and then %s is %s', (first, second, both) => {
    expect(composeEffects(first, second)).toBe(both);
  });

  it('do not depend on their order, and the stronger one stays', () => {
    fc.assert(
      fc.property(fc.constantFrom(...lasting), fc.constantFrom(...lasting), (a, b) => {
        expect(composeEffects(a, b)).toBe(composeEffects(b, a));
        expect([a, b]).toContain(composeEffects(a, b));
      }),
      { seed: 20_261_121 },
    );
    expect(composeEffects('keep', 'hash')).toBe('hash');
    expect(composeEffects('drop', 'hash')).toBe('drop');
  });
});
