import type { RegulationTerm } from '../rulebook/terms.ts';
import type { Citation as ModelCitation } from '../model/classification.ts';
import type { Gap as ModelGap } from '../model/provenance.ts';
import type { Citation, Gap, Term } from './generated.ts';
import { upperSnake } from './upper-snake.ts';

/** Terms with their regulation as the API spells it: `pci-dss` → `PCI_DSS`. */
export function showTerms(terms: readonly RegulationTerm[]): readonly Term[] {
  return terms.map((term) => ({ ...term, regulation: upperSnake(term.regulation) }));
}

/** A citation with our page about its provision: `GDPR:4(1)` → `/regulations/GDPR/4(1)`. */
export function showCitation(citation: ModelCitation): Citation {
  const { provision, edition, check, quote } = citation;
  return {
    provision,
    edition,
    check: upperSnake(check),
    quote,
    ownWords: citation.ownWords ?? null,
    sourceSha256: citation.sourceSha256 ?? null,
    url: provisionUrl(provision),
  };
}

/** Our page about a provision, from the server's root. */
export function provisionUrl(provision: string): string {
  const colon = provision.indexOf(':');
  const place = encodeURIComponent(provision.slice(colon + 1));
  return `/regulations/${provision.slice(0, colon)}/${place.replaceAll('%23', '#')}`;
}

/** A gap as the API shows it. */
export function showGap(gap: ModelGap, since: string | null): Gap {
  return { what: gap.what, kind: upperSnake(gap.reason), reason: gap.detail, since, remedy: gap.remedy };
}
