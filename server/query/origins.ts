import type { DerivedClassification } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import type { Treatment } from '../model/treatment.ts';
import type { QueryContext } from './context.ts';
import { inBatches } from '../stores/in-batches.ts';

/** A state of a field in the propagation: what reached it, how treated. */
export interface PropagatedState {
  readonly field: Uid;
  readonly category: string;
  readonly treatment: Treatment;
}

/** Longest witness path followed; ranks fall at every step, so only a broken store comes near it. */
const maxSteps = 10_000;

/**
 * Follows derived rows back along `via` to where they began: one list of states per row, the row's own first, the origin
 * last. All rows together, one read of the store a step. A row whose way back is broken ends where it breaks.
 */
export async function witnessPaths(
  context: QueryContext,
  rows: readonly DerivedClassification[],
  n: number,
): Promise<readonly (readonly PropagatedState[])[]> {
  const paths = rows.map((row) => [stateOf(row)]);
  const known = new Map<Uid, readonly DerivedClassification[]>();
  let open = rows.map((row, index) => ({ index, row }));
  for (let step = 0; step < maxSteps && open.length > 0; step++) {
    const next = open.flatMap(({ index, row }) =>
      row.via === null || row.rank === 0 ? [] : [{ index, rank: row.rank, category: row.category, via: row.via }],
    );
    const missing = [...new Set(next.map(({ via }) => via.field))].filter((field) => !known.has(field));
    const read = await inBatches(missing, (batch) => context.graph.derived(batch, n));
    const byField = Map.groupBy(read, (row) => row.field);
    for (const field of missing) known.set(field, byField.get(field) ?? []);
    open = next.flatMap(({ index, rank, category, via }) => {
      paths[index]?.push({ field: via.field, category, treatment: via.treatment });
      const row = known
        .get(via.field)
        ?.find((candidate) => candidate.category === category && candidate.treatment === via.treatment);
      return row !== undefined && row.rank < rank ? [{ index, row }] : [];
    });
  }
  return paths;
}

function stateOf({ field, category, treatment }: DerivedClassification): PropagatedState {
  return { field, category, treatment };
}
