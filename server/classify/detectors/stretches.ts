/** Longer texts are searched for words in so many stretches of so many letters, evenly spread, the ends among them. */
const stretches = 3;
const stretchLength = 200;

let newest = { text: '', part: '' };

/**
 * What is read of a text when words are looked for: all of a short one, stretches of a long one. Bounds the work per value;
 * what stands between the stretches is seen in other values or not at all. The newest answer is remembered for one look.
 */
export function stretchesOf(text: string): string {
  if (text.length <= stretches * stretchLength) return text;
  if (newest.text === text) return newest.part;
  const step = Math.floor((text.length - stretchLength) / (stretches - 1));
  const parts = Array.from({ length: stretches }, (_, i) => text.slice(i * step, i * step + stretchLength));
  newest = { text, part: parts.join('\n') };
  return newest.part;
}

/** True when a text has at least so many words, counted by the blanks between them. */
export function hasWords(text: string, least: number): boolean {
  let at = -1;
  for (let words = 1; words < least; words++) {
    at = text.indexOf(' ', at + 1);
    if (at === -1) return false;
  }
  return true;
}

/** The surroundings of each place where a sign stands, at most `most` of them: what a longer pattern has to be tried on. */
export function around(text: string, sign: string, before: number, after: number, most: number): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf(sign); at !== -1 && found.length < most; at = text.indexOf(sign, at + 1))
    found.push(text.slice(Math.max(0, at - before), at + after));
  return found;
}
