import { describe, expect, it } from 'vitest';
import { csvCell } from '../../../server/report/export/csv.ts';

describe('CSV cells', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-x', "'-x"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =x', "'  =x"],
    ['＝x', "'＝x"],
    ['\t=x', "'\t=x"],
    ['"=x', `"'""=x"`],
  ])('keeps a spreadsheet from running %j', (text, expected) => {
    expect(csvCell(text)).toBe(expected);
  });

  it.each([
    ['a=b', 'a=b'],
    ['e-mail', 'e-mail'],
    ['user@example.com', 'user@example.com'],
  ])('leaves %j as it is', (text, expected) => {
    expect(csvCell(text)).toBe(expected);
  });

  it('quotes commas, quotes and line breaks, and keeps numbers as numbers', () => {
    expect(csvCell('a,b')).toBe('"a,b"');
    expect(csvCell('say "x"')).toBe('"say ""x"""');
    expect(csvCell('a\nb')).toBe('"a\nb"');
    expect(csvCell(-3.5)).toBe('-3.5');
    expect(csvCell(null)).toBe('');
    expect(csvCell(['a', '=b'])).toBe('a; =b');
  });
});
