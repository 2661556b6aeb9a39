import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

const many = (make: (i: number) => string, count = 30): readonly string[] =>
  Array.from({ length: count }, (_, i) => make(i));
const hex = (i: number): string => `${i.toString(16).padStart(2, '0')}3f9a0c`.repeat(8);

describe('a name that all of many values refute', () => {
  it.each([
    ['customers', 'card_number', (i: number) => `LC-${100_456 + i * 31}`],
    ['payments', 'card_number', (i: number) => `LC-${100_456 + i * 31}`],
    ['payments', 'card_number', (i: number) => String(10_045_600 + i * 31)],
    ['employees', 'ssn', (i: number) => `SN${1_000_456 + i * 31}A`],
    ['employees', 'ssn', (i: number) => `SN-${1_000_456 + i * 31}`],
    ['accounts', 'iban', (i: number) => `ACC-${1000 + i}`],
    ['contacts', 'phone', (i: number) => `EXT${1000 + i}`],
  ])('%s.%s is left to a person', (table, column, make) => {
    const { abstain, evidence } = judgeFirst(table, { [column]: many(make), id: null, amount: null });
    expect(abstain).toBe(true);
    expect(evidence.some(({ signal }) => signal === 'values-against')).toBe(true);
  });

  it.each([
    ['few values', 'card_number', many((i) => `LC-${100_456 + i}`, 3)],
    ['what is encrypted', 'card_number', many((i) => `AQIDAHj${i}kZz8QyT/+${i}x0O9w7==`)],
    ['what is hashed', 'card_number', many(hex)],
    ['what is masked', 'ssn', many((i) => `***-**-${6000 + i}`)],
    ['made-up numbers of the right length', 'card_number', many((i) => `4${String(111_111_111_111_111 + i * 7)}`)],
    ['numbers of the right form', 'ssn', many((i) => `${123 + i}45${6000 + i}`)],
    ['numbers of another country', 'national_id', many((i) => `AB${100_456 + i * 31}C`)],
  ])('stands against %s', (_what, column, values) => {
    expect(judgeFirst('customers', { [column]: values, id: null, amount: null })).toMatchObject({ abstain: false });
  });

  it('a hash under a card number is known as one', () => {
    expect(judgeFirst('payments', { card_number: many(hex), amount: null })).toMatchObject({ derived: 'hash' });
  });
});
