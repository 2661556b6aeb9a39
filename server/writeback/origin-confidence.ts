import type { DerivedClassification } from '../model/classification.ts';
import type { EffectiveClassification } from '../model/effective.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';

/** Steps that a propagated classification is followed back; beyond it counts as not sure. */
const maxSteps = 100;

/** How sure a classification is: its verdict, or the verdict at the origin that it was carried from. */
export interface Confidences {
  of(classification: EffectiveClassification): number;
}

/** Follows derived rows back to their origins, many at a time. An origin that cannot be found is not sure at all. */
export async function originConfidences(
  graph: Pick<GraphStore, 'derived' | 'verdicts'>,
  n: number,
  rows: readonly DerivedClassification[],
): Promise<Confidences> {
  const known = new Map<string, DerivedClassification>();
  for (const row of rows) known.set(keyOf(row.field, row.category, row.treatment), row);
  const asked = new Set<string>();
  let frontier = rows.filter(({ via }) => via !== null);
  for (let step = 0; step < maxSteps && frontier.length > 0; step++) {
    const missing = [...new Set(frontier.flatMap(({ via }) => (via === null ? [] : [via.field])))].filter(
      (uid) => !asked.has(uid),
    );
    const found = await inBatches(missing, (batch) => graph.derived(batch, n));
    for (const uid of missing) asked.add(uid);
    for (const row of found) known.set(keyOf(row.field, row.category, row.treatment), row);
    frontier = found.filter(({ via }) => via !== null && !asked.has(via.field));
  }
  const origins = new Map<string, string | null>();
  for (const row of rows) origins.set(keyOf(row.field, row.category, row.treatment), originOf(row, known));
  const fields = [...new Set([...origins.values()].filter((uid) => uid !== null))];
  const byField = Map.groupBy(await inBatches(fields, (batch) => graph.verdicts(batch, n)), ({ field }) => field);
  return {
    of(one) {
      if (one.verdict !== null) return one.verdict.decider === 'human' ? 1 : one.confidence;
      const sure = one.rows.map((row) => {
        const origin = origins.get(keyOf(row.field, row.category, row.treatment)) ?? null;
        const own = (origin === null ? [] : (byField.get(origin) ?? [])).filter(
          ({ category, state }) => category === row.category && state !== 'rejected',
        );
        return Math.max(0, ...own.map(({ decider, confidence }) => (decider === 'human' ? 1 : confidence)));
      });
      return sure.length === 0 ? 0 : Math.max(...sure);
    },
  };
}

function originOf(row: DerivedClassification, known: ReadonlyMap<string, DerivedClassification>): string | null {
  let at = row;
  for (let step = 0; step < maxSteps; step++) {
    if (at.via === null) return at.field;
    const next = known.get(keyOf(at.via.field, at.category, at.via.treatment));
    if (next === undefined) return at.via.field;
    at = next;
  }
  return null;
}

function keyOf(field: string, category: string, treatment: string): string {
  return `${field} ${category} ${treatment}`;
}
