import type { Signal } from '../model/classification.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { ColumnJudgement } from './classifier.ts';
import type { NameReading } from './names/read-name.ts';

/** So many quasi-identifiers of one row single out most people (Sweeney 2000: birth date, sex and postal code, 87 %). */
const enoughQuasi = 3;

/** What only the columns of a table together tell: added as signals without weight to those they concern. */
export function withTableFindings(
  columns: readonly ColumnJudgement[],
  taxonomy: Taxonomy,
  names: readonly NameReading[],
): ColumnJudgement[] {
  const quasi = columns.filter(({ fine, abstain }) => !abstain && fine.some((each) => isQuasi(each, taxonomy)));
  const kinds = new Set(quasi.flatMap(({ fine }) => fine.filter((each) => isQuasi(each, taxonomy))));
  const hashed = columns.filter(({ fine, derived }) => fine.includes('card_number') && derived === 'hash');
  const truncated = columns.filter(({ fine }) => fine.includes('card_last4'));
  return columns.map((column, i) => {
    const found: Signal[] = [];
    if (kinds.size >= enoughQuasi && quasi.includes(column))
      found.push({
        signal: 'quasi-identifier',
        detail: `identifies together with ${[...kinds].sort().join(', ')} of the same row`,
        weight: 0,
      });
    if (hashed.length > 0 && truncated.length > 0 && (hashed.includes(column) || truncated.includes(column)))
      found.push({
        signal: 'hash-beside-truncation',
        detail:
          'a hash and a truncation of the same card number stand side by side: the number can be found (PCI DSS 3.5.1)',
        weight: 0,
      });
    if (hashed.includes(column) && !isKeyed(names[i]))
      found.push({
        signal: 'hash-of-card-number',
        detail:
          'a hash makes a card number unreadable only when it is keyed and of the whole number (PCI DSS 3.5.1.1); the name does not say that it is keyed',
        weight: 0,
      });
    return found.length === 0 ? column : { ...column, evidence: [...column.evidence, ...found] };
  });
}

function isKeyed(name: NameReading | undefined): boolean {
  return name?.words.some((word) => /^(?:hmac|keyed|kmac|cmac|gmac)$/.test(word)) === true;
}

/** Names are quasi-identifiers too, but no news beside them: birth date, sex, place and the like are counted. */
function isQuasi(fine: string, taxonomy: Taxonomy): boolean {
  const category = taxonomy.byFine(fine);
  return category !== undefined && category.quasi && !category.id.startsWith('user.name');
}
