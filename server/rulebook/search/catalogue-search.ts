import { namesOfRegulation, type Catalogue, type Provision } from '../catalogue.ts';
import { createBm25 } from './bm25.ts';
import type { Glossary } from './glossary.ts';
import { createPhraseIndex, formOf } from './phrase-index.ts';
import { numbersAsked, scoreNumbers } from './provision-numbers.ts';
import { readQuestion } from './question.ts';
import { doneWords, readEvidence, type Evidence } from './read-evidence.ts';
import type { Situations, ToldSituation } from './situations.ts';
import { likeByWords } from './like-by-words.ts';
import { isAboutSomethingElse } from './something-else.ts';
import type { Vocabulary } from './vocabulary.ts';
import { stem, stemsOf } from './words.ts';

/** A provision of a catalogue and how well it answers. */
export interface ScoredProvision {
  readonly provision: Provision;
  readonly regulation: string;
  readonly score: number;
}

/** What the catalogues alone say to a question: every provision with a score, best first, or that nothing applies. */
export interface CatalogueAnswer {
  readonly scored: readonly ScoredProvision[];
  readonly abstain: boolean;
  readonly evidence: Evidence;
  /** The question without what a source says of itself: what else is searched is searched by this. */
  readonly asked: string;
  /** The question names a column, table or field. */
  readonly isName: boolean;
  /** Provisions that it names by number, known or not. */
  readonly numbers: readonly string[];
}

/** A question to the catalogues. */
export interface CatalogueQuestion {
  readonly query: string;
  readonly regulations: ReadonlySet<string> | null;
  readonly category: string | null;
  /** What a source says of itself: its words rank a little, the numbers that it names do nothing. */
  readonly comment?: string | null;
}

/** Retrieval over the own-words catalogues; needs nothing downloaded. */
export interface CatalogueSearch {
  answer(question: CatalogueQuestion): CatalogueAnswer;
}

/** What each kind of evidence adds. Words rank, meaning decides: a concept or category outweighs chance words. */
const weights = {
  numbered: 60,
  concept: 14,
  situation: 15,
  /** For each idea that a question shares with a rule of the user's own. */
  idea: 6,
  mapped: 12,
  mappedBase: 6,
  touched: 8,
  alias: 6,
  words: 1,
  /** For holding all telling words of the question: what several ideas have in common is meant. */
  covered: 12,
  named: 1.6,
};
/** Below these nothing applies. */
const enough = {
  meaning: 0.4,
  alias: 3.5,
  /** Ideas shared with a rule of the user's own. */
  ideas: 2,
  aliasInSentence: 5,
  ofQuestion: { coverage: 0.5, words: 6 },
  ofName: { coverage: 0.6, words: 10 },
};

interface Entry {
  readonly provision: Provision;
  readonly catalogue: Catalogue;
}

/** Builds the index; some milliseconds. */
export function createCatalogueSearch(
  catalogues: readonly Catalogue[],
  glossary: Glossary,
  vocabulary: Vocabulary,
  situations: Situations,
): CatalogueSearch {
  const entries: Entry[] = catalogues.flatMap((catalogue) =>
    catalogue.provisions.map((provision) => ({ provision, catalogue })),
  );
  const numbersOf = new Map<string, number[]>();
  for (const [i, { provision, catalogue }] of entries.entries()) {
    const ids = [provision.id];
    ids.push(...catalogue.originsOf(provision.id));
    if (catalogue.isOwn === true && provision.like === undefined)
      ids.push(...likeByWords(provision, { glossary, vocabulary, situations }));
    for (const id of ids) numbersOf.set(id, [...(numbersOf.get(id) ?? []), i]);
  }
  const ideasOfOwn = new Map(
    entries.flatMap(({ provision, catalogue }, i) =>
      catalogue.isOwn === true
        ? [[i, situations.ideasIn([provision.title, provision.duty, ...provision.aliases].join('. '))] as const]
        : [],
    ),
  );
  const bm25 = createBm25(
    entries.map(({ provision }) => [
      { stems: stemsOf(provision.title), weight: 2 },
      { stems: provision.aliases.flatMap((alias) => stemsOf(alias)), weight: 2 },
      { stems: stemsOf(provision.duty), weight: 1 },
    ]),
  );
  const english = formOf('en');
  const aliases = createPhraseIndex<number>();
  for (const [i, { provision }] of entries.entries())
    for (const alias of [provision.title, ...provision.aliases]) aliases.add(alias, i, english);
  const names = createPhraseIndex<string>();
  for (const { regulation } of catalogues)
    for (const name of [...namesOfRegulation(regulation), ...(regulation.hints ?? [])])
      names.add(name, regulation.id, english);

  /** Provisions of a situation: of each regulation the first counts whole, those after it less. */
  const sharesOf = ({ situation, weight }: ToldSituation): readonly (readonly [number, number])[] => {
    const ranks = new Map<string, number>();
    return situation.provisions.flatMap((provision) => {
      const prefix = provision.slice(0, provision.indexOf(':'));
      const rank = ranks.get(prefix) ?? 0;
      ranks.set(prefix, rank + 1);
      return (numbersOf.get(provision) ?? []).map((i) => [i, weight / (1 + rank * 0.1)] as const);
    });
  };

  const aliasScores = (
    words: readonly string[],
    isFiller: (word: string) => boolean,
    done: ReadonlySet<number>,
  ): Map<number, number> => {
    const found = new Map<number, number>();
    for (const { value, start, end, isPart } of aliases.find(words)) {
      if (isPart || (end - start === 1 && done.has(start))) continue;
      const telling = words
        .slice(start, end)
        .reduce((sum, word) => sum + (isFiller(word) ? 0 : bm25.idf(stem(word))), 0);
      found.set(value, Math.max(found.get(value) ?? 0, telling));
    }
    return found;
  };

  const categoryScores = (evidence: Evidence, add: (i: number, score: number) => void): void => {
    for (const [category, sure] of evidence.categories) {
      for (const { mapping } of catalogues)
        for (const { provision, isBase } of mappedTo(category, mapping, evidence.subjects)) {
          const i = provision === null ? undefined : numbersOf.get(provision)?.[0];
          if (i !== undefined) add(i, sure * (isBase ? weights.mappedBase : weights.mapped));
        }
      for (const [i, { provision }] of entries.entries()) {
        const near = Math.max(0, ...provision.categories.map((prefix) => nearness(prefix, category)));
        if (near > 0) add(i, sure * near * weights.touched);
      }
    }
  };

  return {
    answer({ query, regulations, category, comment = null }) {
      const question = readQuestion(query, comment);
      const read = readEvidence(question, glossary, vocabulary);
      const evidence: Evidence =
        category === null ? read : { ...read, categories: new Map([...read.categories, [category, 1]]) };
      const scores = new Map<number, number>();
      const add = (i: number, score: number): void => void scores.set(i, (scores.get(i) ?? 0) + score);

      const numbers = numbersAsked(question.numbers, regulations, catalogues);
      const numbered = scoreNumbers(entries, numbers);
      for (const [i, near] of numbered) add(i, near * weights.numbered);
      for (const [concept, weight] of evidence.concepts)
        for (const [rank, provision] of concept.provisions.entries())
          for (const i of numbersOf.get(provision) ?? []) add(i, (weight * weights.concept) / (1 + rank * 0.1));
      const told = question.isName ? [] : situations.told(question.asked);
      for (const one of told) for (const [i, share] of sharesOf(one)) add(i, share * weights.situation);
      const asked = question.isName ? new Set<string>() : situations.ideasIn(question.asked);
      const shared = new Map(
        [...ideasOfOwn].map(([i, own]) => [i, [...own].filter((idea) => asked.has(idea)).length] as const),
      );
      for (const [i, count] of shared) if (count >= enough.ideas) add(i, count * weights.idea);
      categoryScores(evidence, add);
      const spoken = aliasScores(question.words, glossary.isFiller, doneWords(question, vocabulary));
      for (const [i, telling] of spoken) add(i, Math.min(2, telling / 5) * weights.alias);
      const covered = new Map<number, number>();
      const wordScores = new Map<number, number>();
      const whole = evidence.stems.reduce((sum, one) => sum + bm25.idf(one), 0);
      for (const one of evidence.stems)
        for (const [i, score] of bm25.scores(one)) {
          add(i, score * weights.words);
          wordScores.set(i, (wordScores.get(i) ?? 0) + score);
          covered.set(i, (covered.get(i) ?? 0) + bm25.idf(one) / whole);
        }

      for (const [i, share] of covered) if (share > 0.3) add(i, share * weights.covered);

      const said = new Set(names.find(question.words).map((match) => match.value));
      const scored = [...scores]
        .map(([i, score]): ScoredProvision & { readonly i: number } => {
          const entry = entries[i];
          if (entry === undefined) throw new RangeError('a score without its provision');
          const regulation = entry.catalogue.regulation.id;
          return {
            i,
            provision: entry.provision,
            regulation,
            score: score * (said.has(regulation) ? weights.named : 1),
          };
        })
        .filter(({ regulation }) => regulations === null || regulations.has(regulation))
        .sort((a, b) => b.score - a.score || (a.provision.id < b.provision.id ? -1 : 1));

      const byMeaning = Math.max(0, ...told.map(({ weight }) => weight), ...evidence.concepts.values());
      // A kind of data that is named amid a sentence about something else (`the app on my phone`) asks nothing of a law.
      const isSentence = !question.isName && question.words.filter((word) => glossary.isFiller(word)).length >= 2;
      const isLong = isSentence && evidence.stems.length >= 3;
      const isAside = isLong && category === null && evidence.categories.size === 1;
      const sure = Math.max(byMeaning, isAside ? 0 : Math.max(0, ...evidence.categories.values()));
      // A name says little: chance words must be nearly all of it, and more than one.
      const needed = question.isName ? enough.ofName : enough.ofQuestion;
      const isTold = scored.some(
        ({ i }) =>
          (shared.get(i) ?? 0) >= enough.ideas ||
          (!question.isName && (spoken.get(i) ?? 0) >= (isLong ? enough.aliasInSentence : enough.alias)) ||
          ((covered.get(i) ?? 0) >= needed.coverage && (wordScores.get(i) ?? 0) >= needed.words),
      );
      const isCovered = [...covered].some(
        ([i, share]) => share >= needed.coverage && (wordScores.get(i) ?? 0) >= needed.words,
      );
      const isShared = [...shared.values()].some((count) => count >= enough.ideas);
      const isElsewhere =
        category === null &&
        !question.isName &&
        said.size === 0 &&
        !isCovered &&
        !isShared &&
        told.every(({ situation }) => situation.isEveryday) &&
        isAboutSomethingElse(question, evidence, {
          glossary,
          vocabulary,
          situations,
          isOurs: (word) => bm25.scores(stem(word)).size > 0,
        });
      const named = scored.filter(({ i }) => numbered.has(i));
      const isNothing = isElsewhere || (sure < enough.meaning && !isTold);
      const abstain = scored.length === 0 || (named.length === 0 && isNothing);
      // Beside what is asked for by its number, chance words say nothing.
      const shown = isNothing && named.length > 0 ? named : scored;
      return { scored: shown, abstain, evidence, asked: question.asked, isName: question.isName, numbers };
    },
  };
}

/** The provisions that a regulation's mapping names for a category: per group the deepest. */
function mappedTo(
  category: string,
  mapping: Catalogue['mapping'],
  subjects: ReadonlySet<string>,
): readonly { readonly provision: string | null; readonly isBase: boolean }[] {
  const deepest = new Map<string, Catalogue['mapping']['terms'][number]>();
  for (const entry of mapping.terms) {
    if (category !== entry.category && !category.startsWith(`${entry.category}.`)) continue;
    if (entry.group === 'base' && entry.within.length > 0 && !entry.within.some((subject) => subjects.has(subject)))
      continue;
    if (entry.group === 'base' && subjects.size === 1 && entry.outside.some((subject) => subjects.has(subject)))
      continue;
    const best = deepest.get(entry.group);
    if (best === undefined || entry.category.length > best.category.length) deepest.set(entry.group, entry);
  }
  return [...deepest.values()].map(({ category: prefix, provision }) => ({ provision, isBase: prefix === 'user' }));
}

/** 1 where a provision names just this category, less the wider its prefix is, 0 where it does not touch it. */
function nearness(prefix: string, category: string): number {
  if (prefix === category) return 1;
  const [wide, narrow] = prefix.length < category.length ? [prefix, category] : [category, prefix];
  if (!narrow.startsWith(`${wide}.`)) return 0;
  return prefix === 'user' ? 0.1 : wide.split('.').length / (narrow.split('.').length + 0.5);
}
