import { describe, expect, it } from 'vitest';
import { random } from '../../fixtures/classify/values.ts';
import { judgeFirst } from './column.ts';

const next = random(23);
const digits = (count: number): string => Array.from({ length: count }, () => Math.floor(next() * 10)).join('');
const numbers = (count: number, make: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => make(at));
/** Lines of three countries: North America's and London's numbers for fiction, and Indian mobile numbers. */
const line = (at: number): string =>
  [`1202555${String(100 + at).padStart(4, '0')}`, `4420794${60_100 + at}`, `91980${digits(7)}`][at % 3] ?? '';

describe('numbers with a country code and without a plus sign', () => {
  it.each(['recipient', 'destination', 'contact_value', 'b_number', 'orig_num', 'called_party', 'from', 'to', 'col7'])(
    'in %s are left to a person as possible telephones, never said to be nothing',
    (column) => {
      expect(judgeFirst('sms_log', { [column]: numbers(24, line), id: null, sent_at: null })).toMatchObject({
        abstain: true,
        classes: ['PII'],
      });
    },
  );

  it('are telephones where the name says so', () => {
    expect(judgeFirst('customers', { phone: numbers(24, line) })).toMatchObject({ abstain: false, fine: ['phone'] });
  });

  it.each([
    ['order numbers', (): string => `10${digits(9)}`],
    ['digits drawn at random', (): string => `${1 + Math.floor(next() * 9)}${digits(10)}`],
    ['times in milliseconds', (at: number): string => String(1_700_000_000_000 + at * 977_331)],
    ['counters', (at: number): string => String(20_000_000_000 + at)],
  ])('are not what %s are', (_, make) => {
    expect(judgeFirst('jobs', { ref_value: numbers(24, make), id: null })).toMatchObject({
      abstain: false,
      classes: ['NONE'],
    });
  });

  it('that are few tell nothing', () => {
    expect(judgeFirst('jobs', { ref_value: numbers(3, line), id: null }).classes).not.toContain('PII');
  });
});
