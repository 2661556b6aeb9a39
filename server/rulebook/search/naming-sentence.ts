import type { Catalogue } from '../catalogue.ts';
import type { CitablePassage } from '../rulebook.ts';
import { loadTaxonomy } from '../taxonomy.ts';
import { excludedSentences, withoutExceptions } from './exclusions.ts';
import { loadGlossary } from './glossary.ts';
import { loadVocabulary } from './vocabulary.ts';
import { onlySentence, wholeQuote } from './whole-quote.ts';
import { stem, stemsOf, wordsOf } from './words.ts';

/** What a sentence must name to be shown: the category, or what the regulation calls it and anything like it. */
export interface Named {
  readonly category: string;
  /** Names of the regulation itself (`personal data`) that say the category as well. */
  readonly terms: readonly string[];
  /** The provision is cited for everything of a person, not for this category: only an outright name of it counts for more. */
  readonly isBase: boolean;
}

/** Last words of a category's id that name nothing alone: `user.birth.date`. */
const bareWords = new Set('address card code content data date id number other status text type value'.split(' '));
/** The name of a law speaks of nothing itself: `the Family Educational Rights and Privacy Act`. */
const otherLaw =
  /(?:\p{Lu}[\p{L}’'-]*\s+(?:(?:and|of|the|for|on|to|in)\s+)*){1,12}(?:Act|Code|Directive|Law|Regulation)\b/gu;
/** Weaker names say other things too. */
const weakest = { glossary: 1, vocabulary: 0.6 };

/**
 * What of a regulation says a category, when that provision is cited for it: the term of an entry that stands for everything of
 * a person (`user` is `personal data`), or for this category alone. Where the provision is cited for the form of a value
 * (`hash`), its title.
 */
export function namesOf(category: string, provision: string, catalogues: readonly Catalogue[]): Named {
  const entries = catalogues.flatMap(({ mapping }) => mapping.terms.filter((entry) => entry.provision === provision));
  const speaking = entries.filter((entry) => category === entry.category || category.startsWith(`${entry.category}.`));
  const isBranch = (entry: (typeof entries)[number]): boolean => !entry.category.includes('.');
  const isShared = (entry: (typeof entries)[number]): boolean =>
    entries.some((other) => other.term === entry.term && other.category !== entry.category);
  const terms = speaking.flatMap((entry) =>
    entry.term !== null && (isBranch(entry) || !isShared(entry)) ? [entry.term] : [],
  );
  const titles = catalogues.flatMap((catalogue) => {
    const isForm = Object.values(catalogue.mapping.derived).includes(provision);
    const title = isForm ? catalogue.provision(provision)?.title : undefined;
    return title === undefined ? [] : [title];
  });
  return { category, terms: [...terms, ...titles], isBase: speaking.length > 0 && speaking.every(isBranch) };
}

/**
 * The sentence of a passage that names a category, cut as it stands, whole; null where none does. The deepest name counts:
 * `zip code` before `address` before the regulation's own term. A sentence that says what is not meant is never it, nor is a
 * name in what a sentence takes out. A passage of one sentence is cited for
 * that, however it names it.
 */
export function namingSentence(passage: CitablePassage, named: Named): string | null {
  const excluded = excludedSentences(passage);
  let best = { sentence: -1, score: 0 };
  for (const [i, { start, end }] of passage.sentences.entries()) {
    if (excluded[i] === true) continue;
    const words = withoutExceptions(passage.text.slice(start, end)).replaceAll(otherLaw, ' ');
    const score = scoreOf(words, passage.language, named);
    if (score > best.score) best = { sentence: i, score };
  }
  if (best.score > 0) return wholeQuote(passage, best.sentence, excluded);
  return excluded.includes(true) ? null : onlySentence(passage);
}

/** 4: the category itself; 3: the same of joined words; 2: a branch above it or a kind of it; 1: a term of the regulation; 0: none. */
function scoreOf(sentence: string, language: string, { category, terms, isBase }: Named): number {
  const [plain, ...joined] = runsOf(wordsOf(sentence)).map((words) => {
    const own = language === 'en' && !isBase ? branchesOf(category).filter((branch) => isSaid(branch, words)) : [];
    return [...own, ...categoriesIn(words, language, isBase ? 1 : weakest.vocabulary)];
  });
  if (plain?.includes(category) === true) return 4;
  if (joined.some((found) => found.includes(category))) return 3;
  const isNear = (one: string): boolean =>
    one.startsWith(`${category}.`) || (one.includes('.') && category.startsWith(`${one}.`));
  if ([plain ?? [], ...joined].some((found) => found.some(isNear))) return 2;
  return terms.some((term) => isTermSaid(term, sentence)) ? 1 : 0;
}

/** The categories that words name in a language. */
function categoriesIn(words: readonly string[], language: string, leastStrength: number): readonly string[] {
  const legal = loadGlossary().phrases.find(words);
  const names = loadVocabulary().phrases.find(words);
  return [
    ...legal.flatMap(({ value }) =>
      value.weight >= weakest.glossary && speaks(value.language, language) ? value.concept.categories : [],
    ),
    ...names.flatMap(({ value }) =>
      value.kind === 'category' && value.strength >= leastStrength && speaks(value.language, language)
        ? [value.category]
        : [],
    ),
  ];
}

/** The languages of a list, as `cs/sk`, hold that of the text. */
function speaks(languages: string, language: string): boolean {
  return languages.split('/').includes(language);
}

/** A category, and the branches above it that people speak of by that word: `health`, not `government`. */
function branchesOf(category: string): readonly string[] {
  const parts = category.split('.');
  const branches = parts.slice(1).map((_, i) => parts.slice(0, i + 2).join('.'));
  return branches.filter((branch) => branch === category || isSpokenOf(branch));
}

function isSpokenOf(branch: string): boolean {
  if (loadTaxonomy().category(branch) !== undefined) return true;
  return loadGlossary().concepts.some(({ categories }) => categories.includes(branch));
}

/** Do the words of the last part of an id stand there (`union_membership`)? */
function isSaid(branch: string, words: readonly string[]): boolean {
  const last = branch.split('.').at(-1) ?? '';
  const said = last.split('_').map((word) => stem(word));
  return !bareWords.has(last) && ` ${words.map((word) => stem(word)).join(' ')} `.includes(` ${said.join(' ')} `);
}

/** Is a term there: in its own words, or under another name that the glossary knows it by? */
function isTermSaid(term: string, sentence: string): boolean {
  const words = stemsOf(sentence).join(' ');
  if (` ${words} `.includes(` ${stemsOf(term).join(' ')} `)) return true;
  const { phrases } = loadGlossary();
  const concepts = new Set(phrases.find(wordsOf(term)).map(({ value }) => value.concept.id));
  return phrases.find(wordsOf(sentence)).some(({ value }) => concepts.has(value.concept.id));
}

const joining = new Set('or and und oder et ou y o e ed of en i lub och og'.split(' '));

/**
 * The words of a sentence, and again without each joined part, for what two names share: `religious or philosophical beliefs`
 * is also `religious beliefs`.
 */
function runsOf(words: readonly string[]): readonly (readonly string[])[] {
  const joints = words.flatMap((word, i) => (i > 0 && joining.has(word) ? [i] : []));
  return [words, ...joints.map((at) => [...words.slice(Math.max(0, at - 2), at), ...words.slice(at + 2, at + 5)])];
}
