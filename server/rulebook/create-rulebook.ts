import { digestOf } from '../model/json.ts';
import { loadCatalogues, shippedRegulations, type Catalogue, type Provision } from './catalogue.ts';
import type { ProvisionAnswer, ProvisionHit, ProvisionQuery, Rulebook } from './rulebook.ts';
import { createCatalogueSearch, type ScoredProvision } from './search/catalogue-search.ts';
import { loadGlossary } from './search/glossary.ts';
import { pickHits } from './search/pick-hits.ts';
import { regulationNamed, regulationsNamed } from './search/regulation-names.ts';
import { loadVocabulary } from './search/vocabulary.ts';

const defaultHits = 5;
const maxHits = 100;

export interface RulebookOptions {
  /** Default: those that ship. */
  readonly catalogues?: readonly Catalogue[];
}

/** The rulebook over the own-words catalogues. Fails with CONFIG_INVALID when shipped data does not hold. */
export function createRulebook(options: RulebookOptions = {}): Rulebook {
  const catalogues = options.catalogues ?? loadCatalogues(shippedRegulations);
  const glossary = loadGlossary();
  const vocabulary = loadVocabulary();
  const catalogueSearch = createCatalogueSearch(catalogues, glossary, vocabulary);
  const edition = digestOf([
    catalogues.map(({ regulation, provisions, mapping }) => [regulation, provisions, mapping]),
    glossary.digest,
    vocabulary.digest,
  ]);
  const provision = (id: string): Provision | undefined =>
    catalogues.map((catalogue) => catalogue.provision(id)).find((found) => found !== undefined);

  const search = ({ query, regulations, category, k = defaultHits }: ProvisionQuery): ProvisionAnswer => {
    const asked = regulations === undefined ? null : regulationsNamed(regulations, catalogues);
    const { scored, abstain } = catalogueSearch.answer({ query, regulations: asked, category: category ?? null });
    if (abstain) return { hits: [], abstain };
    return { hits: pickHits(scored, Math.min(k, maxHits)).map((hit) => toHit(hit)), abstain };
  };
  return {
    corpusEdition: () => Promise.resolve(edition),
    search: (query, signal) => {
      signal?.throwIfAborted();
      return new Promise((resolve) => resolve(search(query)));
    },
    knows: (name) => regulationNamed(name, catalogues) !== undefined,
    passage: () => Promise.resolve(null),
    provision,
    list: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

function toHit({ provision, regulation, score }: ScoredProvision): ProvisionHit {
  return {
    provision: provision.id,
    regulation,
    title: provision.title,
    score: Math.round(score * 1000) / 1000,
    quote: null,
    ownWords: provision.duty,
    source: null,
    passage: null,
    categories: provision.categories,
  };
}
