import { familyOf, rootOf, type WordFamily } from './roots.ts';
import { singularOf, speltOut, stem, wordsOf } from './words.ts';

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
  /** English: also with other endings. `number`: singular and plural alone, as in names, where `build` is not `building`. */
  readonly inflects: 'all' | 'number' | 'no';
  /** Of other languages: by whose endings its forms are told. */
  readonly family: WordFamily;
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
  return {
    inflects: language === 'en' ? 'all' : 'no',
    family: familyOf(language),
    compounds: language.split('/').some((one) => compounding.has(one)),
  };
}

/** A root this short stands for too many words. */
const shortestRoot = 6;

/** The words of a phrase without their endings; null where they are too short to tell. */
function rootsOf(words: readonly string[], family: WordFamily): string | null {
  return words.join('').length < shortestRoot ? null : words.map((word) => rootOf(word, family)).join(' ');
}

const longestPhrase = 8;
/** A head this short is only known as a whole word. */
const shortestHead = 6;
const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/**
 * An empty index. Phrases also match where their words were written together (`dateofbirth`), and where umlauts were spelt
 * out (`geschaeft`).
 */
export function createPhraseIndex<T>(): PhraseIndex<T> {
  const exact = new Map<string, Set<T>>();
  const stemmed = new Map<string, Set<T>>();
  const singular = new Map<string, Set<T>>();
  const rooted: Readonly<Record<'germanic' | 'romance', Map<string, Set<T>>>> = {
    germanic: new Map(),
    romance: new Map(),
  };
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
  /** The longest head that a word ends with; `before`: it begins before this place. */
  const headOf = (word: string, before = word.length): Set<T> | undefined => {
    for (let from = 2; from <= word.length - shortestHead && from < before; from += 1) {
      const found = heads.get(word.slice(from));
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const addSpelling = (phrase: string, value: T, { inflects, compounds, family }: PhraseForm): void => {
    const words = wordsOf(phrase);
    if (words.length === 0 || words.length > longestPhrase) return;
    put(exact, words.join(' '), value);
    if (inflects === 'all') put(stemmed, words.map((word) => stem(word)).join(' '), value);
    if (inflects === 'number') put(singular, words.map((word) => singularOf(word)).join(' '), value);
    if (family === 'germanic' || family === 'romance') {
      const roots = rootsOf(words, family);
      if (roots !== null) put(rooted[family], roots, value);
    }
    const joined = words.join('');
    if (words.length > 1 && joined.length > 5) put(together, joined, value);
    if (compounds && joined.length >= shortestHead) put(heads, joined, value);
  };

  const inRoots = (family: 'germanic' | 'romance', words: readonly string[]): Set<T> | undefined => {
    const roots = rootsOf(words, family);
    return roots === null ? undefined : rooted[family].get(roots);
  };

  return {
    add(phrase, value, form) {
      addSpelling(phrase, value, form);
      const spelt = speltOut(phrase);
      if (spelt !== null) addSpelling(spelt, value, form);
    },
    find(words) {
      const matches: PhraseMatch<T>[] = [];
      const stems = words.map((word) => stem(word));
      const singulars = words.map((word) => singularOf(word));
      const at = (start: number, end: number): Set<T> | undefined =>
        exact.get(words.slice(start, end).join(' ')) ??
        stemmed.get(stems.slice(start, end).join(' ')) ??
        singular.get(singulars.slice(start, end).join(' ')) ??
        inRoots('germanic', words.slice(start, end)) ??
        inRoots('romance', words.slice(start, end));
      for (let start = 0; start < words.length;) {
        let end = Math.min(words.length, start + longestPhrase);
        while (end > start + 1 && at(start, end) === undefined) end -= 1;
        const word = words[start] ?? '';
        let whole = at(start, end) ?? together.get(word);
        // `schwerbehindertenausweis_nr`: the head of a compound may go on into the next word.
        if (whole === undefined && start + 1 < words.length) {
          whole = headOf(word + (words[start + 1] ?? ''), word.length);
          if (whole !== undefined) end = start + 2;
        }
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
