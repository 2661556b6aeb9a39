import { stem } from './words.ts';

/** Languages whose words end alike, as far as telling two forms of a word apart goes. */
export type WordFamily = 'english' | 'germanic' | 'romance' | 'other';

const familyOfLanguage: Readonly<Record<string, WordFamily>> = {
  en: 'english',
  de: 'germanic',
  nl: 'germanic',
  sv: 'germanic',
  da: 'germanic',
  no: 'germanic',
  fr: 'romance',
  es: 'romance',
  it: 'romance',
  pt: 'romance',
  ro: 'romance',
};

export function familyOf(language: string): WordFamily {
  return familyOfLanguage[language] ?? 'other';
}

/**
 * A folded word without the endings of case, number and gender: a light stemmer, only ever compared with its own output. Short
 * words stay whole. English has its own; where the endings are not known the word itself is compared.
 */
export function rootOf(word: string, family: WordFamily): string {
  if (family === 'english') return stem(word);
  if (family === 'germanic') return word.replace(/^(.{4,}?)(?:innen|in|keit|heit|ern|em|en|er|es|e|n|s)$/u, '$1');
  if (family === 'romance') return word.replace(/^(.{4,}?)(?:[aeio]?[sx]|[aeio])$/u, '$1');
  return word;
}
