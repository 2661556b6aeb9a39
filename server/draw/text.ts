const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Escapes text for XML and HTML content and quoted attribute values; characters that XML 1.0 forbids become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll(/[&<>"']/g, (char) => `&#${String(char.charCodeAt(0))};`);
}

/**
 * Makes characters visible that would change how the text around them reads: line breaks, tabs, controls and the marks
 * that turn the direction of writing (Unicode UAX #9) are printed as `\u{202e}`. Everything else is kept.
 */
export function visibleText(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** How many columns of a fixed-width face a text takes: wide scripts and pictures count two (after Unicode UAX #11). */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += isWide(segment) ? 2 : 1;
  return columns;
}

function isWide(grapheme: string): boolean {
  return /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u.test(
    grapheme,
  );
}

/** Shortens a text to `columns` by an ellipsis in its middle: both ends of a name tell it apart from its neighbours. */
export function fitText(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment);
  const head: string[] = [];
  const tail: string[] = [];
  let used = 1;
  let first = 0;
  let last = parts.length - 1;
  while (first <= last) {
    const takeTail = tail.length <= head.length;
    const part = (takeTail ? parts[last] : parts[first]) ?? '';
    used += isWide(part) ? 2 : 1;
    if (used > columns) break;
    if (takeTail) {
      tail.unshift(part);
      last -= 1;
    } else {
      head.push(part);
      first += 1;
    }
  }
  return `${head.join('')}…${tail.join('')}`;
}
