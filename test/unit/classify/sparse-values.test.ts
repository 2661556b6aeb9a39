import { describe, expect, it } from 'vitest';
import { luhn } from '../../../server/classify/detectors/check-digits.ts';
import { judgeFirst } from './column.ts';

const words = 'parcel left door customer asked about delivery invoice stock item returned broken shelf line'.split(' ');
const word = (i: number): string => words[i % words.length] ?? 'item';
const line = (i: number): string =>
  [i, i * 3 + 1, i * 5 + 2, i * 7 + 3, Math.floor(i / 14)].map(word).join(' ') + ` ${i}`;
const card = (i: number): string => {
  const body = `4539${String(10_000_000_000 + i * 7_919_123).slice(0, 11)}`;
  return Array.from({ length: 10 }, (_, end) => `${body}${end}`).find((number) => luhn(number)) ?? body;
};
/** So many texts of which some end in what is told. */
const among = (all: number, some: number, told: (i: number) => string): readonly string[] =>
  Array.from({ length: all }, (_, i) =>
    i % Math.floor(all / some) === 3 && i < all ? `${line(i)}. ${told(i)}` : line(i),
  );

const telling: readonly (readonly [string, string, (i: number) => string])[] = [
  ['a social security number', 'PII', (i) => `SSN 184-60-${2000 + (i % 7000)}`],
  ['an e-mail address', 'PII', (i) => `wrote to anna.${word(i)}${i}@example.org`],
  ['an account number', 'PII', () => 'IBAN DE89 3704 0044 0532 0130 00'],
  ['a birth date', 'PII', (i) => `DOB 19${50 + (i % 49)}-03-02`],
  ['a record number', 'PHI', (i) => `MRN ${1_000_000 + i}`],
  ['a telephone', 'PII', (i) => `call 415-555-${1000 + (i % 8999)}`],
  ['a passport', 'PII', (i) => `passport C01X${1000 + (i % 8999)}7`],
  ['a Brazilian number', 'PII', (i) => `CPF 529.982.247-${10 + (i % 89)}`],
  ['a diagnosis', 'PHI', () => 'Patient diagnosed with asthma'],
  ['a diagnosis in German', 'PHI', () => 'Patient hat Diabetes'],
  ['a card number', 'PCI', (i) => `card number ${card(i)}`],
  ['a security code', 'PCI', (i) => `cvv ${100 + (i % 899)}`],
  ['a password', 'PII', (i) => `password: Hunter${i}xx!`],
];

describe('a few values of many texts that hold what nothing else looks like', () => {
  it.each(telling)('are found where luck does not explain them: %s, 19 of 1,000', (_what, kind, told) => {
    for (const column of ['notes', 'c7']) {
      const found = judgeFirst('tickets', { [column]: among(1_000, 19, told), id: null });
      expect(found, column).toMatchObject({ abstain: false });
      expect(found.classes).toContain(kind);
    }
  });

  it.each(telling)('are left to a person where there is one: %s, one of 200', (_what, kind, told) => {
    for (const column of ['notes', 'log', 'c7', 'message']) {
      const found = judgeFirst('tickets', { [column]: among(200, 1, told), id: null });
      expect(found, column).toMatchObject({ abstain: true });
      expect(found.classes).toContain(kind);
      expect(found.evidence.map(({ signal }) => signal)).toContain('suspected');
    }
  });

  it('say nothing of a value in their evidence', () => {
    const found = judgeFirst('tickets', { notes: among(200, 1, () => 'wrote to anna.miller77@example.org') });
    expect(JSON.stringify(found)).not.toContain('anna.miller77');
  });

  it.each([
    ['texts alone', (i: number) => `order ${i} was packed`],
    ['numbers of orders', (i: number) => `order no ${100_000_000 + i}`],
    ['days', (i: number) => `shipped on 2024-03-${10 + (i % 18)}`],
    ['what looks like an account number and is none', () => 'ref DE12 3456 7890 1234 5678 90'],
    ['calls of functions', (i: number) => `function call ${1_000_000 + i} returned`],
    ['stars for a password', () => 'password: ********'],
  ])('are not %s', (_what, told) => {
    expect(judgeFirst('tickets', { notes: among(200, 1, told), id: null }).classes).toEqual(['NONE']);
  });
});
