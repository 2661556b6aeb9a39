import { describe, expect, it } from 'vitest';
import { wordingDigest } from '../../../../server/rulebook/texts/known-wording.ts';

const known = [
  'Under Article 6(1) and 9(2), from 16 years on, it’s “prohibited” within 72 hours:',
  'up to 4 % or 1,850.5 € of the well-known office.',
].join('\n');

describe('the digest of a wording', () => {
  it.each([
    ['other line ends', known.replaceAll(/\s/gu, '\n')],
    ['more white space, some of it kept together', known.replaceAll(' ', '\u{A0}\t ').replaceAll('\n', '\r\n\r\n')],
    ['white space around', `\n ${known} \n`],
    ['a word cut at a line end', known.replace('prohibited', 'prohi-\nbited')],
    ['a word cut by a soft hyphen at a line end', known.replace('prohibited', 'prohi\u{AD}\nbited')],
    ['a hyphen that a line end took', known.replace('well-known', 'wellknown').replace('office', 'of-fice')],
    ['a hyphen that may not break', known.replace('well-known', 'well\u{2011}known')],
    ['straight quotation marks', known.replace('’', "'").replaceAll(/[“”]/gu, '"')],
    ['quotation marks of another language', known.replace('“', '„').replace('”', '“')],
    ['letters drawn as one', known.replace('office', 'o\u{FB03}ce')],
  ])('is the same with %s', (_what, text) => {
    expect(text).not.toBe(known);
    expect(wordingDigest(text)).toBe(wordingDigest(known));
  });

  it.each([
    ['up to 4 %', 'up to .4 %'],
    ['up to 4 %', 'up to 4'],
    ['up to 4 %', 'up to 4 ‰'],
    ['up to 4 %', 'up to ⁴ %'],
    ['6(1)', '61'],
    ['6(1)', '6¹'],
    ['9(2)', '92'],
    ['9(2)', '9[2]'],
    ['16 years', '-16 years'],
    ['16 years', '−16 years'],
    ['16 years', '<16 years'],
    ['72 hours', '7 2 hours'],
    ['72 hours', '7-2 hours'],
    ['1,850.5', '1.850,5'],
    ['1,850.5', '18505'],
    ['1,850.5', '1 850.5'],
    ['€', '$'],
    ['prohibited', 'pro hibited'],
    ['prohibited', 'pro\u{200B}hibited'],
    ['prohibited', 'pro\u{AD}hibited'],
    ['prohibited', 'pro\u{FEFF}hibited'],
    ['prohibited', 'prohibited\u{200B}'],
    ['prohibited', 'pr\u{43E}hibited'],
    ['it’s', 'its'],
    ['from 16 years on,', 'from 16 years on'],
    ['office.', 'Office.'],
  ])('tells %s from %s', (before, after) => {
    const text = known.replace(before, after);
    expect(text).not.toBe(known);
    expect(wordingDigest(text)).not.toBe(wordingDigest(known));
  });
});
