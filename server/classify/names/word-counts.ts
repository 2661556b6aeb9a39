import { careKinds } from '../fine-groups.ts';
import type { Lexicon } from './lexicon.ts';
import { singularOf, type Unit } from './units.ts';

/** How many words of a name are of which kind. */
export interface WordCounts {
  readonly wordCount: number;
  readonly unknown: number;
  /** Of the unknown words those that are no everyday words either. */
  readonly strange: number;
  /** Words of at most three letters, or known as short forms of others. */
  readonly shortWords: number;
  /** Words that are known and say nothing: `value`, `data`, a letter. */
  readonly silent: number;
}

/** Counts the words of a name's last part. Pure. */
export function countWords(units: readonly Unit[], lexicon: Lexicon): WordCounts {
  const unknown = units.filter((unit) => isUnknown(unit));
  return {
    wordCount: units.length,
    unknown: unknown.length,
    strange: unknown.filter(({ words }) => !isPlain(words[0] ?? '', lexicon)).length,
    shortWords: units.reduce((sum, { words }) => sum + words.filter((word) => isShort(word, lexicon)).length, 0),
    silent: units.filter((unit) => isSilent(unit)).length,
  };
}

/** It means nothing, or it is so short a form of care that it means anything elsewhere: `k`, `va`, `rr`. */
function isUnknown({ words, meanings }: Unit): boolean {
  return meanings.every(
    (meaning) => meaning.kind === 'sense' && meaning.strength === 0 && isShortCare(meaning.fine, words.join(' ')),
  );
}

/** A short form that speaks only among patients; elsewhere it is not rejected but not understood. */
export function isShortCare(fine: string, phrase: string): boolean {
  return careKinds.has(fine) && /^[a-z0-9]{1,3}$/.test(phrase);
}

/** It is known and says nothing. */
export function isSilent({ meanings }: Unit): boolean {
  return meanings.length > 0 && meanings.every(({ kind }) => kind === 'glue');
}

function isPlain(word: string, lexicon: Lexicon): boolean {
  return lexicon.isPlain(word) || lexicon.isPlain(singularOf(word)) || lexicon.isPlain(lexicon.expand(word));
}

function isShort(word: string, lexicon: Lexicon): boolean {
  return /^[a-z]{1,3}$/.test(word) || lexicon.expand(word) !== word;
}
