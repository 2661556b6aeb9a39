import { loadTaxonomy, type Sensitivity } from '../../rulebook/taxonomy.ts';
import type { ClassificationView } from '../../query/query.ts';

/** What a person wants to hear of first. Not a legal order: it only sorts. */
const order: Record<Sensitivity, number> = {
  sad: 9,
  card: 8,
  secret: 7,
  health: 6,
  special: 5,
  financial: 4,
  personal: 3,
  related: 2,
};

/** How far up a list a classification belongs; what is no longer in clear comes after everything that is. */
export function gravityOf({ category, treatment, derived }: ClassificationView): number {
  const sensitivity = loadTaxonomy().category(category)?.sensitivity;
  const base = sensitivity === undefined ? order.personal : order[sensitivity];
  return treatment === 'clear' && derived === null ? base + 10 : base;
}
