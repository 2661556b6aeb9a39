import type { Citation, DerivedForm } from '../model/classification.ts';
import type { Catalogue } from './catalogue.ts';

/** A category in one regulation's own words. */
export interface RegulationTerm {
  readonly regulation: string;
  readonly term: string;
  readonly provision: string;
  /** False: whether the regulation binds this source was never said; the term holds only if it does. */
  readonly applies: boolean;
}

/** What is known around a field: the role that each regulation finds its holder in, and whose rows they are. */
export interface TermContext {
  /** `applies` of the source's configuration: `{ hipaa: 'covered-entity' }`. */
  readonly applies: Readonly<Record<string, string>>;
  /** The table's subject, or `unknown`. */
  readonly subject: string;
}

function covers(prefix: string, category: string): boolean {
  return category === prefix || category.startsWith(`${prefix}.`);
}

/**
 * The terms a category carries under one regulation: per group of the mapping the one whose category lies deepest.
 * A term bound to a table's subject is said only there; an entry without a term takes its group away.
 */
export function termsOf(category: string, catalogue: Catalogue, context: TermContext): readonly RegulationTerm[] {
  const role = context.applies[catalogue.regulation.id];
  const deepest = new Map<string, Catalogue['mapping']['terms'][number]>();
  for (const entry of catalogue.mapping.terms) {
    if (!covers(entry.category, category)) continue;
    if (entry.within.length > 0 && !entry.within.includes(context.subject)) continue;
    const best = deepest.get(entry.group);
    if (best === undefined || entry.category.length > best.category.length) deepest.set(entry.group, entry);
  }
  const applies = role !== undefined && catalogue.mapping.roles.includes(role);
  return [...deepest.values()].flatMap(({ term, provision }) =>
    term === null || provision === null ? [] : [{ regulation: catalogue.regulation.id, term, provision, applies }],
  );
}

/**
 * Citations of a category from the catalogues alone: each is `catalogue-only`, carries our own words, and no quotation.
 * A derived form adds the provision that speaks of it.
 */
export function catalogueCitations(
  category: string,
  derived: DerivedForm | null,
  catalogues: readonly Catalogue[],
  context: TermContext,
): readonly Citation[] {
  return catalogues.flatMap((catalogue) => {
    const terms = termsOf(category, catalogue, context);
    if (terms.length === 0) return [];
    const ids = new Set(terms.map((term) => term.provision));
    const form = derived === null ? undefined : catalogue.mapping.derived[derived];
    if (form !== undefined) ids.add(form);
    return [...ids].map((provision): Citation => ({
      provision,
      edition: `catalogue ${catalogue.regulation.catalogue}`,
      check: catalogue.provision(provision) === undefined ? 'unsupported' : 'catalogue-only',
      quote: null,
      ownWords: catalogue.provision(provision)?.duty ?? null,
      sourceSha256: null,
    }));
  });
}
