import type { Glossary } from './glossary.ts';
import type { Question } from './question.ts';
import type { Evidence } from './read-evidence.ts';
import type { Situations } from './situations.ts';
import { thingSubjects } from './surroundings.ts';
import type { Vocabulary } from './vocabulary.ts';
import { wholeWordsOf } from './words.ts';

/** Where the words of a question may be known from. */
export interface KnownWords {
  readonly glossary: Pick<Glossary, 'phrases' | 'loose' | 'isFiller' | 'isLittle'>;
  readonly vocabulary: Pick<Vocabulary, 'phrases'>;
  readonly situations: Pick<Situations, 'everyday'>;
  /** A word of the catalogues themselves. */
  readonly isOurs: (word: string) => boolean;
}

const shortestStrange = 3;
/** A kind of data that is named this surely is what the question is about. */
const namedSurely = 0.4;

/**
 * A question of everyday life with a word of the law in it: `a fine for riding without lights`, `my neighbours' consent to a
 * fence`. It holds a word that nobody here knows, and speaks neither of people, data or the things that carry it, nor in a word
 * or phrase that only the law uses.
 */
export function isAboutSomethingElse(question: Question, evidence: Evidence, known: KnownWords): boolean {
  const { glossary, vocabulary, situations, isOurs } = known;
  const words = wholeWordsOf(question.asked);
  const everyday = situations.everyday(words, evidence.language);
  const jargon = glossary.phrases.find(words);
  const isLegal =
    jargon.some(({ start, end }) => end - start > 1 || !everyday.known.has(start)) ||
    new Set(jargon.map(({ start }) => start)).size > 1 ||
    glossary.loose.find(question.words).length > 0;
  const isOfPeople = everyday.isOfPeople || [...evidence.subjects].some((subject) => !thingSubjects.has(subject));
  if (isLegal || isOfPeople) return false;
  const named = new Set(
    vocabulary.phrases
      .find(words)
      .filter(({ value }) => value.kind !== 'other')
      .flatMap(({ start, end }) => words.slice(start, end)),
  );
  const strange = words.filter(
    (word, i) =>
      word.length >= shortestStrange &&
      !everyday.known.has(i) &&
      !glossary.isFiller(word) &&
      !glossary.isLittle(word) &&
      !named.has(word) &&
      !isOurs(word) &&
      !jargon.some(({ start, end }) => i >= start && i < end),
  ).length;
  const namesData = everyday.namesCarrier || [...evidence.categories.values()].some((sure) => sure >= namedSurely);
  return strange >= (namesData ? 2 : 1);
}
