import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

const many = (make: (i: number) => string): readonly string[] => Array.from({ length: 25 }, (_, i) => make(i));
const day = (i: number): string => String(10 + (i % 18));
const judged = (make: (i: number) => string) => judgeFirst('tickets', { blob1: many(make), id: null, status: null });

describe('free text with one number beside a word that says what it is', () => {
  it.each([
    ['a birth date', (i: number) => `Customer called, DOB 19${50 + i}-03-${day(i)}, wants an answer`],
    ['a birth date alone', (i: number) => `DOB 19${50 + i}-03-${day(i)}`],
    ['a birth date in German', (i: number) => `Antrag liegt vor, geboren am ${day(i)}.03.19${50 + i}`],
    ['a birth date with the month as a word', (i: number) => `applicant born on ${day(i)} March 19${50 + i} in town`],
    ['a record number', (i: number) => `seen at desk, patient MRN ${1_234_567 + i * 7919}`],
    ['a telephone', (i: number) => `please call back at 415555${1000 + i} after noon`],
    ['a telephone in German', (i: number) => `Rueckruf unter 0176 ${12_345_600 + i * 37} erbeten`],
    ['a social security number without dashes', (i: number) => `checked, SSN ${219_099_990 + i} on file`],
  ])('is personal: %s', (_what, make) => {
    const { classes, abstain } = judged(make);
    expect(abstain || classes.some((one) => one === 'PII' || one === 'PHI')).toBe(true);
    expect(classes).not.toContain('NONE');
  });

  it('is health information with the number of a patient', () => {
    expect(judged((i) => `seen at desk, patient MRN ${1_234_567 + i * 7919}`).classes).toEqual(['PHI']);
  });

  it('is never surely nothing where a single value of many says so', () => {
    const { classes } = judged((i) => (i === 7 ? 'DOB 1957-03-02, second line' : `parcel ${i} was packed and left`));
    expect(classes).not.toEqual(['NONE']);
  });

  it.each([
    ['days on which something happened', (i: number) => `shipped 2024-03-${day(i)} from the dock`],
    ['numbers of orders', (i: number) => `order 12345${10 + i} packed`],
    ['a word that is no such word here', (i: number) => `function call ${1_000_000 + i} returned 0`],
    ['a telephone as goods', (i: number) => `phone case size ${i} for model 12003${i}`],
    ['a short number', (i: number) => `tel model ${i} in a matt finish`],
    ['words far away', (i: number) => `the phone was repaired by us in spring and the invoice is 44001${100 + i}`],
  ])('is nothing with %s', (_what, make) => {
    expect(judged(make).classes).not.toContain('PII');
    expect(judged(make).classes).not.toContain('PHI');
  });
});
