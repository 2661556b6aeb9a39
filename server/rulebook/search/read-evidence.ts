import type { Concept, Glossary } from './glossary.ts';
import type { Question } from './question.ts';
import { familyOf } from './roots.ts';
import { surroundingsOf, turnedWeight, type NamedWords } from './surroundings.ts';
import type { Vocabulary } from './vocabulary.ts';
import { stem, wordsOf } from './words.ts';

/** What a question is about, as far as glossary and vocabulary know its words. */
export interface Evidence {
  /** Each concept with its weight: 1 for one word, more for a longer phrase. */
  readonly concepts: ReadonlyMap<Concept, number>;
  /** Each category with how surely the question names it, 0 to 1. */
  readonly categories: ReadonlyMap<string, number>;
  /** Whose rows are spoken of: `patient`. */
  readonly subjects: ReadonlySet<string>;
  /** The language that most of its known words are of; null: none, or several alike. */
  readonly language: string | null;
  /** Stems to look for, fillers left out, short forms spelt out. */
  readonly stems: readonly string[];
}

/** A compound's head, or a piece of a run of characters, is less sure than a whole word. */
const partWeight = 0.8;
/** The words of a phrase in another order, with others between. */
const looseWeight = 0.7;
/** What a source says of itself counts less than the question. */
const remarkWeight = 0.5;
/** A duty that a source speaks of ranks, and does not suffice alone. */
const mostOfRemarks = 0.35;
/** Reads the words of a question through glossary and vocabulary. */
export function readEvidence(question: Question, glossary: Glossary, vocabulary: Vocabulary): Evidence {
  const concepts = new Map<Concept, number>();
  const categories = new Map<string, number>();
  const subjects = new Set<string>();
  const spoken = new Map<string, number>();
  const raise = <K>(map: Map<K, number>, key: K, weight: number): void => {
    map.set(key, Math.max(map.get(key) ?? 0, weight));
  };
  const readConcepts = (words: readonly string[], share: number, most: number, names: readonly number[] = []): void => {
    // Only in a name does the word beside a kind of data say that something else is meant.
    const around = question.isName && names.length > 0 ? surroundingsOf({ words, names }, vocabulary, glossary) : null;
    for (const match of glossary.phrases.find(words)) {
      const { concept, weight, language } = match.value;
      spoken.set(language, (spoken.get(language) ?? 0) + 1);
      const isSingle = match.end - match.start === 1;
      if (isSingle && !question.isName && isLittleHere(words[match.start] ?? '', question, glossary)) continue;
      const isData = concept.categories.length > 0 && isSingle;
      const turned = isData ? (around?.turnOf(match.start, match.end, headIn(language), true) ?? 1) : 1;
      const done = isData && !question.isName && isDone(words, match.end, language) ? turnedWeight : 1;
      const sure = share * weight * turned * done * (match.isPart ? partWeight : 1);
      raise(concepts, concept, Math.min(most, sure * (0.75 + 0.25 * (match.end - match.start))));
      for (const category of concept.categories) raise(categories, category, sure);
    }
  };
  const readLoosely = (words: readonly string[]): void => {
    for (const { value, words: count } of glossary.loose.find(words)) {
      const { concept, weight, language } = value;
      spoken.set(language, (spoken.get(language) ?? 0) + 1);
      const sure = weight * looseWeight;
      raise(concepts, concept, Math.min(2, sure * (0.75 + 0.25 * count)));
      for (const category of concept.categories) raise(categories, category, sure);
    }
  };
  const readCategories = (named: NamedWords, share: number): void => {
    // In a sentence a short word is itself: only names are shortened.
    const spelt = question.isName ? spellOut(named, vocabulary) : named;
    for (const spelling of isSame(spelt.words, named.words) ? [named] : [named, spelt])
      for (const [category, sure, language] of categoriesIn(
        spelling,
        vocabulary,
        glossary,
        subjects,
        question.isName,
      )) {
        raise(categories, category, share * sure);
        if (language.length === 2) spoken.set(language, (spoken.get(language) ?? 0) + 1);
      }
  };
  const { words, names, wholeWords, remarks } = question;
  for (const one of isSame(words, wholeWords) ? [words] : [words, wholeWords])
    readConcepts(one, 1, 2, one === words ? names : []);
  // A name is short: the order of its words says what is meant of what.
  if (!question.isName) readLoosely(words);
  readCategories({ words, names }, 1);
  readConcepts(remarks, remarkWeight, mostOfRemarks);
  readCategories({ words: remarks, names: remarks.map(() => 0) }, remarkWeight);
  const stems = [...words, ...wholeWords]
    .filter((word) => !glossary.isFiller(word))
    .flatMap((word) => [stem(word), ...wordsOf(vocabulary.expand(word)).map((long) => stem(long))]);
  return { concepts, categories, subjects, language: mostSpoken(spoken), stems: [...new Set(stems)] };
}

/** Where the telling word of a pair stands. */
function headIn(language: string): 'first' | 'last' {
  return familyOf(language) === 'romance' ? 'first' : 'last';
}

function mostSpoken(spoken: ReadonlyMap<string, number>): string | null {
  const [first, second] = [...spoken].toSorted(([, a], [, b]) => b - a);
  return first !== undefined && first[1] > (second?.[1] ?? 0) ? first[0] : null;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.join(' ') === b.join(' ');
}

/** Short forms spelt out, each word still of its name. */
function spellOut({ words, names }: NamedWords, vocabulary: Vocabulary): NamedWords {
  const spelt = words.map((word) => wordsOf(vocabulary.expand(word)));
  return { words: spelt.flat(), names: spelt.flatMap((own, i) => own.map(() => names[i] ?? 0)) };
}

function* categoriesIn(
  { words, names }: NamedWords,
  vocabulary: Vocabulary,
  glossary: Glossary,
  subjects: Set<string>,
  isName: boolean,
): Generator<[category: string, sure: number, language: string]> {
  const around = surroundingsOf({ words, names }, vocabulary, glossary);
  // `reorder_threshold used by the job`: the words around a name say what it is for, not what it holds.
  const hasIdentifier = new Set(names).size > 1;
  for (const { value, start, end, isPart } of around.matches) {
    if (value.kind === 'subject') subjects.add(value.subject);
    if (value.kind !== 'category') continue;
    const isSingle = end - start === 1;
    const turned = around.turnOf(start, end, value.head);
    const isChance =
      !isName &&
      (words.slice(start, end).every((word) => glossary.isFiller(word)) ||
        (isSingle && isShortForeign(words[start] ?? '', value.language)));
    const isAround = isName && isSingle && hasIdentifier && names.filter((name) => name === names[start]).length === 1;
    const isVerb = !isName && isSingle && isDone(words, end, value.language);
    const chance = isChance || isAround || isVerb ? turnedWeight : 1;
    yield [value.category, value.strength * (isPart ? partWeight : 1) * turned * chance, value.language];
  }
}

const determiners = new Set('a an the my your his her its our their this that these those it up'.split(' '));

/** Places of words that would name a kind of data if they were not what is done: `pin the board`. */
export function doneWords({ words, isName }: Question, vocabulary: Vocabulary): ReadonlySet<number> {
  if (isName) return new Set();
  return new Set(
    vocabulary.phrases
      .find(words)
      .filter(
        ({ value, start, end }) => value.kind === 'category' && end - start === 1 && isDone(words, end, value.language),
      )
      .map(({ start }) => start),
  );
}

/** `pin the board`, `record a song`: in English what an article follows is done, not held. */
function isDone(words: readonly string[], end: number, language: string): boolean {
  return language === 'en' && determiners.has(words[end] ?? '');
}

/** `ein`: an acronym that is a little word of some language is meant where it is written in capitals. */
function isLittleHere(word: string, { asked, words }: Question, glossary: Glossary): boolean {
  return words.length > 1 && glossary.isLittle(word) && !asked.split(/[^\p{L}]+/u).includes(word.toUpperCase());
}

/** In a sentence a short Latin word of another language is met by chance. */
function isShortForeign(word: string, language: string): boolean {
  return language !== 'en' && /^[a-z]{1,5}$/u.test(word);
}
