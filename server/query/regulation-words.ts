import { appliesTogether, isOutside } from '../model/applies.ts';
import type { Citation, DerivedForm } from '../model/classification.ts';
import type { Treatment } from '../model/treatment.ts';
import type { Catalogue } from '../rulebook/catalogue.ts';
import { catalogueCitations, termsOf, type RegulationTerm, type TermContext } from '../rulebook/terms.ts';

/** The rulebook as this room asks it: a category of a source's field in the regulations' own words. */
export interface RegulationWords {
  /**
   * `treatment`: what was done to the value on its way; `clear` for a finding on the field itself. `under`: regulations by
   * which it counts as something else, null: as nothing at all. `isPhi`: it was carried from where it is PHI, into whatever table.
   */
  terms(
    category: string,
    sources: readonly string[],
    subject: string,
    treatment: Treatment,
    under?: ReadonlyMap<string, Treatment | null>,
    isPhi?: boolean,
  ): readonly RegulationTerm[];
  /** True when it is said of these sources that the regulation does not bind whoever holds them. */
  isOutside(regulation: string, sources: readonly string[]): boolean;
  citations(
    category: string,
    derived: DerivedForm | null,
    sources: readonly string[],
    subject: string,
    isPhi?: boolean,
  ): readonly Citation[];
  /** Without those of regulations that are said not to bind whoever holds these sources. */
  binding(citations: readonly Citation[], sources: readonly string[]): readonly Citation[];
}

/**
 * Words by the catalogues, remembered by what they depend on. `appliesOf` is what the configuration says of a source:
 * `{ hipaa: 'covered-entity' }`; where several sources describe one dataset, a regulation that binds one of them binds.
 */
export function createRegulationWords(
  catalogues: readonly Catalogue[],
  appliesOf: (source: string) => Readonly<Record<string, string>>,
): RegulationWords {
  const known = new Map<string, readonly RegulationTerm[]>();
  const contextOf = (sources: readonly string[], subject: string, isPhi = false): TermContext => ({
    applies: appliesTogether(sources, appliesOf),
    subject,
    isPhi,
  });
  return {
    terms(category, sources, subject, treatment, under = new Map(), isPhi = false) {
      const key = JSON.stringify([category, sources, subject, treatment, isPhi, ...under]);
      let terms = known.get(key);
      if (terms === undefined) {
        const context = contextOf(sources, subject, isPhi);
        terms = catalogues.flatMap((catalogue) => {
          const own = under.get(catalogue.regulation.id);
          return termsOf(category, catalogue, context, own === undefined ? treatment : own);
        });
        if (known.size > 50_000) known.clear();
        known.set(key, terms);
      }
      return terms;
    },
    isOutside: (regulation, sources) => isOutside(regulation, sources, appliesOf),
    citations: (category, derived, sources, subject, isPhi) =>
      catalogueCitations(category, derived, catalogues, contextOf(sources, subject, isPhi)),
    binding(citations, sources) {
      const { applies } = contextOf(sources, '');
      const outside = catalogues
        .filter(({ regulation }) => applies[regulation.id] === 'none')
        .map(({ regulation }) => `${regulation.prefix}:`);
      return citations.filter(({ provision }) => !outside.some((prefix) => provision.startsWith(prefix)));
    },
  };
}
