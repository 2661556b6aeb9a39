import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

const many = (make: (i: number) => string): readonly string[] => Array.from({ length: 30 }, (_, i) => make(i));
const tokens = many((i) => `tok_${(i * 7_919 + 1_000_003).toString(16)}9f3a${i}`);
const uuids = many((i) => `3f2504e0-4f89-41d3-9a0c-0305e82c33${10 + i}`);

describe('tokens', () => {
  it.each([
    ['people', 'ssn', 'PII'],
    ['customers', 'email', 'PII'],
    ['customers', 'phone', 'PII'],
    ['customers', 'iban', 'PII'],
    ['patients', 'patient_id', 'PHI'],
  ])('stand for what the name says, and not for a card: %s.%s', (table, column, kind) => {
    const found = judgeFirst(table, { [column]: tokens });
    expect(found).toMatchObject({ derived: 'token', abstain: false });
    expect(found.classes).toContain(kind);
    expect(found.classes).not.toContain('PCI');
  });

  it.each(['ref', 'access', 'c7'])('of which nothing tells for what they stand go to a person: %s', (column) => {
    expect(judgeFirst('sessions', { [column]: tokens, id: null })).toMatchObject({ abstain: true });
  });

  it('stand for cards beside columns of cards, under the name of one, and where their form says so', () => {
    const beside = { c7: tokens, exp_month: null, card_last4: null };
    for (const found of [
      judgeFirst('t_data', beside),
      judgeFirst('payments', { card_number: tokens }),
      judgeFirst('t_data', { c7: many((i) => `pm_1A2b3C4d${i}`) }),
    ])
      expect(found).toMatchObject({ classes: ['PCI'], fine: ['card_token'] });
  });
});

describe('what stands in place of a card number', () => {
  it.each([
    ['UUIDs', uuids],
    ['removed values', many(() => '[REDACTED]')],
  ])('is never said to be nothing: %s', (_what, values) => {
    for (const column of ['pan', 'card_number'])
      expect(judgeFirst('cards', { [column]: values, id: null }).classes).not.toContain('NONE');
  });
});

describe('numbers in the groups of a social security number', () => {
  it('under the name of a key go to a person, and other groups do not', () => {
    const dashed = many((i) => `${100 + i}-${10 + i}-${1000 + i * 37}`);
    expect(judgeFirst('customers', { customer_id: dashed })).toMatchObject({ abstain: true });
    const others = many((i) => `${10 + i}-${100 + i}-${1000 + i * 37}`);
    expect(judgeFirst('customers', { customer_id: others }).classes).toEqual(['NONE']);
  });
});
