import { describe, expect, it } from 'vitest';
import { luhn } from '../../../server/classify/detectors/check-digits.ts';
import { isCardNumber } from '../../../server/classify/detectors/cards.ts';
import { makers, random } from '../../fixtures/classify/values.ts';
import { judgeFirst } from './column.ts';

const next = random(17);
const digits = (count: number): string => Array.from({ length: count }, () => Math.floor(next() * 10)).join('');
const withCheck = (body: string): string =>
  ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((end) => body + end).find((number) => luhn(number)) ?? body;
const card = (): string => withCheck(`4539${digits(11)}`);
const noCard = (): string => {
  const number = `7${digits(15)}`;
  return isCardNumber(number) ? noCard() : number;
};
const mail = (): string => String(makers['email']?.(next));
const thirty = (share: number, some: () => string, rest: () => string): string[] =>
  Array.from({ length: 30 }, (_, i) => (i < Math.round(30 * share) ? some() : rest()));
const order = (): string => `SO/${digits(5)}`;

describe('a card number in clear among other parts of a value', () => {
  it.each(['|', ';', ',', '&', '\t', ':', '/', '=', '_', '#', '*', '~', ' ', '^'])('divided by %j is found', (sign) => {
    const records = thirty(1, () => [digits(3), card(), digits(4), 'k'].join(sign), order);
    expect(judgeFirst('gateway_batch', { rec: records })).toMatchObject({ classes: ['PCI'], abstain: false });
  });

  it('is found in arrays, query strings and paths, also in a handful of rows', () => {
    const three = (make: () => string): string[] => [make(), make(), make()];
    for (const values of [
      three(() => JSON.stringify(['sale', card()])),
      three(() => `merchant=17&acct=${card()}&mm=07`),
      three(() => `https://api.example/charge/${card()}/capture`),
    ])
      expect(judgeFirst('http_trace', { line: values }).classes).toContain('PCI');
  });

  it('is not what long numbers without a check digit are', () => {
    const labels = thirty(1, () => `PKT|${noCard()}|x`, order);
    expect(judgeFirst('shipments', { label: labels }).classes).not.toContain('PCI');
  });
});

describe('a share of the values', () => {
  it.each([0.1, 0.2, 0.3, 0.5, 0.6, 0.9])('of card numbers, %d of all, is found beside order numbers', (share) => {
    expect(judgeFirst('orders', { ext_ref: thirty(share, card, order) }).classes).toEqual(['PCI']);
  });

  it.each([0.1, 0.3, 0.5])('of e-mail addresses, %d of all, is found beside codes', (share) => {
    const found = judgeFirst('deliveries', { dropoff_code: thirty(share, mail, () => `DC-${digits(4)}`) });
    expect(found.classes).toEqual(['PII']);
    expect(found.evidence[0]?.detail).toContain(`${30 * share} of 30 distinct values pass email`);
  });

  it.each(['f17', 'ext_ref', 'order_number', 'value'])(
    'of card numbers, three of thirty, in %s is never said to be nothing where no other long number begins like a card',
    (column) => {
      const longOrder = (): string => `10${digits(14)}`;
      const values = thirty(0.1, card, longOrder);
      expect(judgeFirst('orders', { [column]: values, id: null, total: null }).classes).toEqual(['PCI']);
      const none = thirty(0, card, longOrder);
      expect(judgeFirst('orders', { [column]: none, id: null, total: null }).classes).toEqual(['NONE']);
    },
  );

  it('is told against the values of its form, not against all', () => {
    const { evidence } = judgeFirst('orders', { ext_ref: thirty(0.3, card, order) });
    expect(evidence[0]?.detail).toContain('10 % of the 9 of that form would by chance');
  });

  it('that luck explains is none, and the evidence does not say that nothing passes', () => {
    const alike = (): string => card().replace(/.$/, (last) => String((Number(last) + 1) % 10));
    const values = [...thirty(1, alike, order).slice(2), card(), card()];
    expect(judgeFirst('orders', { ext_ref: values }).classes).toEqual(['NONE']);
    const { evidence } = judgeFirst('orders', { ext_ref: [...thirty(0, mail, order).slice(1), mail()] });
    expect(evidence.map(({ detail }) => detail).join()).not.toContain('no detector finds anything');
  });
});

describe('numbers with a check digit that begin like a card', () => {
  const alike = Array.from({ length: 30 }, card);

  it.each(['parcel_no', 'asset_tag', 'sendungsnr'])(
    'go to a person where the name says of what they are: %s',
    (name) => {
      const found = judgeFirst('misc_items', { [name]: alike });
      expect(found).toMatchObject({ abstain: true, classes: ['PCI'] });
      expect(found.evidence.map(({ signal }) => signal)).toContain('suspected');
    },
  );

  it.each(['c7', 'ext_ref', 'acct_no', 'card_nr'])('are card numbers where it does not: %s', (name) => {
    expect(judgeFirst('misc_items', { [name]: alike })).toMatchObject({ abstain: false });
    expect(judgeFirst('misc_items', { [name]: alike }).classes).toContain('PCI');
  });
});

describe('three digits', () => {
  const three = Array.from({ length: 40 }, (_, i) => String(100 + ((i * 37) % 900)));

  it('under a word that tells nothing beside a card number, whatever that is called, may be its code', () => {
    for (const beside of ['pan', 'cc_num', 'kreditkartennummer'])
      for (const name of ['f5', 'code3', 'val4'])
        expect(judgeFirst('cards', { [name]: three, [beside]: null, exp: null })).toMatchObject({
          abstain: true,
          classes: ['PCI'],
        });
    expect(judgeFirst('cards', { qty: three, pan: null, exp: null }).classes).toEqual(['NONE']);
    expect(judgeFirst('shelves', { f5: three, height: null, width: null }).classes).not.toContain('PCI');
  });

  it('are the first of a postal code where the name says so', () => {
    for (const name of ['zip3', 'postal3'])
      expect(judgeFirst('members', { [name]: three, email: null })).toMatchObject({
        classes: ['PII'],
        derived: 'mask',
      });
    expect(judgeFirst('members', { zip: ['1', '2', '3', '17', '4', '9', '12'], email: null }).classes).not.toContain(
      'PII',
    );
  });
});

describe('messages of care', () => {
  const claims = Array.from({ length: 12 }, (_, i) => `ST*837*000${i}~NM1*IL*1*DOE*JANE****MI*K47${i}~HI*ABK:J450~`);
  const results = Array.from(
    { length: 12 },
    (_, i) => `MSH|^~\\&|LAB\rPID|1||47${i}^^^H^MR||DOE^JANE\rDG1|1||J45.0^Asthma`,
  );
  const resources = Array.from({ length: 12 }, (_, i) =>
    JSON.stringify({ resourceType: 'Condition', subject: { reference: `Patient/47${i}` } }),
  );

  it.each([
    ['X12 claims', claims],
    ['HL7 results', results],
    ['FHIR resources', resources],
    ['FHIR references', Array.from({ length: 12 }, (_, i) => `Patient/47${i}`)],
  ])('%s are health data in any table', (_, values) => {
    for (const table of ['edi_inbox', 'events', 'products'])
      expect(judgeFirst(table, { payload: values }).classes).toContain('PHI');
  });

  it('are not purchase orders, nor resources of organisations', () => {
    const purchases = Array.from({ length: 12 }, (_, i) => `ST*850*000${i}~BEG*00*SA*47${i}~PO1*1*9*EA~`);
    const organisations = Array.from({ length: 12 }, (_, i) => JSON.stringify({ resourceType: 'Organization', id: i }));
    for (const values of [purchases, organisations])
      expect(judgeFirst('edi_inbox', { payload: values }).classes).not.toContain('PHI');
  });
});

describe('months, seasons and part numbers', () => {
  it.each(['2024-03', '03/2024', '2023-24', '28-71-10-34', '175-488-1721', '49-8465'])(
    '%s is no telephone',
    (first) => {
      const values = Array.from({ length: 9 }, (_, i) => first.slice(0, -1) + String(i + 1));
      expect(judgeFirst('budget', { c9: values }).classes).not.toContain('PII');
    },
  );

  it.each(['(555) 010-999', '202-555-014', '030/231251', '+46 70 123 45 6'])('%s… is one', (first) => {
    const values = Array.from({ length: 9 }, (_, i) => `${first}${i + 1}`);
    expect(judgeFirst('customers', { c9: values }).fine).toContain('phone');
  });
});
