import { categoryOf, classCarried } from '../model/carried-class.ts';
import type { DerivedClassification } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import type { QueryContext } from './context.ts';
import { isVisible, readRecords } from './entities.ts';
import { hiddenName, shortName } from './field-views.ts';
import { witnessPaths } from './origins.ts';

/**
 * Where classes of a category come from that began at another field than the way which is shown: one sentence a class. `told`:
 * where that way begins, null where none is shown.
 */
export async function classOriginSentences(
  context: QueryContext,
  field: Uid,
  category: string,
  told: Uid | null,
  n: number,
): Promise<readonly string[]> {
  const rows = nearestOfEach(
    (await context.graph.derived([field], n)).filter((row) => row.rank > 0 && categoryOf(row.category) === category),
  );
  if (rows.length === 0) return [];
  const paths = await witnessPaths(context, rows, n);
  const origins = paths.map((path) => path.at(-1)?.field ?? '');
  const fields = await readRecords(context, origins, n);
  const parents = await readRecords(
    context,
    [...fields.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  return rows.flatMap((row, at) => {
    const origin = fields.get(origins[at] ?? '');
    if (origin?.uid === told) return [];
    const dataset = parents.get(origin?.parent ?? '');
    const isShown = origin !== undefined && dataset !== undefined && isVisible(context, dataset);
    return [`${classCarried(row.category) ?? ''} comes from ${isShown ? shortName(dataset, origin) : hiddenName}.`];
  });
}

/** Of each class the row of the fewest steps. */
function nearestOfEach(rows: readonly DerivedClassification[]): readonly DerivedClassification[] {
  const nearest = new Map<string, DerivedClassification>();
  for (const row of rows) {
    if (classCarried(row.category) === null) continue;
    const before = nearest.get(row.category);
    if (before === undefined || row.rank < before.rank) nearest.set(row.category, row);
  }
  return [...nearest.values()].sort((a, b) => (a.category < b.category ? -1 : 1));
}
