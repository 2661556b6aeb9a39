import { directKinds } from '../model/edge.ts';
import type { DerivedClassification } from '../model/classification.ts';
import { applyEffect, treatments, type Treatment } from '../model/treatment.ts';
import type { Uid } from '../model/ids.ts';
import type { EdgeRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';
import { effectUnder, type PropagationRules } from './propagation-rules.ts';

/** One step by which a category reached a field. */
export interface WitnessStep {
  readonly edge: EdgeRecord;
  /** What stood at the edge's far end before the step, and what stands at its near end after it. */
  readonly before: Treatment;
  readonly after: Treatment;
}

/** One way, of the fewest steps, by which a category reached a field: from its origin on. No steps: the field is the origin. */
export interface Witness {
  readonly origin: Uid;
  readonly category: string;
  readonly steps: readonly WitnessStep[];
}

/**
 * Follows a category back to where it came from, step by step along `via`. `treatment` undefined: the row that leaves most
 * to read back. Null when the field does not carry the category at `n`.
 */
export async function witness(options: {
  readonly graph: Pick<GraphStore, 'derived' | 'edges'>;
  readonly n: number;
  readonly field: Uid;
  readonly category: string;
  readonly treatment?: Treatment;
  readonly rules: PropagationRules;
}): Promise<Witness | null> {
  const { graph, n, category, rules } = options;
  let row = await rowAt(graph, n, options.field, category, options.treatment);
  if (row === null) return null;
  const steps: WitnessStep[] = [];
  while (row.via !== null) {
    const before: DerivedClassification | null = await rowAt(graph, n, row.via.field, category, row.via.treatment);
    const edge = before === null ? null : await edgeOf(graph, n, before, row, rules);
    if (before === null || edge === null || before.rank >= row.rank) return null;
    steps.push({ edge, before: before.treatment, after: row.treatment });
    row = before;
  }
  return { origin: row.field, category, steps: steps.reverse() };
}

async function rowAt(
  graph: Pick<GraphStore, 'derived'>,
  n: number,
  field: Uid,
  category: string,
  treatment: Treatment | undefined,
): Promise<DerivedClassification | null> {
  const rows = (await graph.derived([field], n)).filter(
    (row) => row.category === category && (treatment === undefined || row.treatment === treatment),
  );
  rows.sort((a, b) => treatments.indexOf(a.treatment) - treatments.indexOf(b.treatment));
  return rows[0] ?? null;
}

/** The edge of a step; of several, the one with the smallest job and function. */
async function edgeOf(
  graph: Pick<GraphStore, 'edges'>,
  n: number,
  before: DerivedClassification,
  after: DerivedClassification,
  rules: PropagationRules,
): Promise<EdgeRecord | null> {
  const fitting: EdgeRecord[] = [];
  for await (const edge of everyPage((page) => graph.edges([after.field], 'upstream', directKinds, n, page))) {
    const effect = effectUnder(rules, edge.fn, edge.effect);
    // A count that carried anything was grouped by a person's key; otherwise there would be no row.
    if (edge.from === before.field && applyEffect(before.treatment, effect, true) === after.treatment)
      fitting.push(edge);
  }
  fitting.sort((a, b) => (edgeText(a) < edgeText(b) ? -1 : 1));
  return fitting[0] ?? null;
}

function edgeText({ job, fn, source }: EdgeRecord): string {
  return `${job ?? ''}\u0000${fn}\u0000${source}`;
}
