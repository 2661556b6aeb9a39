import { describe, expect, it } from 'vitest';
import { createProfiler } from '../../../server/profile/create-profiler.ts';
import { shapeOf } from '../../../server/profile/shape.ts';
import { boundedText, has, lookAt, textOf } from '../../../server/profile/value.ts';
import type { ValueTest } from '../../../server/profile/value-test.ts';

const test = (given: Partial<ValueTest>): ValueTest => ({
  key: 'even@1',
  needs: 0,
  forbids: 0,
  minLength: 0,
  maxLength: 100,
  minDigits: 0,
  maxDigits: 100,
  giveUpAfter: 0,
  test: ({ text }) => Number(text) % 2 === 0,
  ...given,
});
const profile = (values: readonly unknown[], tests: readonly ValueTest[] = []) => {
  const looking = createProfiler({ detectorSet: 'set', tests }).begin({
    dataset: { namespace: 'n', name: 't' },
    path: ['a', 'b'],
    type: 'text',
  });
  for (const value of values) looking.add(value);
  return looking.end();
};

describe('shapes', () => {
  it.each([
    ['Jane.Doe7@example.com', 'Aaaa.Aaa9@a+.aaa'],
    ['123-45-6789', '999-99-9999'],
    ['4111111111111111', '9+'],
    ['Überweg 5', 'Aa+ 9'],
    ['東京都千代田区', 'a+'],
    ['---', 'other'],
    ['', 'other'],
    ['a-'.repeat(60), 'other'],
  ])('%s is %s', (text, shape) => {
    expect(shapeOf(text)).toBe(shape);
  });
});

describe('a profile', () => {
  it('counts rows, nulls, blanks, distinct values and lengths', () => {
    expect(profile(['a', 'bb', 'a', null, undefined, '  '])).toMatchObject({
      rowsSeen: 6,
      nulls: 2,
      empty: 1,
      distinct: 2,
      minLength: 1,
      maxLength: 2,
      path: ['a', 'b'],
      mode: 'sample',
    });
  });

  it('folds a shape of fewer than three rows into other', () => {
    expect(profile(['ab', 'cd', 'ef', '12']).shapes).toEqual([
      { shape: 'aa', count: 3 },
      { shape: 'other', count: 1 },
    ]);
  });

  it('keeps the share of distinct values that pass, by the key of the test', () => {
    expect(profile(['2', '4', '4', '4', '5'], [test({})]).passRates).toEqual({ 'even@1': { passed: 2, tried: 3 } });
    expect(profile(['1', '3'], [test({})]).passRates).toEqual({});
  });

  it('does not put a question to a value that its filter refuses', () => {
    const never = test({ forbids: has.digit, test: () => true });
    expect(profile(['2', '4'], [never]).passRates).toEqual({});
  });

  it('gives a test up that fails all the time, and not one of which a few hits count', () => {
    const counted = (giveUpAfter: number) => {
      let asked = 0;
      profile(
        Array.from({ length: 100 }, (_, i) => i),
        [
          test({
            giveUpAfter,
            test: () => {
              asked += 1;
              return false;
            },
          }),
        ],
      );
      return asked;
    };
    expect(counted(10)).toBe(10);
    expect(counted(0)).toBe(100);
  });

  it('of nothing is empty, not broken', () => {
    expect(profile([])).toMatchObject({ rowsSeen: 0, distinct: 0, minLength: 0, maxLength: 0, shapes: [] });
    expect(profile([null, ''])).toMatchObject({ distinct: 0, minLength: 0 });
  });
});

describe('a value', () => {
  it('is text, whatever a source hands over', () => {
    expect(textOf(new Date('2024-01-02T00:00:00Z'))).toBe('2024-01-02T00:00:00.000Z');
    expect(textOf(new Date(Number.NaN))).toBe('');
    expect(textOf(12n)).toBe('12');
    expect(textOf({ a: 1 })).toBe('{"a":1}');
    expect(textOf(new Uint8Array(3))).toBe('<3 bytes>');
    expect(textOf(null)).toBeNull();
    const circle: unknown[] = [];
    circle.push(circle);
    expect(textOf(circle)).toBe('');
  });

  it('gives its digits only when it is nothing but a number', () => {
    expect(lookAt('(555) 010-9999').number).toBe('5550109999');
    expect(lookAt('4711.0').number).toBe('4711');
    expect(lookAt('4711a').number).toBe('');
  });
});

describe('long values', () => {
  const holds = (mark: string): ValueTest =>
    test({ key: 'mark@1', maxLength: 4_096, maxDigits: 4_096, test: ({ text }) => text.includes(mark) });

  it('are looked at over their whole length: at their beginning, in between and at their end', () => {
    const filler = 'lorem ipsum '.repeat(1_000);
    expect(profile([`mark ${filler}`], [holds('mark')]).passRates).toHaveProperty('mark@1');
    expect(profile([`${filler} mark`], [holds('mark')]).passRates).toHaveProperty('mark@1');
    expect(boundedText('abc '.repeat(5_000)).length).toBeLessThanOrEqual(4_096);
  });

  it('get no blank where they have none', () => {
    expect(boundedText('a'.repeat(10_000))).toMatch(/^a{4000,4096}$/);
    expect(boundedText('a b'.repeat(4_000))).toContain('\n');
    expect(boundedText('short')).toBe('short');
  });

  it('are looked at less closely once many letters were, and short ones never are', () => {
    const lengths: number[] = [];
    const spy = test({
      maxLength: 4_096,
      maxDigits: 4_096,
      test: ({ text }) => {
        lengths.push(text.length);
        return false;
      },
    });
    profile([...Array.from({ length: 12 }, (_, i) => `${i} ${'lorem '.repeat(600)}`), 'a short one'], [spy]);
    expect(lengths[0]).toBeGreaterThan(3_000);
    expect(lengths[11]).toBeLessThanOrEqual(1_024);
    expect(lengths[12]).toBe(11);
  });
});
