import type { Glossary } from './glossary.ts';
import type { Question } from './question.ts';
import type { NameMeaning, Vocabulary } from './vocabulary.ts';

export type NamedWords = Pick<Question, 'words' | 'names'>;

/** What stands around a phrase, and how much is left of its meaning there. */
export interface Surroundings {
  readonly matches: readonly {
    readonly value: NameMeaning;
    readonly start: number;
    readonly end: number;
    readonly isPart: boolean;
  }[];
  /**
   * 1: nothing beside it turns it; less: the words around say that something else is meant. A word of legal jargon has no
   * other meaning that an unknown word before it could bring out.
   */
  turnOf(start: number, end: number, head: 'first' | 'last', isJargon?: boolean): number;
}

/** `phone model`, `product name`: the word beside it says that something else is meant. */
export const turnedWeight = 0.25;
/** `selfie image url`: two words say more than one, whatever follows them. */
const halfTurnedWeight = 0.5;
/** Subjects whose rows are about things. */
export const thingSubjects: ReadonlySet<string> = new Set([
  'organisation',
  'product',
  'reference',
  'system',
  'log',
  'dealing',
  'mail',
]);
/** `latitude of a station`: what follows them says whose it is. */
const connectors = new Set('of for von vom des der de del du di della delle van do da'.split(' '));
const articles = new Set('a an the la le il el'.split(' '));

/** Reads what the vocabulary knows of the words around each other. */
export function surroundingsOf(
  { words, names }: NamedWords,
  vocabulary: Vocabulary,
  glossary: Pick<Glossary, 'isFiller' | 'isMeasure' | 'isCarrier' | 'isAttribute'>,
): Surroundings {
  const matches = vocabulary.phrases.find(words);
  const meaningsAt = (edge: 'start' | 'end', position: number): readonly NameMeaning[] =>
    matches.filter((match) => match[edge] === position).map((match) => match.value);
  const isOther = (meanings: readonly NameMeaning[], at: number, own: number, isJargon: boolean): boolean => {
    const word = words[at];
    if (word === undefined || names[at] !== names[own] || glossary.isCarrier(word)) return false;
    if (isJargon && glossary.isAttribute(word)) return false;
    return meanings.length === 0
      ? !(isJargon && at < own) && !glossary.isFiller(word) && /^\p{L}{3,}$/u.test(word)
      : meanings.some(
          (meaning) => meaning.kind === 'other' || (meaning.kind === 'subject' && thingSubjects.has(meaning.subject)),
        );
  };
  /** The word that a connector leads to. */
  const owner = (end: number): number => {
    if (!connectors.has(words[end] ?? '')) return end;
    return articles.has(words[end + 1] ?? '') ? end + 2 : end + 1;
  };
  return {
    matches,
    turnOf(start, end, head, isJargon = false) {
      const after = owner(end);
      const isBefore = isOther(meaningsAt('end', start), start - 1, start, isJargon);
      const isAfter = isOther(meaningsAt('start', after), after, start, isJargon);
      const isSingle = end - start === 1;
      const isTurned = head === 'last' ? isAfter || (isSingle && isBefore) : isSingle && isAfter;
      const isThing = isBefore && words.slice(start, end).some((word) => glossary.isMeasure(word));
      return isThing || (isTurned && isSingle) ? turnedWeight : isTurned ? halfTurnedWeight : 1;
    },
  };
}
