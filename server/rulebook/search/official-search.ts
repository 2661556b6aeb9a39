import { isLexlineError } from '../../base/errors.ts';
import type { Embedder } from '../../llm/embedder.ts';
import type { Passage, PassageFilter, VectorIndex } from '../../stores/vectors/vector-index.ts';
import type { IndexedText, ProvisionQuery } from '../rulebook.ts';
import { liveAlias, passageId } from '../texts/text-index.ts';
import { guessLanguage } from '../texts/guess-language.ts';
import { citationLanguage } from './citation-language.ts';
import type { OfficialHit } from './merge-hits.ts';
import type { Evidence } from './read-evidence.ts';
import { spellingsOf, stem, stemsOf, wholeWordsOf } from './words.ts';

/** Official passages that answer a question, and how much of the question each one speaks. */
export interface OfficialHits {
  readonly hits: readonly OfficialHit[];
  /** The language to quote in. */
  readonly language: string | null;
}

const candidates = 20;

/** The meaning of a question as a vector; without one it is answered by its words. */
export interface QuestionVector {
  readonly vector: readonly number[] | null;
  /** Why there is none although an embedder is configured; null: there is one, or nothing is configured. */
  readonly missing: string | null;
}

/** Turns questions into vectors. Never fails for the embedder's sake. */
export type EmbedQuestion = (question: string, signal: AbortSignal) => Promise<QuestionVector>;

/** An endpoint that did not answer one question is not asked for the next: each would wait as long for nothing. */
export function embedsQuestions(embedder: Embedder | null): EmbedQuestion {
  let down: string | null = null;
  return async (question, signal) => {
    if (embedder === null || down !== null) return { vector: null, missing: down };
    try {
      const [vector = null] = await embedder.embed([question], signal);
      return { vector, missing: null };
    } catch (error) {
      if (!isLexlineError(error) || !error.code.startsWith('LLM_')) throw error;
      const missing = `${error.code}: ${error.message}`;
      if (error.code !== 'LLM_ANSWER_INVALID') down = missing;
      return { vector: null, missing };
    }
  };
}

/** Searches the official texts. `among`: the texts that the question may be answered from; `vector`: its meaning, if known. */
export async function searchOfficial(
  vectors: VectorIndex,
  vector: readonly number[] | null,
  among: readonly IndexedText[],
  query: ProvisionQuery,
  evidence: Evidence,
): Promise<OfficialHits> {
  if (among.length === 0) return { hits: [], language: null };
  const stems = [...evidence.stems];
  const words = wholeWordsOf(query.query).filter((word) => stems.includes(stem(word)));
  const found = await vectors.search(liveAlias, {
    terms: [...new Set(words.flatMap((word) => spellingsOf(word)))].map((term) => ({ term, weight: 1 })),
    vector,
    filter: officialFilter(among),
    k: candidates,
  });
  const hits = found.map(({ passage }) => ({ passage, coverage: coverageOf(passage, words) }));
  const spoken = guessLanguage(query.query) ?? citationLanguage(query.query) ?? evidence.language ?? languageOf(hits);
  return { hits, language: query.language ?? spoken };
}

/** Passages of these texts and no others. */
export function officialFilter(among: readonly IndexedText[]): PassageFilter {
  return {
    kind: 'official',
    regulations: [...new Set(among.map(({ regulation }) => regulation))],
    editions: [...new Set(among.map(({ edition }) => edition))],
    languages: [...new Set(among.map(({ language }) => language))],
  };
}

/** The language of the passages that speak most of the question; null where several do alike. */
function languageOf(hits: readonly OfficialHit[]): string | null {
  const most = Math.max(0.5, ...hits.map(({ coverage }) => coverage));
  const languages = new Set(hits.filter(({ coverage }) => coverage >= most).map(({ passage }) => passage.language));
  const [only] = languages;
  return languages.size === 1 ? (only ?? null) : null;
}

/** The share of the question's words that the passage holds. */
function coverageOf(passage: Passage, words: readonly string[]): number {
  if (words.length === 0) return 0;
  const held = new Set(stemsOf(`${passage.searchText} ${passage.text}`));
  return words.filter((word) => spellingsOf(word).some((spelling) => held.has(stem(spelling)))).length / words.length;
}

/** Of the texts that may answer: those of the asked regulations, language and day. */
export function textsFor(
  query: ProvisionQuery,
  regulations: ReadonlySet<string> | null,
  texts: readonly IndexedText[],
): readonly IndexedText[] {
  return texts.filter(
    ({ regulation, language, from, to }) =>
      (regulations === null || regulations.has(regulation)) &&
      (query.language === undefined || query.language === language) &&
      (query.asOf === undefined || ((from === null || from <= query.asOf) && (to === null || to > query.asOf))),
  );
}

/** The ids under which a provision's passage may stand, the wished language first, verified and newer editions before others. */
export function passageIdsOf(
  provision: string,
  regulation: string,
  texts: readonly IndexedText[],
  language: string | null,
): readonly string[] {
  return texts
    .filter((text) => text.regulation === regulation)
    .toSorted(
      (a, b) =>
        Number(b.language === language) - Number(a.language === language) ||
        Number(b.language === 'en') - Number(a.language === 'en') ||
        Number(b.editionCheck === 'verified') - Number(a.editionCheck === 'verified') ||
        (a.addedAt < b.addedAt ? 1 : -1),
    )
    .map((text) => passageId(text, provision));
}
