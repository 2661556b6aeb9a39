import { stem, stemsOf } from './words.ts';

/** A phrase met in a run of words. */
export interface PhraseMatch<T> {
  readonly value: T;
  /** First word of the run, and the one after its last. */
  readonly start: number;
  readonly end: number;
  /** Only a part of a longer word was known: the head of a compound, a piece of a run of Han characters. */
  readonly isPart: boolean;
}

/** Phrases of any language, found in running words. */
export interface PhraseIndex<T> {
  add(phrase: string, value: T): void;
  /** Every longest phrase, from left to right, none inside another; a phrase with several values gives each. */
  find(words: readonly string[]): readonly PhraseMatch<T>[];
}

const longestPhrase = 8;
/** A word this short is only known whole. */
const shortestHead = 5;
const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** An empty index. Phrases match by stems, also when their words were written together (`dateofbirth`). */
export function createPhraseIndex<T>(): PhraseIndex<T> {
  const phrases = new Map<string, Set<T>>();
  const together = new Map<string, string>();
  const put = (key: string, value: T): void => {
    const values = phrases.get(key);
    if (values === undefined) phrases.set(key, new Set([value]));
    else values.add(value);
  };

  const inside = (word: string): string[] => {
    const found: string[] = [];
    for (let from = 0; from < word.length;) {
      let to = word.length;
      while (to > from + 1 && !phrases.has(word.slice(from, to))) to -= 1;
      if (to > from + 1) found.push(word.slice(from, to));
      from = to > from + 1 ? to : from + 1;
    }
    return found;
  };
  const headOf = (word: string): string | undefined => {
    for (let from = 3; from <= word.length - shortestHead; from += 1) {
      const end = word.slice(from);
      const key = phrases.has(stem(end)) ? stem(end) : together.get(end);
      if (key !== undefined) return key;
    }
    return undefined;
  };
  const whole = (word: string): string | undefined => (phrases.has(stem(word)) ? stem(word) : together.get(word));

  return {
    add(phrase, value) {
      const stems = stemsOf(phrase);
      if (stems.length === 0 || stems.length > longestPhrase) return;
      const key = stems.join(' ');
      put(key, value);
      const joined = phrase.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
      if (stems.length > 1 && joined.length > 5) together.set(joined.normalize('NFD').replaceAll(/\p{M}/gu, ''), key);
    },
    find(words) {
      const matches: PhraseMatch<T>[] = [];
      const take = (key: string, start: number, end: number, isPart: boolean): void => {
        for (const value of phrases.get(key) ?? []) matches.push({ value, start, end, isPart });
      };
      const stems = words.map((word) => stem(word));
      for (let start = 0; start < words.length;) {
        let end = Math.min(words.length, start + longestPhrase);
        while (end > start + 1 && !phrases.has(stems.slice(start, end).join(' '))) end -= 1;
        const word = words[start] ?? '';
        if (end > start + 1) take(stems.slice(start, end).join(' '), start, end, false);
        else {
          const key = whole(word);
          if (key !== undefined) take(key, start, end, false);
          else if (withoutBlanks.test(word)) for (const piece of inside(word)) take(piece, start, end, true);
          else {
            const head = headOf(word);
            if (head !== undefined) take(head, start, end, true);
          }
        }
        start = end;
      }
      return matches;
    },
  };
}
