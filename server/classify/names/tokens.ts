import { fold } from './fold.ts';

const words =
  /\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|[\p{Lo}\p{Lm}][\p{Lo}\p{Lm}\p{M}]*|\p{Lu}|\p{N}+/gu;
/** Names longer than this are cut: nothing beyond it helps to read them. */
const maxName = 256;

/**
 * Cuts a name into folded words: at punctuation, at camel-case borders, between letters and digits.
 * `custDOB_2` → `cust dob 2`; a run of a script without blanks stays one word and is cut by the lexicon.
 */
export function tokens(name: string): string[] {
  return (name.slice(0, maxName).match(words) ?? []).map((word) => fold(word)).filter((word) => word !== '');
}

/** A printed path as segments of words; array brackets and positions are no segments of their own. */
export function pathTokens(path: string): string[][] {
  return path
    .slice(0, maxName)
    .replaceAll(/\[\d*\]/g, '')
    .split(/[.[\]/>]+/u)
    .map((segment) => tokens(segment))
    .filter((segment) => segment.length > 0);
}
