import { describe, expect, it } from 'vitest';
import { random, makers } from '../../fixtures/classify/values.ts';
import { judgeFirst, judgeTable } from './column.ts';

const made = (kind: string, count = 30): unknown[] => {
  const next = random(3);
  const make = makers[kind] ?? (() => null);
  return Array.from({ length: count }, () => make(next));
};
const signals = (table: string, names: Readonly<Record<string, readonly unknown[] | null>>): string[] =>
  judgeFirst(table, names).evidence.map(({ signal }) => signal);

describe('a hash of a card number', () => {
  it.each(['card_hash', 'hashed_card', 'pan_sha256', 'cc_hash', 'card_number_hash'])(
    'is found as %s, and beside a truncation of it',
    (name) => {
      expect(judgeFirst('payments', { [name]: null, amount: null })).toMatchObject({
        category: 'user.payment.card.number',
        classes: ['PCI'],
        derived: 'hash',
      });
      expect(signals('payments', { [name]: null, card_last4: null })).toContain('hash-beside-truncation');
      expect(signals('payments', { [name]: null, masked_pan: null })).toContain('hash-beside-truncation');
      expect(signals('payments', { [name]: null, amount: null })).not.toContain('hash-beside-truncation');
    },
  );

  it('alone is told what makes it unreadable, unless its name says that it is keyed', () => {
    expect(signals('payments', { card_hash: null, amount: null })).toContain('hash-of-card-number');
    expect(signals('payments', { card_hmac: null, amount: null })).not.toContain('hash-of-card-number');
    expect(signals('payments', { email_hash: null, amount: null })).not.toContain('hash-of-card-number');
  });

  it('is not the hash of a block, nor an e-mail address beside the last four', () => {
    expect(judgeFirst('blocks', { block_hash: null, height: null }).classes).toEqual(['NONE']);
    expect(signals('payments', { email_hash: null, card_last4: null })).not.toContain('hash-beside-truncation');
  });

  it('is not made of an encrypted number, which still is the number', () => {
    expect(judgeFirst('payments', { card_no_encrypted: null }).category).toBe('user.payment.card.number');
    expect(judgeFirst('payments', { pan_token: null }).category).toBe('user.payment.card.token');
  });
});

describe('the last four', () => {
  it.each([
    ['phone_last4', 'phone'],
    ['ssn_last4', 'national_id'],
    ['last4_ssn', 'national_id'],
    ['iban_last_four', 'iban'],
    ['account_last_four', 'account_number'],
  ])('%s are of a %s, not of a card', (column, fine) => {
    expect(judgeFirst('customers', { [column]: null, email: null })).toMatchObject({
      classes: ['PII'],
      fine: [fine],
      derived: 'last4',
    });
  });

  it('are of a card where nothing else is named, or a card is', () => {
    for (const column of ['last4', 'card_last4', 'pan_last_four_digits', 'customer_card_last4'])
      expect(judgeFirst('payments', { [column]: null, amount: null })).toMatchObject({
        category: 'user.payment.card.last_four',
        derived: 'last4',
      });
  });

  it.each([
    ['four digits', (i: number) => String(1_000 + ((i * 997) % 9_000)), 'user.payment.card.last_four', 'last4'],
    ['tokens of a provider', (i: number) => `tok_1Q${'x'.repeat(12)}${i}abc`, 'user.payment.card.token', 'token'],
    ['whole numbers', null, 'user.payment.card.number', null],
  ] as const)('are told from what stands there, whatever the column is called: %s', (_, make, category, derived) => {
    const values = make === null ? made('pan') : Array.from({ length: 30 }, (__, i) => make(i));
    expect(judgeFirst('payments', { card_number: values, amount: null })).toMatchObject({ category, derived });
  });

  it('are not told from a stray value among numbers', () => {
    const values = [...made('pan', 25), '1234', '5678', 'tok_1Qxxxxxxxxxxxxabc'];
    expect(judgeFirst('payments', { card_number: values }).category).toBe('user.payment.card.number');
  });

  it('are of an account among bank accounts, unless a card stands beside', () => {
    expect(judgeFirst('bank_accounts', { last4: null, bank_name: null }).fine).toEqual(['bank_account']);
    expect(judgeFirst('bank_accounts', { last4: null, card_number: null }).fine).toEqual(['card_last4']);
  });

  it('of an order are nobody’s', () => {
    expect(judgeFirst('customers', { order_last4: null, email: null }).classes).not.toContain('PCI');
  });
});

describe('a card with which nobody pays', () => {
  it.each([
    ['library_members', 'card_number', 'person_id'],
    ['loyalty_cards', 'card_no', 'person_id'],
    ['users', 'club_card_number', 'person_id'],
    ['id_cards', 'card_number', 'national_id'],
    ['sim_cards', 'card_number', 'device_id'],
    ['insurance_cards', 'card_number', 'health_insurance_id'],
    ['bibliothek_ausleihe', 'kartennummer', 'person_id'],
  ])('in %s is %s a %s', (table, column, fine) => {
    const judged = judgeFirst(table, { [column]: null, valid_until: null, branch: null });
    expect(judged.fine).toEqual([fine]);
    expect(judged.classes).not.toContain('PCI');
  });

  it.each(['business_cards', 'report_cards', 'greeting_cards'])('in %s identifies nobody', (table) => {
    expect(judgeFirst(table, { card_number: null, title: null }).classes).toEqual(['NONE']);
  });

  it('does not make a date beside it that of a payment card', () => {
    expect(judgeTable('library_cards', { card_number: null, expiry_date: null }).columns[1]?.classes).not.toContain(
      'PCI',
    );
  });

  it.each(['orders', 'members', 'credit_cards', 'gym_members'])('is not told by %s', (table) => {
    expect(judgeFirst(table, { card_number: null, total: null }).fine).toContain('card_number');
  });

  it('is a card to pay with where its own words, its neighbours or its values say so', () => {
    expect(judgeFirst('library_members', { credit_card_number: null, fee: null }).fine).toContain('card_number');
    expect(judgeFirst('library_members', { card_number: null, cvv: null }).fine).toContain('card_number');
    expect(judgeFirst('library_members', { card_number: made('pan'), fee: null }).fine).toContain('card_number');
  });
});

describe('digits beside a card number', () => {
  const codes = Array.from({ length: 30 }, (_, i) => String((i * 37 + 104) % 1000).padStart(3, '0'));
  const suspicion = { abstain: true, classes: ['PCI'], category: 'none' };

  it('of three or four places under a name that tells nothing may be security codes: a person looks', () => {
    for (const name of ['c3', 'field_7', 'xkv', 'code'])
      expect(judgeFirst('stg', { [name]: codes, pan: made('pan') })).toMatchObject(suspicion);
    expect(judgeFirst('stg', { c3: codes, pan: made('pan') }).alternatives[0]?.category).toBe('user.payment.card.cvv');
    expect(judgeFirst('stg', { c3: codes, k1: made('pan') })).toMatchObject(suspicion);
  });

  it('are none where nothing is a card, the name tells what they are, or they repeat', () => {
    expect(judgeFirst('stg', { c3: codes, amount: made('price') }).classes).toEqual(['NONE']);
    expect(judgeFirst('stg', { quantity: codes, pan: made('pan') }).classes).toEqual(['NONE']);
    const few = codes.map((_, i) => ['100', '200', '300'][i % 3]);
    expect(judgeFirst('stg', { c3: few, pan: made('pan') }).classes).toEqual(['NONE']);
    const growing = Array.from({ length: 30 }, (_, i) => String(i * 500));
    expect(judgeFirst('stg', { c3: growing, pan: made('pan') }).classes).toEqual(['NONE']);
  });
});

describe('a service code', () => {
  it.each([
    ['pos_transactions', { service_code: null, track2: null, pin_block: null }],
    ['cardholder_data', { service_code: null, card_number: null, exp_date: null }],
  ])('beside the number or the track of a card is left to a person as account data: %s', (table, columns) => {
    expect(judgeFirst(table, columns)).toMatchObject({ abstain: true, classes: ['PCI'] });
  });

  it.each(['shipments', 'orders', 'utility_services'])('is none of a card where no card is: %s', (table) => {
    expect(judgeFirst(table, { service_code: null, carrier: null }).classes).not.toContain('PCI');
  });
});
