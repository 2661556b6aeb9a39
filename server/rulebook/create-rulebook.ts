import type { Embedder } from '../llm/embedder.ts';
import { digestOf } from '../model/json.ts';
import type { Passage, VectorIndex } from '../stores/vectors/vector-index.ts';
import { loadCatalogues, shippedRegulations, usualRegulations, type Catalogue, type Provision } from './catalogue.ts';
import { lawsByName, type LawsByName } from './laws-by-name.ts';
import type { ProvisionAnswer, ProvisionHit, ProvisionQuery, Rulebook } from './rulebook.ts';
import { askedDefinition, isKnownTerm, speaksOf } from './search/asked-definition.ts';
import { createCatalogueSearch, type CatalogueSearch } from './search/catalogue-search.ts';
import { cutQuote } from './search/cut-quote.ts';
import { loadGlossary } from './search/glossary.ts';
import { mergeHits, namedFirst, type MergedHit } from './search/merge-hits.ts';
import { definitionsOf, passagesByNumber } from './search/named-passages.ts';
import { embedsQuestions, passageIdsOf, searchOfficial, textsFor } from './search/official-search.ts';
import { onDay } from './search/on-day.ts';
import { regulationNamed, regulationsNamed } from './search/regulation-names.ts';
import { namesOf } from './search/naming-sentence.ts';
import { loadSituations } from './search/situations.ts';
import { loadVocabulary } from './search/vocabulary.ts';
import { isAround, isBareNumber, unknownNumbers } from './search/provision-numbers.ts';
import { createTextReader, liveAlias, toCitable } from './texts/text-index.ts';

const defaultHits = 5;
const maxHits = 100;

export interface RulebookOptions {
  /** Default: those that ship. */
  readonly catalogues?: readonly Catalogue[];
  /** Where official texts are indexed; absent: the catalogues alone. */
  readonly vectors?: VectorIndex | null;
  /** The embedder that the texts were indexed with; absent: words only. */
  readonly embedder?: Embedder | null;
}

/**
 * The rulebook over the own-words catalogues and whatever official texts are indexed. Does not close the index. What only a
 * search needs is read with the first search, which fails with CONFIG_INVALID when shipped data does not hold.
 */
export function createRulebook(options: RulebookOptions = {}): Rulebook {
  const { catalogues = loadCatalogues(usualRegulations), vectors = null, embedder = null } = options;
  let built: CatalogueSearch | undefined;
  const catalogueSearch = (): CatalogueSearch =>
    (built ??= createCatalogueSearch(catalogues, loadGlossary(), loadVocabulary(), loadSituations()));
  // What ships and is not loaded is answered from only where it is asked for by name.
  let every: readonly Catalogue[] | undefined;
  const allCatalogues = (): readonly Catalogue[] => {
    const ids = new Set(catalogues.map(({ regulation }) => regulation.id));
    return (every ??= [...catalogues, ...loadCatalogues(shippedRegulations.filter((id) => !ids.has(id)))]);
  };
  let wide: CatalogueSearch | undefined;
  const searchFor = (asked: ReadonlySet<string> | null): CatalogueSearch => {
    const isLoaded = (id: string): boolean => catalogues.some(({ regulation }) => regulation.id === id);
    if (asked === null || [...asked].every((id) => isLoaded(id))) return catalogueSearch();
    return (wide ??= createCatalogueSearch(allCatalogues(), loadGlossary(), loadVocabulary(), loadSituations()));
  };
  const house = new Set(catalogues.flatMap(({ isOwn, regulation }) => (isOwn === true ? [regulation.id] : [])));
  let laws: LawsByName | undefined;
  const texts = vectors === null ? null : createTextReader(vectors);
  const embed = embedsQuestions(vectors?.capabilities.dense === true ? embedder : null);
  let digest: string | undefined;
  const catalogueDigest = (): string =>
    (digest ??= digestOf([
      catalogues.map(({ regulation, provisions, mapping }) => [regulation, provisions, mapping]),
      loadGlossary().digest,
      loadVocabulary().digest,
      loadSituations().digest,
    ]));
  const provision = (id: string): Provision | undefined =>
    (every ?? catalogues).map((catalogue) => catalogue.provision(id)).find((found) => found !== undefined);
  const list: Rulebook['list'] = async () => (texts === null ? [] : texts.list());

  const isKnown = (words: readonly string[], among: readonly Catalogue[]): boolean =>
    isKnownTerm(words, { glossary: loadGlossary(), vocabulary: loadVocabulary(), catalogues: among });

  const search = async (query: ProvisionQuery, signal: AbortSignal): Promise<ProvisionAnswer> => {
    const k = Math.min(query.k ?? defaultHits, maxHits);
    const named =
      query.regulations === undefined ? null : regulationsNamed(query.regulations, catalogues, allCatalogues);
    const { asked, notInForce } = onDay(query.asOf, named, named === null ? catalogues : allCatalogues());
    const found = searchFor(asked).answer({
      query: query.query,
      regulations: asked,
      category: query.category ?? null,
      comment: query.comment ?? null,
    });
    const loaded = every ?? catalogues;
    const definition = found.isName ? null : askedDefinition(found.asked, loaded);
    // A term that nobody here knows is not defined by what shares a word with it.
    const isUnknown = definition?.isExplicit === true && !isKnown(definition.words, loaded);
    const isBare = found.numbers.length > 0 && isBareNumber(found.asked, loaded, loadGlossary().isFiller);
    const meant = found.scored.filter(
      ({ provision: { id } }) => !isUnknown && (!isBare || isAround(id, found.numbers)),
    );
    const answer = { ...found, scored: meant, abstain: found.abstain || meant.length === 0 };
    const inCatalogues = meant.map(({ provision: { id } }) => ({ provision: id }));
    const among = vectors === null ? [] : textsFor(query, asked, await list());
    if (vectors === null || among.length === 0) {
      const merged = mergeHits(answer, [], k);
      return {
        abstain: merged.length === 0,
        hits: merged.map((hit) => toHit(hit, null, [])),
        ...notInForce,
        ...unknownNumbers(answer, [...inCatalogues, ...merged]),
      };
    }
    const meaning = await embed(answer.asked, signal);
    const inWords = { ...query, query: answer.asked };
    const official = await searchOfficial(vectors, meaning.vector, among, inWords, answer.evidence);
    const index = { vectors, catalogues: loaded, among, language: official.language };
    const numbered = await passagesByNumber(answer, index);
    const defining = definition === null ? [] : await definitionsOf(definition, index);
    const spoken =
      definition === null || !isUnknown
        ? official.hits
        : official.hits.filter(({ passage }) => speaksOf(passage, definition.words));
    const byWords = mergeHits(answer, isBare ? [] : spoken, k, house);
    const merged = namedFirst([...numbered, ...defining], byWords, k);
    const ids = merged.flatMap((hit) =>
      passageIdsOf(hit.provision, hit.regulation, among, hit.language ?? official.language),
    );
    const passages = new Map((await vectors.get(liveAlias, ids)).map((passage) => [passage.id, passage]));
    const hits = merged.map((hit) => {
      const own = passageIdsOf(hit.provision, hit.regulation, among, hit.language ?? official.language);
      return toHit(
        hit,
        own.map((id) => passages.get(id)).find((one) => one !== undefined) ?? null,
        answer.evidence.stems,
      );
    });
    return {
      abstain: hits.length === 0,
      hits,
      ...notInForce,
      ...unknownNumbers(answer, [...inCatalogues, ...numbered, ...hits]),
      ...(meaning.missing === null ? {} : { byWordsAlone: meaning.missing }),
    };
  };
  const toHit = (merged: MergedHit, found: Passage | null, stems: readonly string[]): ProvisionHit => {
    const own = provision(merged.provision);
    const passage = found === null ? null : toCitable(found);
    return {
      provision: merged.provision,
      regulation: merged.regulation,
      title: own?.title ?? (found?.searchText || merged.provision),
      score: Math.round(merged.score * 1000) / 1000,
      quote: passage === null ? null : cutQuote(passage, stems),
      ownWords: own?.duty ?? null,
      source:
        passage === null
          ? null
          : { edition: passage.edition, sha256: passage.sha256, page: passage.page, span: passage.span },
      passage,
      categories: own?.categories ?? [],
    };
  };

  return {
    async corpusEdition() {
      const indexed = (await list()).map(({ regulation, edition, language, sha256 }) => [
        regulation,
        edition,
        language,
        sha256,
      ]);
      return digestOf([catalogueDigest(), indexed.map((one) => one.join(' ')).toSorted()]);
    },
    async search(query, signal = new AbortController().signal) {
      signal.throwIfAborted();
      return search(query, signal);
    },
    knows: (name) => regulationNamed(name, catalogues) !== undefined,
    named: (question) => (laws ??= lawsByName(allCatalogues(), (words) => isKnown(words, allCatalogues())))(question),
    async passage(id) {
      const [found] = vectors === null ? [] : await vectors.get(liveAlias, [id]);
      return found === undefined || found.kind !== 'official' ? null : toCitable(found);
    },
    async passageOf(id, day) {
      const regulation = catalogues.find(({ regulation: { prefix } }) => id.startsWith(`${prefix}:`))?.regulation.id;
      if (vectors === null || regulation === undefined) return null;
      const among = textsFor({ query: '', asOf: day }, new Set([regulation]), await list());
      const ids = passageIdsOf(id, regulation, among, 'en');
      const found = new Map((await vectors.get(liveAlias, ids)).map((passage) => [passage.id, passage]));
      const first = ids.map((one) => found.get(one)).find((one) => one?.kind === 'official');
      return first === undefined ? null : toCitable(first);
    },
    namesOf: (category, id) => namesOf(category, id, every ?? catalogues),
    provision,
    list,
    close: () => Promise.resolve(),
  };
}
