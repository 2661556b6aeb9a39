import type { DerivedClassification, DerivedForm } from './classification.ts';
import { leastTreatedFirst, type Treatment } from './treatment.ts';

/** The form in which a finding says that a value is held, as a treatment. */
export const treatmentOfForm: Readonly<Record<DerivedForm, Treatment>> = {
  hash: 'hashed',
  token: 'tokenised',
  mask: 'masked',
  last4: 'partial',
};

/**
 * The form in which lineage brings values of a category to a field that is found to hold them treated more: a column is called
 * `card_number_hash`, and card numbers are copied into it. Null where nothing arrives that is less treated than what was found.
 * Pure.
 */
export function arrivesBarer({
  derived,
  rows,
}: {
  readonly derived: DerivedForm | null;
  readonly rows: readonly Pick<DerivedClassification, 'rank' | 'treatment'>[];
}): Treatment | null {
  if (derived === null) return null;
  const held = leastTreatedFirst.indexOf(treatmentOfForm[derived]);
  const arriving = new Set(rows.filter(({ rank }) => rank > 0).map(({ treatment }) => treatment));
  return leastTreatedFirst.slice(0, held).find((treatment) => arriving.has(treatment)) ?? null;
}
