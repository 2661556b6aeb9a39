import type { DerivedClassification } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import { createBatchWriter } from '../stores/graph/batch-writer.ts';
import type { GraphStore, OpenRevision } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';
import { propagateChange } from './propagate-change.ts';
import { propagateWhole } from './propagate-whole.ts';
import type { PropagationRules } from './propagation-rules.ts';
import { seedsBetween, type Seeds } from './seeds.ts';
import { loadStops } from './stops.ts';

/** What one propagation did. */
export interface Propagated {
  readonly mode: 'none' | 'change' | 'whole';
  /** Rows written or ended. */
  readonly rows: number;
}

/** Beyond this many changed fields, reading everything once is cheaper than asking around each. */
const maxSeeds = 20_000;

/**
 * Brings the derived rows of the open revision to the fixpoint of its edges, verdicts, entries and rules. Everything that
 * changed is read from the revision itself, so that a killed attempt is simply made again. INDIRECT edges carry nothing.
 * Called last, before publishing, once or more often.
 */
export async function propagate(options: {
  readonly graph: GraphStore;
  readonly open: OpenRevision;
  readonly rules: PropagationRules;
  /** Derive all rows again, whatever changed. */
  readonly full?: boolean;
  /** How many verdicts the caller has written: very many make asking around each pointless. */
  readonly expected?: number;
  /** Called between batches: renews leases, reports progress. */
  readonly between?: (written: number) => Promise<void>;
}): Promise<Propagated> {
  const { graph, open } = options;
  // A team's function may run out meanwhile: one propagation stands on one set of rules.
  const rules = { ...options.rules };
  const { n } = open;
  const before = (await graph.head()).published;
  const write = createBatchWriter(graph, open, options.between);
  const stops = await loadStops(graph, n);
  const [aRow] = before === 0 ? [] : (await graph.scan('derived', before, { first: 1 })).items;
  const [aVerdict] = (await graph.scan('verdicts', n, { first: 1 })).items;
  if (aRow === undefined && aVerdict === undefined) return { mode: 'none', rows: 0 };
  const otherRules = aRow !== undefined && aRow.rules !== rules.id;
  const whole = options.full === true || before === 0 || otherRules || (options.expected ?? 0) > maxSeeds;
  const seeds = whole ? null : await seedsBetween(graph, before, n);
  if (seeds !== null && isEmpty(seeds)) return { mode: 'none', rows: 0 };
  if (seeds === null || seeds.fields.size > maxSeeds) {
    for await (const change of propagateWhole({ graph, n, rules, stops })) await write.add(change);
    return { mode: 'whole', rows: await write.end() };
  }
  const rows = await propagateChange({ graph, n, before, rules, stops, seeds });
  await rows.load(seeds.written);
  const actual = seeds.written.size === 0 ? new Map() : await actualRows(graph, n, [...seeds.written]);
  for (const change of rows.changes(actual)) await write.add(change);
  return { mode: 'change', rows: await write.end() };
}

function isEmpty({ fields, groupedDatasets, subjects, written }: Seeds): boolean {
  return fields.size + groupedDatasets.size + subjects.size + written.size === 0;
}

async function actualRows(
  graph: Pick<GraphStore, 'derived'>,
  n: number,
  fields: readonly Uid[],
): Promise<ReadonlyMap<Uid, readonly DerivedClassification[]>> {
  const actual = new Map<Uid, DerivedClassification[]>(fields.map((field) => [field, []]));
  for (const row of await inBatches(fields, (batch) => graph.derived(batch, n))) actual.get(row.field)?.push(row);
  return actual;
}
