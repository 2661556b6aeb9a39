import type { Catalogue } from '../catalogue.ts';
import type { CitablePassage } from '../rulebook.ts';
import { loadTaxonomy } from '../taxonomy.ts';
import { loadGlossary } from './glossary.ts';
import { readSentences, stemmed, type NamingRun, type ReadSentence } from './read-sentences.ts';
import { onlySentence, wholeQuote } from './whole-quote.ts';
import { stem, wordsOf } from './words.ts';

/** What a sentence must name to be shown: the category, or what the regulation calls it and anything like it. */
export interface Named {
  readonly category: string;
  /** Names of the regulation itself (`personal data`) that say the category as well. */
  readonly terms: readonly string[];
  /** The provision is cited for everything of a person, not for this category: only an outright name of it counts for more. */
  readonly isBase: boolean;
}

/** The same, and whether a mapping names the provision for the category at all. */
export interface MappedNames extends Named {
  readonly isMapped: boolean;
}

/** Last words of a category's id that name nothing alone: `user.birth.date`. */
const bareWords = new Set('address card code content data date id number other status text type value'.split(' '));
/** A weaker name of a column says other things too. */
const likely = 0.6;

/**
 * What of a regulation says a category, when that provision is cited for it: the term of an entry that stands for everything of
 * a person (`user` is `personal data`), or for this category alone. Where the provision is cited for the form of a value
 * (`hash`), its title.
 */
export function namesOf(category: string, provision: string, catalogues: readonly Catalogue[]): MappedNames {
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
  const isMapped = speaking.length > 0 || titles.length > 0;
  return {
    category,
    terms: isMapped ? [...terms, ...titles] : wideTermsOf(category, provision, catalogues),
    isBase: speaking.length > 0 && speaking.every(isBranch),
    isMapped,
  };
}

/** A duty about everything of a person (`erasure of personal data`) says a category by what the regulation calls all of it. */
function wideTermsOf(category: string, provision: string, catalogues: readonly Catalogue[]): readonly string[] {
  return catalogues.flatMap((catalogue) => {
    const touched = catalogue.provision(provision)?.categories ?? [];
    return catalogue.mapping.terms.flatMap(({ category: branch, term }) =>
      term !== null && !branch.includes('.') && touched.includes(branch) && category.startsWith(`${branch}.`)
        ? [term]
        : [],
    );
  });
}

/**
 * The sentence of a passage that names a category, cut as it stands, whole; null where none does. The deepest name counts:
 * `zip code` before `address` before the regulation's own term. A sentence that says what is not meant is never it, nor is a
 * name in what a sentence takes out. A passage of one sentence is cited for
 * that, however it names it.
 */
export function namingSentence(passage: CitablePassage, named: Named): string | null {
  const read = readSentences(passage);
  const excluded = read.map(({ isExcluded }) => isExcluded);
  let best = { sentence: -1, score: 0 };
  for (const [i, sentence] of read.entries()) {
    const score = sentence.isExcluded ? 0 : scoreOf(sentence, passage.language, named);
    if (score > best.score) best = { sentence: i, score };
  }
  if (best.score > 0) return wholeQuote(passage, best.sentence, excluded);
  return excluded.includes(true) ? null : onlySentence(passage);
}

/** What a sentence is to the categories that it is cited for. */
export type SentenceBearing = 'names' | 'unnamed' | 'beside-the-point';

/**
 * What a sentence of a passage that somebody pointed at is to some categories. It names one, by a name of it or by what the
 * regulation calls it; or the passage names none and a mapping of the regulation names its provision for one, so that each
 * sentence defines it; or it is the only one. `beside-the-point`: it says what is not meant, or names none where another
 * one does: the item of a list beside the one that is meant. The other one may also say when the category is not meant
 * (`photographs are not always …`): then the passage speaks of it there alone. `unnamed`: nothing that stands there says that
 * it speaks of the category.
 */
export function bearingOf(passage: CitablePassage, sentence: number, named: readonly MappedNames[]): SentenceBearing {
  const read = readSentences(passage);
  const cited = read[sentence];
  if (cited === undefined || cited.isExcluded) return 'beside-the-point';
  const outright = read.map((one) =>
    named.some(({ category }) => scoreOf(one, passage.language, { category, terms: [], isBase: false }) > 0),
  );
  if (outright[sentence] === true) return 'names';
  if (outright.includes(true)) return 'beside-the-point';
  const isSaid = named.some((each) => each.isMapped || scoreOf(cited, passage.language, each) > 0);
  return isSaid || onlySentence(passage) !== null ? 'names' : 'unnamed';
}

/** 4: the category itself; 3: the same of joined words; 2: a branch above it or a kind of it; 1: a term of the regulation; 0: none. */
function scoreOf(sentence: ReadSentence, language: string, { category, terms, isBase }: Named): number {
  const own = language === 'en' && !isBase ? branchesOf(category) : [];
  const namedBy = ({ stems, lone, categories }: NamingRun): readonly string[] => [
    ...own.filter((branch) => isSaid(branch, stems, lone)),
    ...categories.flatMap((one) => (one.strength >= (isBase ? 1 : likely) ? [one.category] : [])),
  ];
  const plain = namedBy(sentence.plain);
  if (plain.includes(category)) return 4;
  const joined = sentence.joined.flatMap((run) => namedBy(run));
  if (joined.includes(category)) return 3;
  const isNear = (one: string): boolean =>
    one.startsWith(`${category}.`) || (one.includes('.') && category.startsWith(`${one}.`));
  if ([...plain, ...joined].some(isNear)) return 2;
  return terms.some((term) => isTermSaid(term, sentence)) ? 1 : 0;
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
function isSaid(branch: string, stems: string, lone: ReadonlySet<string>): boolean {
  const last = branch.split('.').at(-1) ?? '';
  return !bareWords.has(last) && !lone.has(stem(last)) && stems.includes(stemmed(last.split('_')));
}

/** Is a term there: in its own words, or under another name that the glossary knows it by? */
function isTermSaid(term: string, { plain, concepts }: ReadSentence): boolean {
  const words = wordsOf(term);
  if (plain.stems.includes(stemmed(words))) return true;
  return loadGlossary()
    .phrases.find(words)
    .some(({ value }) => concepts.has(value.concept.id));
}
