import type { Concept, Glossary } from './glossary.ts';
import type { Question } from './question.ts';
import type { NameMeaning, Vocabulary } from './vocabulary.ts';
import { stem, wordsOf } from './words.ts';

/** What a question is about, as far as glossary and vocabulary know its words. */
export interface Evidence {
  /** Each concept with its weight, 0 to 1. */
  readonly concepts: ReadonlyMap<Concept, number>;
  /** Each category with how surely the question names it, 0 to 1. */
  readonly categories: ReadonlyMap<string, number>;
  /** Whose rows are spoken of: `patient`. */
  readonly subjects: ReadonlySet<string>;
  /** Stems to look for, fillers left out, short forms spelt out. */
  readonly stems: readonly string[];
}

/** A compound's head, or a piece of a run of characters, is less sure than a whole word. */
const partWeight = 0.8;
/** What a source says of itself counts less than the question. */
const remarkWeight = 0.5;
/** `phone model`, `product name`: the word beside it says that something else is meant. */
const turnedWeight = 0.25;
const notPeople = new Set(['organisation', 'product', 'reference', 'system', 'log', 'dealing', 'mail']);

/** Reads the words of a question through glossary and vocabulary. */
export function readEvidence(question: Question, glossary: Glossary, vocabulary: Vocabulary): Evidence {
  const concepts = new Map<Concept, number>();
  const categories = new Map<string, number>();
  const subjects = new Set<string>();
  const raise = <K>(map: Map<K, number>, key: K, weight: number): void => {
    map.set(key, Math.max(map.get(key) ?? 0, weight));
  };
  const read = (words: readonly string[], share: number): void => {
    for (const match of glossary.phrases.find(words)) {
      const { concept, weight } = match.value;
      const sure = share * weight * (match.isPart ? partWeight : 1);
      raise(concepts, concept, sure);
      for (const category of concept.categories) raise(categories, category, sure);
    }
    const spelt = words.flatMap((word) => wordsOf(vocabulary.expand(word)));
    for (const spelling of spelt.join(' ') === words.join(' ') ? [words] : [words, spelt])
      for (const [category, sure] of categoriesIn(spelling, vocabulary, subjects))
        raise(categories, category, share * sure);
  };
  read(question.words, 1);
  if (question.remarks.length > 0) read(question.remarks, remarkWeight);
  const stems = question.words
    .filter((word) => !glossary.isFiller(word))
    .flatMap((word) => [stem(word), ...wordsOf(vocabulary.expand(word)).map((long) => stem(long))]);
  return { concepts, categories, subjects, stems: [...new Set(stems)] };
}

function* categoriesIn(
  words: readonly string[],
  vocabulary: Vocabulary,
  subjects: Set<string>,
): Generator<[category: string, sure: number]> {
  const matches = vocabulary.phrases.find(words);
  const meaningsAt = (edge: 'start' | 'end', position: number): readonly NameMeaning[] =>
    matches.filter((match) => match[edge] === position).map((match) => match.value);
  for (const { value, start, end, isPart } of matches) {
    if (value.kind === 'subject') subjects.add(value.subject);
    if (value.kind !== 'category') continue;
    const before = meaningsAt('end', start);
    const after = meaningsAt('start', end);
    const isTurned =
      (value.head === 'last' && after.some((meaning) => meaning.kind === 'other')) ||
      (value.strength < 1 && before.some((meaning) => meaning.kind === 'subject' && notPeople.has(meaning.subject)));
    yield [value.category, value.strength * (isPart ? partWeight : 1) * (isTurned ? turnedWeight : 1)];
  }
}
