import { readArrivedClasses, type ArrivedClasses, type RowName } from '../stores/graph/origin-classes.ts';
import type { QueryContext } from './context.ts';

/** With which coarse classes categories arrive along lineage. */
export async function readArrived(
  { graph, taxonomy, words }: QueryContext,
  rows: readonly RowName[],
  n: number,
): Promise<ArrivedClasses> {
  return readArrivedClasses(graph, n, rows, {
    classesOf: (category) => taxonomy.classesOf(category),
    isOutside: (sources) => words.isOutside('hipaa', sources),
  });
}
