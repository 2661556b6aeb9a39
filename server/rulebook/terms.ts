import type { Citation, DerivedForm } from '../model/classification.ts';
import type { Treatment } from '../model/treatment.ts';
import type { Catalogue } from './catalogue.ts';
import { loadTreatmentTable, type TreatmentReading } from './functions.ts';

/** A category in one regulation's own words. */
export interface RegulationTerm {
  readonly regulation: string;
  readonly term: string;
  readonly provision: string;
  /** False: whether the regulation binds this source was never said; the term holds only if it does. */
  readonly applies: boolean;
  /** The term of the value itself, where `term` says how a treated value reads. */
  readonly base?: string;
}

/** What is known around a field: the role that each regulation finds its holder in, and whose rows they are. */
export interface TermContext {
  /** `applies` of the source's configuration: `{ hipaa: 'covered-entity' }`; `none`: the regulation does not bind its holder. */
  readonly applies: Readonly<Record<string, string>>;
  /** The table's subject, or `unknown`. */
  readonly subject: string;
  /** Carried from a record of care: what is said in a table of patients is said of it wherever it lies. */
  readonly isPhi?: boolean;
}

function covers(prefix: string, category: string): boolean {
  return category === prefix || category.startsWith(`${prefix}.`);
}

/** The hash of a password is no pseudonym of anybody. */
function isNotDerived(category: string, { mapping }: Catalogue): boolean {
  return mapping.notDerived.some((prefix) => covers(prefix, category));
}

const readingWords: Record<TreatmentReading['reads'], string> = {
  regulated: 'regulated like the value itself',
  treated: 'in a form the regulation names as protection',
  open: 'what that means is for people to say',
};

/**
 * The terms a category carries under one regulation: per group of the mapping the one whose category lies deepest.
 * A term bound to a table's subject is said only there, and one that leaves a subject out is not said there; an entry without a term takes its group away. Where something was
 * done to the value on its way, the regulation's own table says how that reads: a part of a card number is not a PAN. Null:
 * under this regulation nothing of the value arrives, so it has no term; nor where the regulation is said not to apply.
 */
export function termsOf(
  category: string,
  catalogue: Catalogue,
  context: TermContext,
  treatment: Treatment | null = 'clear',
): readonly RegulationTerm[] {
  if (treatment === null) return [];
  const regulation = catalogue.regulation.id;
  const role = context.applies[regulation];
  if (role === 'none') return [];
  const covering = catalogue.mapping.terms.filter((entry) => covers(entry.category, category));
  const isPatients = context.isPhi === true && !covering.some(({ outside }) => outside.includes(context.subject));
  const deepest = new Map<string, Catalogue['mapping']['terms'][number]>();
  for (const entry of covering) {
    const isWithin = entry.within.includes(context.subject) || (isPatients && entry.within.includes('patient'));
    if (entry.within.length > 0 && !isWithin) continue;
    if (entry.outside.includes(context.subject)) continue;
    const best = deepest.get(entry.group);
    if (best === undefined || entry.category.length > best.category.length) deepest.set(entry.group, entry);
  }
  const applies = role !== undefined && catalogue.mapping.roles.includes(role);
  const isPlain = treatment === 'clear' || isNotDerived(category, catalogue);
  const reading = isPlain ? null : loadTreatmentTable(regulation)[treatment];
  return [...deepest.values()].flatMap(({ term, provision }) => {
    if (term === null || provision === null) return [];
    if (reading === null) return [{ regulation, term, provision, applies }];
    return [
      {
        regulation,
        term: `${term}, ${treatment}: ${readingWords[reading.reads]}`,
        provision: reading.provision,
        applies,
        base: term,
      },
    ];
  });
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
    const isForm = derived !== null && !isNotDerived(category, catalogue);
    const form = isForm ? catalogue.mapping.derived[derived] : undefined;
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
