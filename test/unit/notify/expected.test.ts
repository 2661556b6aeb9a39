import { describe, expect, it } from 'vitest';
import { isExpected } from '../../../server/notify/field-notices.ts';

describe('where card data is expected', () => {
  it.each([
    ['warehouse.payments.card_vault', ['payments.*'], true],
    ['warehouse.payments.card_vault', ['warehouse.payments.card_vault'], true],
    ['WAREHOUSE.PAYMENTS.CARDS', ['payments.*'], true],
    ['warehouse.prepayments.cards', ['payments.*'], false],
    ['warehouse.marketing.payments_export', ['payments.*'], false],
    ['warehouse.payments.cards', [], false],
    ['warehouse.payments.cards', ['*'], true],
    ['a.b+c.d', ['b+c.d'], true],
    ['a.bbc.d', ['b+c.d'], false],
  ])('%s in %o: %s', (name, patterns, expected) => {
    expect(isExpected(name, patterns)).toBe(expected);
  });
});
