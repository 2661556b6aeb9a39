import { describe, expect, it } from 'vitest';
import { lookAt, maxValueLength } from '../../../server/profile/value.ts';

describe('a value is read in one spelling', () => {
  it.each([
    ['full width', '４１１１－１１１１', '4111-1111'],
    ['Arabic and Persian digits', '٤١١١ ۱۱۱۱', '4111 1111'],
    ['Devanagari digits', '४१११', '4111'],
    ['mathematical digits', '𝟒𝟏', '41'],
    [
      'spaces that do not break, of a figure, narrow, thin, ideographic',
      '1\u00a02\u20073\u202f4\u20095\u30006',
      '1 2 3 4 5 6',
    ],
    ['dashes', '1\u20102\u20113\u20124\u20135\u20146\u22127', '1-2-3-4-5-6-7'],
    ['the long mark of kana between digits', '090ー1234ー5678', '090-1234-5678'],
    ['signs that nobody sees', '4\u200b1\u200d1\u2060\ufeff1\u00ad', '4111'],
    ['NUL at the end, or between signs', '4\u00001\u00001\0', '411'],
    ['an apostrophe before a number', "'4111", '4111'],
    ['an apostrophe before an account', "'DE33511053973041564609", 'DE33511053973041564609'],
    ['an escape of JSON', String.raw`{"a":"1\u00a02\u0660"}`, '{"a":"1 20"}'],
    ['a full-width at', 'anna＠example．org', 'anna@example.org'],
    ['half-width kana', 'ﾔﾏﾀﾞ', 'ヤマダ'],
    ['an accent of its own', 'Jose\u0301', 'José'],
  ])('%s', (_what, written, text) => {
    expect(lookAt(written)).toMatchObject({ text, written });
  });

  it.each([
    'Jürgen Müller-Lüdenscheidt',
    "O'Brien",
    "'t Hooft",
    "'4111'",
    'タナカ ミサキー',
    'Ελένη',
    String.raw`{"a":"\u0022, \u005c, \u000a"}`,
    String.raw`C:\users\dave`,
    'x\ny\tz\r',
  ])('what is written so already stays: %j', (text) => {
    expect(lookAt(text).text).toBe(text.trim());
  });

  it('counts signs, digits and letters of that spelling', () => {
    expect(lookAt('４１１１\u00a0１１１１')).toEqual({ ...lookAt('4111 1111'), written: '４１１１\u00a0１１１１' });
    expect(lookAt('４７１１').number).toBe('4711');
  });

  it('never grows beyond what is looked at', () => {
    expect(lookAt('ﷺ'.repeat(maxValueLength)).text.length).toBeLessThanOrEqual(maxValueLength);
  });
});
