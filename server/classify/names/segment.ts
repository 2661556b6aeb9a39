import type { Lexicon } from './lexicon.ts';

/** Short words that may be a part of a word written together; others must have at least four letters. */
const shortParts = new Set([
  'id',
  'no',
  'nr',
  'num',
  'tel',
  'fax',
  'zip',
  'dob',
  'ssn',
  'pin',
  'ip',
  'url',
  'sex',
  'mail',
  'bank',
]);
const withoutBlanks =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}\p{Script=Khmer}\p{Script=Lao}]/u;
const maxLength = 48;

/**
 * Cuts a word that nobody knows into known ones: `emailaddress` → `email address`, `手机号码` → `手机 号码`.
 * Latin words are cut only when every part is known; scripts without blanks keep what is unknown as parts of their own.
 */
export function segment(word: string, lexicon: Lexicon): readonly string[] {
  if (word.length > maxLength) return [word];
  if (withoutBlanks.test(word)) return longestParts(word, lexicon);
  return word.length < 5 ? [word] : (wholeCover(word, lexicon) ?? [word]);
}

function wholeCover(word: string, lexicon: Lexicon): readonly string[] | null {
  // best[i]: the fewest parts that cover the first i letters.
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= word.length; end++) {
    let found: readonly string[] | null = null;
    for (let start = 0; start < end; start++) {
      const before = best[start];
      if (before === null || before === undefined) continue;
      const part = word.slice(start, end);
      const known = part.length >= 4 ? lexicon.isWord(part) : shortParts.has(part);
      if (known && part !== word && (found === null || before.length + 1 < found.length)) found = [...before, part];
    }
    best.push(found);
  }
  return best[word.length] ?? null;
}

function longestParts(word: string, lexicon: Lexicon): readonly string[] {
  const parts: string[] = [];
  let rest = '';
  let at = 0;
  while (at < word.length) {
    let length = Math.min(12, word.length - at);
    while (length > 0 && lexicon.meanings(word.slice(at, at + length)).length === 0) length -= 1;
    if (length === 0) {
      rest += word.charAt(at);
      at += 1;
      continue;
    }
    if (rest !== '') parts.push(rest);
    rest = '';
    parts.push(word.slice(at, at + length));
    at += length;
  }
  if (rest !== '') parts.push(rest);
  return parts;
}
