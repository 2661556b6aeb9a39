import { describe, expect, it } from 'vitest';
import { columnsOf, escapeXml, fitText, visibleText } from '../../../server/draw/text.ts';

describe('text of drawings', () => {
  it('leaves no character that could open a tag, an entity or end an attribute', () => {
    expect(escapeXml(`<a b="c" d='e'>&`)).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;');
    expect(escapeXml('plain_name.42')).toBe('plain_name.42');
  });

  it('replaces what XML forbids and keeps pairs that make one character', () => {
    expect(escapeXml('a\u0000b\u0008c\uFFFEd')).toBe('a\uFFFDb\uFFFDc\uFFFDd');
    expect(escapeXml('lone \uD83D end')).toBe('lone \uFFFD end');
    expect(escapeXml('whole \u{1F600} end\n\t')).toBe('whole \u{1F600} end\n\t');
  });

  it('shows marks that turn the direction of writing, and keeps letters of right-to-left scripts', () => {
    expect(visibleText('user\u202Eliame')).toBe(String.raw`user\u{202e}liame`);
    expect(visibleText('line\nbreak')).toBe(String.raw`line\u{a}break`);
    expect(visibleText('בריאות')).toBe('בריאות');
  });

  it('counts wide characters double', () => {
    expect(columnsOf('email')).toBe(5);
    expect(columnsOf('顧客')).toBe(4);
    expect(columnsOf('👩‍⚕️')).toBe(2);
  });

  it('shortens from the middle and only what is too long', () => {
    expect(fitText('email', 5)).toBe('email');
    expect(fitText('analytics.marts.customer_360', 15)).toBe('analyti…mer_360');
    expect(columnsOf(fitText('顧客顧客顧客顧客', 9))).toBeLessThanOrEqual(9);
    expect(fitText('abc', 1)).toBe('…');
  });
});
