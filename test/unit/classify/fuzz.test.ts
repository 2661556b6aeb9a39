import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyLine } from '../../../server/classify/classify-line.ts';
import { createProfiler, maxDistinct, maxTested } from '../../../server/profile/create-profiler.ts';
import { maxValueLength } from '../../../server/profile/value.ts';
import { detectors } from '../../../server/classify/detectors/detectors.ts';
import { classifier, judgeTable, tableOf } from './column.ts';

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 200 }));
const value = fc.oneof(
  text,
  fc.double(),
  fc.bigInt(),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: false }),
  fc.json(),
  fc.uint8Array(),
  fc.object(),
);

describe('whatever comes in', () => {
  it('is judged without an exception, into a well-formed answer', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.array(value, { maxLength: 12 }),
        fc.array(text, { maxLength: 6 }),
        (table, column, samples, others) => {
          const row = {
            id: 'x',
            table,
            column: column === '' ? 'c' : column,
            samples,
            table_columns: others,
            description: column,
          };
          const answer = classifyLine(row, classifier);
          expect(answer.confidence).toBeGreaterThanOrEqual(0);
          expect(answer.confidence).toBeLessThanOrEqual(1);
          expect(answer.abstain || answer.classes.length > 0).toBe(true);
        },
      ),
      { numRuns: 400, seed: 11 },
    );
  });

  it('survives long repetitions that would make a backtracking pattern explode', () => {
    const seeds = [
      'a',
      '1',
      '1 ',
      'a@',
      'a.',
      '-',
      '"a":',
      '<a>',
      'A1 ',
      '(',
      '+1',
      'Mr. ',
      'aA1',
      '%40',
      '.1',
      '\u{1f600}',
      'ä',
      '，',
    ];
    const columns = Object.fromEntries(
      seeds.map((seed) => [
        `c${seed}`,
        [seed.repeat(maxValueLength), `${seed.repeat(3_000)}!`, `x${seed.repeat(2_000)}`],
      ]),
    );
    expect(judgeTable('t', columns).columns).toHaveLength(seeds.length);
  });

  it('costs a bounded number of tests: each distinct value once, each detector at most once a value', () => {
    let asked = 0;
    const counting = {
      detectorSet: 'counting',
      tests: detectors.map((each) => ({
        key: each.id,
        needs: 0,
        forbids: 0,
        minLength: 0,
        maxLength: 9_999,
        minDigits: 0,
        maxDigits: 9_999,
        giveUpAfter: 0,
        test: () => {
          asked += 1;
          return false;
        },
      })),
    };
    const looking = createProfiler(counting).begin({
      dataset: { namespace: 'n', name: 't' },
      path: ['c'],
      type: null,
    });
    for (let i = 0; i < maxTested + 500; i++) looking.add(`value ${i}`);
    for (let i = 0; i < 1_000; i++) looking.add('value 1');
    expect(looking.end().distinct).toBeLessThanOrEqual(maxDistinct);
    expect(asked).toBe(maxTested * detectors.length);
  });

  it('takes a hostile column name of any length', () => {
    expect(tableOf('t', { ['email_'.repeat(10_000)]: null }).columns).toHaveLength(1);
    expect(judgeTable('t', { ['email_'.repeat(10_000)]: null }).columns).toHaveLength(1);
  });
});
