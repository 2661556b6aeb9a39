import { stem, wordsOf } from './words.ts';

/** A phrase met in a run of words. */
export interface PhraseMatch<T> {
  readonly value: T;
  /** First word of the run, and the one after its last. */
  readonly start: number;
  readonly end: number;
  /** Only a part of a longer word was known: the head of a compound, a piece of a run of Han characters. */
  readonly isPart: boolean;
}

/** How the words of a phrase may be met. */
export interface PhraseForm {
  /** English: also with other endings. */
  readonly inflects: boolean;
  /** German and its neighbours, Finnish: also as the end of a longer word. */
  readonly compounds: boolean;
}

/** Phrases of any language, found in running words. */
export interface PhraseIndex<T> {
  add(phrase: string, value: T, form: PhraseForm): void;
  /** Every longest phrase, from left to right, none inside another; a phrase with several values gives each. */
  find(words: readonly string[]): readonly PhraseMatch<T>[];
}

const compounding = new Set(['de', 'nl', 'sv', 'da', 'no', 'is', 'fi']);

/** The form of a language's phrases, by its code or several joined by `/`. */
export function formOf(language: string): PhraseForm {
  return { inflects: language === 'en', compounds: language.split('/').some((one) => compounding.has(one)) };
}

const longestPhrase = 8;
/** A head this short is only known as a whole word. */
const shortestHead = 6;
const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** An empty index. Phrases also match where their words were written together (`dateofbirth`). */
export function createPhraseIndex<T>(): PhraseIndex<T> {
  const exact = new Map<string, Set<T>>();
  const stemmed = new Map<string, Set<T>>();
  const heads = new Map<string, Set<T>>();
  const together = new Map<string, Set<T>>();
  const put = (map: Map<string, Set<T>>, key: string, value: T): void => {
    const values = map.get(key);
    if (values === undefined) map.set(key, new Set([value]));
    else values.add(value);
  };
  const pieces = function* (word: string): Generator<Set<T>> {
    for (let from = 0; from < word.length;) {
      let to = word.length;
      while (to > from + 1 && !exact.has(word.slice(from, to))) to -= 1;
      const found = to > from + 1 ? exact.get(word.slice(from, to)) : undefined;
      if (found !== undefined) yield found;
      from = found === undefined ? from + 1 : to;
    }
  };
  const headOf = (word: string): Set<T> | undefined => {
    for (let from = 2; from <= word.length - shortestHead; from += 1) {
      const found = heads.get(word.slice(from));
      if (found !== undefined) return found;
    }
    return undefined;
  };

  return {
    add(phrase, value, { inflects, compounds }) {
      const words = wordsOf(phrase);
      if (words.length === 0 || words.length > longestPhrase) return;
      put(exact, words.join(' '), value);
      if (inflects) put(stemmed, words.map((word) => stem(word)).join(' '), value);
      const joined = words.join('');
      if (words.length > 1 && joined.length > 5) put(together, joined, value);
      if (compounds && joined.length >= shortestHead) put(heads, joined, value);
    },
    find(words) {
      const matches: PhraseMatch<T>[] = [];
      const stems = words.map((word) => stem(word));
      const at = (start: number, end: number): Set<T> | undefined =>
        exact.get(words.slice(start, end).join(' ')) ?? stemmed.get(stems.slice(start, end).join(' '));
      for (let start = 0; start < words.length;) {
        let end = Math.min(words.length, start + longestPhrase);
        while (end > start + 1 && at(start, end) === undefined) end -= 1;
        const word = words[start] ?? '';
        const whole = at(start, end) ?? together.get(word);
        const take = (values: Iterable<T>, isPart: boolean): void => {
          for (const value of values) matches.push({ value, start, end, isPart });
        };
        if (whole !== undefined) take(whole, false);
        else if (withoutBlanks.test(word)) for (const piece of pieces(word)) take(piece, true);
        else take(headOf(word) ?? [], true);
        start = end;
      }
      return matches;
    },
  };
}
