import type { CitablePassage } from '../rulebook.ts';
import { excludedSentences, withoutExceptions } from './exclusions.ts';
import { loadGlossary } from './glossary.ts';
import { loneWords } from './homonyms.ts';
import { loadVocabulary } from './vocabulary.ts';
import { stem, wordsOf } from './words.ts';

/** A run of words of a sentence, and what they name. */
export interface NamingRun {
  /** Stemmed, parted and surrounded by blanks. */
  readonly stems: string;
  /** Categories of the taxonomy; 1: named outright, less: likely. */
  readonly categories: readonly { readonly category: string; readonly strength: number }[];
  /** Words, by stem, that name a kind of data among other things and do not mean it here. */
  readonly lone: ReadonlySet<string>;
}

/** A sentence of a passage as far as it names things, without what it takes out of what it says. */
export interface ReadSentence {
  /** It says what is not meant. */
  readonly isExcluded: boolean;
  /** Its words as they stand. */
  readonly plain: NamingRun;
  /** The same without a joined part each: `religious or philosophical beliefs` is also `religious beliefs`. */
  readonly joined: readonly NamingRun[];
  /** Legal ideas of the glossary that it names, by id. */
  readonly concepts: ReadonlySet<string>;
}

/** The name of a law speaks of nothing itself: `the Family Educational Rights and Privacy Act`. */
const otherLaw =
  /(?:\p{Lu}[\p{L}’'-]*\s+(?:(?:and|of|the|for|on|to|in)\s+)*){1,12}(?:Act|Code|Directive|Law|Regulation)\b/gu;
/** Weaker names of the glossary say other things too. */
const wholeName = 1;

const known = new WeakMap<CitablePassage, readonly ReadSentence[]>();

/** What the sentences of a passage name; remembered as long as the passage is held. */
export function readSentences(passage: CitablePassage): readonly ReadSentence[] {
  let read = known.get(passage);
  if (read === undefined) {
    const excluded = excludedSentences(passage);
    read = passage.sentences.map(({ start, end }, i) =>
      readSentence(passage.text.slice(start, end), passage.language, excluded[i] === true),
    );
    known.set(passage, read);
  }
  return read;
}

function readSentence(text: string, language: string, isExcluded: boolean): ReadSentence {
  const words = wordsOf(withoutExceptions(text).replaceAll(otherLaw, ' '));
  const [plain = [], ...joined] = runsOf(words);
  const concepts = loadGlossary()
    .phrases.find(words)
    .map(({ value }) => value.concept.id);
  return {
    isExcluded,
    plain: readRun(plain, language),
    joined: joined.map((run) => readRun(run, language)),
    concepts: new Set(concepts),
  };
}

function readRun(words: readonly string[], language: string): NamingRun {
  const legal = loadGlossary().phrases.find(words);
  const lone = loneWords(words);
  const names = loadVocabulary()
    .phrases.find(words)
    .filter(({ start, end }) => end - start > 1 || !lone.has(stem(words[start] ?? '')));
  return {
    stems: stemmed(words),
    lone,
    categories: [
      ...legal.flatMap(({ value }) =>
        value.weight >= wholeName && speaks(value.language, language)
          ? value.concept.categories.map((category) => ({ category, strength: 1 }))
          : [],
      ),
      ...names.flatMap(({ value }) =>
        value.kind === 'category' && speaks(value.language, language)
          ? [{ category: value.category, strength: value.strength }]
          : [],
      ),
    ],
  };
}

/** Words as runs hold them. */
export function stemmed(words: readonly string[]): string {
  return ` ${words.map((word) => stem(word)).join(' ')} `;
}

/** The languages of a list, as `cs/sk`, hold that of the text. */
function speaks(languages: string, language: string): boolean {
  return languages.split('/').includes(language);
}

const joining = new Set('or and und oder et ou y o e ed of en i lub och og'.split(' '));

/** The words of a sentence, and again without each joined part, for what two names share. */
function runsOf(words: readonly string[]): readonly (readonly string[])[] {
  const joints = words.flatMap((word, i) => (i > 0 && joining.has(word) ? [i] : []));
  return [words, ...joints.map((at) => [...words.slice(Math.max(0, at - 2), at), ...words.slice(at + 2, at + 5)])];
}
