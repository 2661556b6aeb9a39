import { describe, expect, it } from 'vitest';
import { classifier } from './column.ts';

/** What each column of a table is judged to be; columns as `name type`. */
function judged(table: string, columns: readonly string[]): Record<string, readonly string[]> {
  const { columns: found } = classifier.classify({
    table,
    description: null,
    primaryKey: [],
    foreignKeys: [],
    applies: {},
    columns: columns.map((text) => {
      const [column = '', type = null] = text.split(' ');
      return { id: column, column, type, description: null, tags: [], profile: null };
    }),
  });
  return Object.fromEntries(found.map(({ id, fine, classes }) => [id, [...classes, ...fine]]));
}

describe('a permanent account number of India', () => {
  it.each([
    ['employees', ['pan_no varchar', 'aadhaar_no varchar', 'emp_name varchar'], 'pan_no'],
    ['customer_kyc', ['pan varchar(10)', 'customer_name varchar'], 'pan'],
    ['vendors', ['pan_number varchar(20)', 'gstin varchar(15)'], 'pan_number'],
    ['t4', ['pan char(10)', 'c2 varchar'], 'pan'],
    ['deductees', ['pan_no nvarchar(10)', 'amount decimal(12,2)'], 'pan_no'],
  ])('is a tax number: %s %j', (table, columns, name) => {
    expect(judged(table, columns)[name]).toEqual(['PII', 'tax_id']);
  });

  it.each([
    ['payments', ['pan varchar(19)', 'amount decimal(12,2)'], 'pan'],
    ['cards', ['pan varchar(19)', 'expiry varchar(5)', 'aadhaar_no varchar(12)'], 'pan'],
    ['payments', ['pan varchar', 'cvv varchar', 'gstin varchar'], 'pan'],
  ])('is none beside what only a card has, nor where nothing speaks of India: %s %j', (table, columns, name) => {
    expect(judged(table, columns)[name]).toContain('PCI');
  });
});

describe('a type that is too short', () => {
  it('holds no card number and no IBAN', () => {
    expect(judged('payments', ['card_number char(10)', 'amount int'])['card_number']).toEqual([]);
    expect(judged('payments', ['iban varchar(8)', 'amount int'])['iban']).toEqual([]);
  });

  it('says nothing where it is long enough, or where the number is changed', () => {
    expect(judged('payments', ['card_number varchar(19)', 'amount int'])['card_number']).toContain('PCI');
    expect(judged('payments', ['card_number char(12)', 'amount int'])['card_number']).toContain('PCI');
    expect(judged('payments', ['card_last4 char(4)', 'amount int'])['card_last4']).toContain('PCI');
    expect(judged('payments', ['iban varchar(34)', 'amount int'])['iban']).toContain('PII');
  });
});
