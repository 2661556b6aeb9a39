import { describe, expect, it } from 'vitest';
import { luhn } from '../../../server/classify/detectors/check-digits.ts';
import { random } from '../../fixtures/classify/values.ts';
import { judgeFirst } from './column.ts';

const next = random(29);
const digits = (count: number): string => Array.from({ length: count }, () => Math.floor(next() * 10)).join('');
const card = (start = '4539', length = 16): string => {
  const body = start + digits(length - 1 - start.length);
  return Array.from({ length: 10 }, (_, end) => `${body}${end}`).find((number) => luhn(number)) ?? body;
};
const grouped = (number: string, sign: string): string => (number.match(/\d{1,4}/g) ?? []).join(sign);
const thirty = (make: () => unknown): unknown[] => Array.from({ length: 30 }, make);
const judged = (make: () => unknown) => judgeFirst('t_data', { c7: thirty(make), id: null });

describe('card numbers however they are written', () => {
  it.each(['\u00a0', '\u202f', '\u2007', '\u2009', '\u3000', '.', '/', '_', '–', '\u2011', ':', '|', ',', ' - '])(
    'in groups over %j',
    (sign) => {
      expect(judged(() => grouped(card(), sign))).toMatchObject({ classes: ['PCI'], fine: ['card_number'] });
    },
  );

  it.each([
    ['filled to eighteen', () => `00${card()}`],
    ['filled to nineteen', () => `000${card()}`],
    ['fifteen digits filled to sixteen', () => `0${card('37', 15)}`],
    ['over thousands', () => Number(card()).toLocaleString('en')],
    ['in full-width digits', () => card().replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
    ['in Arabic digits', () => card().replaceAll(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)))],
    ['between signs that nobody sees', () => `\u200b${card()}\0`],
    ['with the mark of a spreadsheet', () => `'${card()}`],
    ['in a member of JSON', () => JSON.stringify({ p: { x: grouped(card(), '\u00a0') } })],
    ['escaped in JSON', () => `{"x":"${grouped(card(), String.raw`\u00a0`)}"}`],
    ['in a text', () => `Order was paid by ${grouped(card(), '\u202f')} in the shop`],
    ['in a text, over full stops', () => `Order was paid by ${grouped(card(), '.')}, thanks`],
    ['filled in a record', () => `A|000${card()}|x`],
  ])('%s', (_what, make) => {
    expect(judged(make).classes).toContain('PCI');
  });

  it.each([
    ['amounts', () => Number(`4${digits(12)}`).toLocaleString('en')],
    ['amounts with cents', () => (Number(`4${digits(12)}`) / 100).toLocaleString('en')],
    ['fractions', () => `0.${digits(16)}`],
    ['times', () => `20240${1 + Math.floor(next() * 9)}1${digits(1)}${digits(6)}`],
    ['addresses of machines', () => Array.from({ length: 4 }, () => Math.floor(next() * 255)).join('.')],
    ['UUIDs of digits alone', () => [8, 4, 4, 4, 12].map((count) => digits(count)).join('-')],
    ['keys in groups', () => [4, 4, 4, 4].map((count) => `4${digits(count - 1)}`).join('.')],
    ['four years', () => Array.from({ length: 4 }, () => `4${digits(3)}`).join(',')],
    ['filled order numbers', () => `000${digits(16)}`],
    ['paths of groups', () => `/a/${Array.from({ length: 6 }, () => `4${digits(3)}`).join('/')}`],
  ])('are not %s', (_what, make) => {
    expect(judged(make).classes).not.toContain('PCI');
  });

  it('are found in a named column in digits of another script', () => {
    const full = (text: string) => text.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
    expect(judgeFirst('customers', { phone: thirty(() => full(`090-${digits(4)}-${digits(4)}`)) })).toMatchObject({
      abstain: false,
      fine: ['phone'],
    });
    expect(judgeFirst('payments', { card_number: thirty(() => full(card())) })).toMatchObject({
      fine: ['card_number'],
    });
  });

  it('leave no value in the evidence', () => {
    const values = thirty(() => grouped(card(), '\u00a0'));
    const found = JSON.stringify(judgeFirst('t_data', { c7: values }));
    for (const value of values) expect(found).not.toContain(String(value).slice(0, 9));
  });
});
