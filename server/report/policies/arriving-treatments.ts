import { applyEffect, leastTreatedFirst, type Treatment } from '../../model/treatment.ts';
import type { FieldView, Query } from '../../query/query.ts';

/**
 * Categories of a field that was judged by its name alone, with the treatment in which each arrives there: a card number that
 * was cut to its last four may still be called `pan`. What values showed, a tag or a person said is not looked at again. One
 * way that brings it in clear, or whose start may not be seen, is enough: the category is then left out.
 */
export async function arrivingTreatments(
  query: Pick<Query, 'fieldFlows' | 'fieldsByUid'>,
  n: number,
  field: FieldView,
  categories: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Treatment>> {
  const found = new Map<string, Treatment>();
  const byName = field.evidence.length > 0 ? [] : [...categories].filter((category) => isByName(field, category));
  if (byName.length === 0) return found;
  const flows = (await query.fieldFlows([field.uid], 'upstream', n)).filter(({ from }) => from !== field.uid);
  const starts = await query.fieldsByUid(
    flows.map(({ from }) => from ?? ''),
    n,
  );
  for (const category of byName) {
    const arriving = flows.map(({ effect }, i) => {
      const start = starts[i] ?? null;
      if (start === null) return 'clear';
      const held = start.classifications.find((one) => one.category === category);
      return held === undefined ? null : applyEffect(held.treatment, effect);
    });
    const least = leastTreatedFirst.find((treatment) => arriving.includes(treatment));
    if (least !== undefined && least !== 'clear') found.set(category, least);
  }
  return found;
}

function isByName({ effective }: FieldView, category: string): boolean {
  const one = effective.classifications.find((each) => each.category === category);
  return one?.decidedBy === 'detector' || one?.decidedBy === 'llm';
}
