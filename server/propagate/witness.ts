import { directKinds } from '../model/edge.ts';
import { isPutTogether } from '../model/parts.ts';
import type { DerivedClassification } from '../model/classification.ts';
import { treatments, type Effect, type Treatment } from '../model/treatment.ts';
import type { Carrier } from '../model/vouched-functions.ts';
import type { Uid } from '../model/ids.ts';
import type { EdgeRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';
import { byCarrier, readCarriage } from './carriage.ts';
import { effectUnder, type PropagationRules } from './propagation-rules.ts';

/** One step by which a category reached a field. */
export interface WitnessStep {
  /** Null: parts of the value come together at the field where they stand. */
  readonly edge: EdgeRecord | null;
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

type WitnessGraph = Pick<GraphStore, 'derived' | 'edges' | 'entered' | 'get' | 'list' | 'verdicts'>;

/**
 * Follows a category back to where it came from, step by step along `via`. `treatment` undefined: the row that leaves most
 * to read back. Null when the field does not carry the category at `n`.
 */
export async function witness(options: {
  readonly graph: WitnessGraph;
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
    if (before === null || before.rank >= row.rank) return null;
    const joins = isPutTogether(row, before);
    const edge = joins ? null : await edgeOf(graph, n, before, row, rules);
    if (edge === null && !joins) return null;
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

/** The edge of a step: one that carried it, past stops and ungrouped counts; of several, the first by job and function. */
async function edgeOf(
  graph: WitnessGraph,
  n: number,
  before: DerivedClassification,
  after: DerivedClassification,
  rules: PropagationRules,
): Promise<EdgeRecord | null> {
  const edges: EdgeRecord[] = [];
  for await (const edge of everyPage((page) => graph.edges([after.field], 'upstream', directKinds, n, page)))
    if (edge.from === before.field) edges.push(edge);
  const { personKeys } = rules;
  const effectOf = ({ fn, effect }: Carrier): Effect => effectUnder(rules, fn, effect);
  const carriage = await readCarriage({ graph, n, edges, effectOf, personKeys });
  const fitting = edges.filter((edge) => carriage.after(edge, before.category, before.treatment) === after.treatment);
  return fitting.toSorted(byCarrier)[0] ?? null;
}
