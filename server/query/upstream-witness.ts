import { directKinds } from '../model/edge.ts';
import type { DerivedClassification } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import { leastTreatedFirst, type Treatment } from '../model/treatment.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { EdgeRecord } from '../stores/graph/graph-store.ts';
import { carriageOf } from './carriage.ts';
import type { QueryContext } from './context.ts';
import { readEdges } from './lineage/read-edges.ts';
import { witnessPaths, type PropagatedState } from './origins.ts';

/** Fields with a judgement of their own that one way is followed through, and edges it has, at most. */
const maxOrigins = 20;
const maxSteps = 1000;
/** Rows that feed one field and are tried, the least treated and nearest first. */
const maxTried = 20;

/**
 * How a category also reaches a field that carries it by its own verdict, from the farthest origin on that way: the
 * propagation keeps no row there, because the field is an origin itself. Nothing crosses a stop. In order from there to the
 * field; empty: it does not, or not within the limits.
 */
export async function upstreamWitness(
  context: QueryContext,
  field: Uid,
  category: string,
  n: number,
): Promise<readonly PropagatedState[]> {
  let way: readonly Uid[] = [field];
  let start: DerivedClassification | undefined;
  for (let origins = 0; origins < maxOrigins && way.length <= maxSteps; origins++) {
    const before = await feederOf(context, way, category, n);
    if (before === null) break;
    way = [...before.way, ...way];
    start = before.origin;
  }
  return start === undefined ? [] : treatedOnTheWay(context, way, start, n);
}

/** What feeds the first field of a way, back to where that began; nothing that is on the way already. */
async function feederOf(
  context: QueryContext,
  way: readonly Uid[],
  category: string,
  n: number,
): Promise<{ readonly way: readonly Uid[]; readonly origin: DerivedClassification } | null> {
  const [to = ''] = way;
  const { edges } = await readEdges(context, {
    uids: [to],
    direction: 'upstream',
    kinds: directKinds,
    n,
    keep: ({ from }) => !way.includes(from),
  });
  const sources = [...new Set(edges.map(({ from }) => from))];
  const rows = await inBatches(sources, (batch) => context.graph.derived(batch, n));
  const carriage = await carriageOf(context, edges, n);
  const into = Map.groupBy(edges, ({ from }) => from);
  const feeding = rows
    .filter((row) => row.category === category)
    .flatMap((row) => {
      const after = leastTreated(into.get(row.field) ?? [], (edge) => carriage.after(edge, category, row.treatment));
      return after === null ? [] : [{ row, after }];
    })
    .sort(
      (a, b) =>
        leastTreatedFirst.indexOf(a.after) - leastTreatedFirst.indexOf(b.after) ||
        a.row.rank - b.row.rank ||
        (a.row.field < b.row.field ? -1 : 1),
    )
    .slice(0, maxTried)
    .map(({ row }) => row);
  const paths = await witnessPaths(context, feeding, n);
  for (const path of paths) {
    const fields = path.map((state) => state.field).toReversed();
    const [first = ''] = fields;
    if (fields.some((one) => way.includes(one))) continue;
    const begun = path.at(-1);
    const origin = (await context.graph.derived([first], n)).find(
      (row) => row.rank === 0 && row.category === category && row.treatment === begun?.treatment,
    );
    if (origin !== undefined) return { way: fields, origin };
  }
  return null;
}

/** The value's states along a way of fields, from the form in which it starts. */
async function treatedOnTheWay(
  context: QueryContext,
  way: readonly Uid[],
  { category, treatment }: DerivedClassification,
  n: number,
): Promise<readonly PropagatedState[]> {
  const steps = new Set(way.slice(1).map((to, at) => stepKey(way[at] ?? '', to)));
  const { edges } = await readEdges(context, {
    uids: way.slice(1),
    direction: 'upstream',
    kinds: directKinds,
    n,
    keep: ({ from, to }) => steps.has(stepKey(from, to)),
  });
  const carriage = await carriageOf(context, edges, n);
  const bySteps = Map.groupBy(edges, ({ from, to }) => stepKey(from, to));
  const states: PropagatedState[] = [{ field: way[0] ?? '', category, treatment }];
  for (const [at, to] of way.slice(1).entries()) {
    const before = states[at]?.treatment ?? treatment;
    const carrying = bySteps.get(stepKey(way[at] ?? '', to)) ?? [];
    const after = leastTreated(carrying, (edge) => carriage.after(edge, category, before));
    if (after === null) return [];
    states.push({ field: to, category, treatment: after });
  }
  return states;
}

function stepKey(from: Uid, to: Uid): string {
  return `${from}\u0000${to}`;
}

function leastTreated(edges: readonly EdgeRecord[], after: (edge: EdgeRecord) => Treatment | null): Treatment | null {
  const found = new Set(edges.map((edge) => after(edge)));
  return leastTreatedFirst.find((treatment) => found.has(treatment)) ?? null;
}
