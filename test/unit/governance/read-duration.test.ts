import { describe, expect, it } from 'vitest';
import { readDuration } from '../../../server/governance/read-duration.ts';

describe('a duration in a record that somebody kept', () => {
  it.each([
    ['P10Y', 'P10Y'],
    ['p6m', 'P6M'],
    ['P1Y6M', 'P1Y6M'],
    ['P4W', 'P4W'],
    ['P0030D', 'P30D'],
    ['P10Y (§ 147 AO)', 'P10Y'],
    ['tax law: P10Y.', 'P10Y'],
    ['10 years (P10Y)', 'P10Y'],
    ['10 years', 'P10Y'],
    ['ten (10) years after the end of the contract', 'P10Y'],
    ['10-year period', 'P10Y'],
    ['6 Monate nach Ende', 'P6M'],
    ['30 jours', 'P30D'],
    ['5 années', 'P5Y'],
    ['1 year and 6 months', 'P1Y6M'],
    ['1 Jahr, 6 Monate', 'P1Y6M'],
    ['1.5 years', 'P1Y6M'],
    ['2,5 Jahre', 'P2Y6M'],
    ['2000 days', 'P2000D'],
  ])('is read: %s', (text, duration) => {
    expect(readDuration(text)).toEqual({ duration });
  });

  it.each([
    ['as long as needed', 'is no duration'],
    ['nach Bedarf', 'is no duration'],
    ['P', 'is no duration'],
    ['PY', 'is no duration'],
    ['Plan 10Y', 'is no duration'],
    ['30 working days', 'is no duration'],
    ['PT24H', 'is no duration in whole years, months, weeks or days'],
    ['P0.5Y', 'is no duration in whole years, months, weeks or days'],
    ['1.3 years', 'is no duration in whole years, months, weeks or days'],
    ['2,000 days', 'is no duration in whole years, months, weeks or days'],
    ['3 to 10 years', 'names several durations: enter a rule for each'],
    ['6 oder 10 Jahre', 'names several durations: enter a rule for each'],
    ['3-5 ans', 'names several durations: enter a rule for each'],
    ['10 years for invoices, 6 years for letters', 'names several durations: enter a rule for each'],
    ['6 months and 1 year', 'names several durations: enter a rule for each'],
    ['P10Y, P6Y', 'names several durations: enter a rule for each'],
  ])('is not guessed: %s', (text, why) => {
    expect(readDuration(text)).toEqual({ why });
  });

  it('takes no time that matters for a long text', () => {
    const before = performance.now();
    for (const letters of ['1 ', 'p1', '9', '1-', '1 year '])
      for (const times of [250, 20_000]) readDuration(letters.repeat(times));
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
