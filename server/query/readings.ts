import type { EffectiveClassification } from '../model/effective.ts';
import type { Uid } from '../model/ids.ts';
import type { Treatment } from '../model/treatment.ts';

/** Regulations under which what reaches a field counts as something else than in general; null: as nothing at all. */
export interface Readings {
  under(field: Uid, category: string): ReadonlyMap<string, Treatment | null>;
}

/** What single regulations make of one classification. Only what came along lineage went through functions. */
export function underRegulations(
  readings: Readings | null,
  field: Uid,
  { category, decidedBy }: Pick<EffectiveClassification, 'category' | 'decidedBy'>,
): ReadonlyMap<string, Treatment | null> | undefined {
  return decidedBy === 'propagation' ? readings?.under(field, category) : undefined;
}
