import type { VectorIndex } from '../../stores/vectors/vector-index.ts';
import type { Catalogue } from '../catalogue.ts';
import type { IndexedText } from '../rulebook.ts';
import { liveAlias } from '../texts/text-index.ts';
import { definesTerm, type AskedDefinition } from './asked-definition.ts';
import type { CatalogueAnswer } from './catalogue-search.ts';
import type { MergedHit } from './merge-hits.ts';
import { officialFilter, passageIdsOf } from './official-search.ts';
import { aroundOf, idsMeant, isWithin } from './provision-numbers.ts';
import { spellingsOf } from './words.ts';

/** What is asked for by name outweighs what is found by words. */
const namedScore = 60;
/** Passages that speak of a term, among which its definition is sought. */
const candidates = 100;
/** A term that several texts define is shown from so many. */
const mostDefinitions = 2;

/** What the index holds of what a question asks for by name. */
export interface NamedIn {
  readonly vectors: Pick<VectorIndex, 'get' | 'search'>;
  readonly catalogues: readonly Catalogue[];
  /** The texts that the question may be answered from. */
  readonly among: readonly IndexedText[];
  readonly language: string | null;
}

/**
 * Stored provisions that a question names by number and that no catalogue has: itself (`GDPR:99`), or the nearest that it
 * stands in.
 */
export async function passagesByNumber(
  { numbers, scored }: Pick<CatalogueAnswer, 'numbers' | 'scored'>,
  { vectors, catalogues, among, language }: NamedIn,
): Promise<readonly MergedHit[]> {
  const hits: MergedHit[] = [];
  const unknown = numbers.filter((named) => !scored.some(({ provision }) => isWithin(provision.id, named)));
  for (const named of unknown)
    for (const wanted of [named, ...aroundOf(named)]) {
      const places = idsMeant(wanted, catalogues).flatMap((provision) => {
        const regulation = catalogues.find((one) => provision.startsWith(`${one.regulation.prefix}:`))?.regulation.id;
        if (regulation === undefined) return [];
        return passageIdsOf(provision, regulation, among, language).map((id) => ({ id, provision, regulation }));
      });
      const found = new Set(
        (
          await vectors.get(
            liveAlias,
            places.map(({ id }) => id),
          )
        ).map(({ id }) => id),
      );
      const here = places.filter(({ id }) => found.has(id));
      for (const { provision, regulation } of here)
        if (!hits.some((hit) => hit.provision === provision)) hits.push({ provision, regulation, score: namedScore });
      if (here.length > 0) break;
    }
  return hits;
}

/** Stored provisions that define a term that a question asks for. */
export async function definitionsOf(
  { words }: AskedDefinition,
  { vectors, among, language }: NamedIn,
): Promise<readonly MergedHit[]> {
  const found = await vectors.search(liveAlias, {
    terms: [...new Set(words.flatMap((word) => spellingsOf(word)))].map((term) => ({ term, weight: 1 })),
    vector: null,
    filter: officialFilter(among),
    k: candidates,
  });
  const defining = found.map(({ passage }) => passage).filter((passage) => definesTerm(passage, words));
  const inOrder = defining.toSorted((a, b) => Number(b.language === language) - Number(a.language === language));
  const hits = new Map<string, MergedHit>();
  for (const { provision, regulation, language: spoken } of inOrder)
    hits.set(provision, hits.get(provision) ?? { provision, regulation, score: namedScore, language: spoken });
  return [...hits.values()].slice(0, mostDefinitions);
}
