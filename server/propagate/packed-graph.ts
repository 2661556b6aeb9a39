import { cutEndOf, joiningOf, type Joining } from '../model/parts.ts';
import { directKinds } from '../model/edge.ts';
import type { Uid } from '../model/ids.ts';
import type { Verdict } from '../model/classification.ts';
import { effects, treatments, type Effect } from '../model/treatment.ts';
import type { EdgeRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';
import { inBatches } from '../stores/in-batches.ts';
import { groupsCount, type GroupEdge } from './grouping.ts';
import { originsOf, type Origin } from './origins.ts';
import { effectUnder, type PropagationRules } from './propagation-rules.ts';
import type { Stops } from './stops.ts';
import { tablesOf } from './tables-of.ts';
import { saySubject, subjectKeys, subjectOriginsOf } from './subject-keys.ts';

/** Treatments a field; a state is `field * width + treatment`. */
export const width = treatments.length;

/** A whole revision in typed arrays: some 40 bytes an edge. Fields are numbered in the order of their uids. */
export interface PackedGraph {
  readonly uids: readonly Uid[];
  /** Number of a field; -1: it has neither edge nor verdict. */
  indexOf(uid: Uid): number;
  /** Edges out of field `i` are `start[i] … start[i + 1] - 1`. */
  readonly start: Uint32Array;
  readonly target: Uint32Array;
  /** Index into {@link effects}. */
  readonly effect: Uint8Array;
  /** Index into {@link cutEnds}: the end that an edge keeps which cuts the value; other edges keep none. */
  readonly cutEnd: Uint8Array;
  /** By edge that puts a value to others: how, and the number of its job. */
  readonly joins: ReadonlyMap<number, Joins>;
  /** By field that edges cut values from: its table. */
  readonly tables: ReadonlyMap<number, Uid>;
  /** By edge that counts: the fields it is grouped by. */
  readonly groupedBy: ReadonlyMap<number, readonly number[]>;
  /** Fields that are the key of a table of persons. */
  readonly subjectKeys: ReadonlySet<number>;
  /** By edge: its stopping sources, only where there are stops. */
  readonly stopped: (edge: number, category: string) => boolean;
  /** By category: the states where it starts, ascending. */
  readonly origins: ReadonlyMap<string, readonly number[]>;
}

interface Joins {
  readonly how: Joining;
  readonly job: number | null;
}

/** Reads a revision page by page. */
export async function packGraph(
  graph: Pick<GraphStore, 'scan' | 'get' | 'list' | 'verdicts'>,
  n: number,
  rules: PropagationRules,
  stops: Stops,
): Promise<PackedGraph> {
  const origins = await readOrigins(graph, n);
  const found = await readEdges(graph, n, rules, !stops.isEmpty);
  const numbers = new Map<Uid, number>();
  const grouping = found.groups.map(({ field }) => field);
  const uids = [...new Set([...found.ids.keys(), ...origins.keys(), ...grouping])].sort();
  for (const [i, uid] of uids.entries()) numbers.set(uid, i);
  const indexOf = (uid: Uid): number => numbers.get(uid) ?? -1;

  const renumber = new Uint32Array(found.ids.size);
  for (const [uid, id] of found.ids) renumber[id] = indexOf(uid);
  const { start, order } = rowsBySource(found, renumber, uids.length);
  const target = new Uint32Array(found.count);
  const effect = new Uint8Array(found.count);
  const cutEnd = new Uint8Array(found.count);
  const joins = new Map<number, Joins>();
  for (let at = 0; at < found.count; at++) {
    const edge = order[at] ?? 0;
    target[at] = renumber[found.to[edge] ?? 0] ?? 0;
    effect[at] = found.effect[edge] ?? 0;
    cutEnd[at] = found.cutEnd[edge] ?? 0;
    const joining = found.joins.get(edge);
    if (joining !== undefined) joins.set(at, joining);
  }
  const stopped = (at: number, category: string): boolean => {
    const edge = found.kept.get(order[at] ?? 0);
    return edge !== undefined && stops.stops(edge, category);
  };
  const groupedBy = await readGroupings(graph, n, found, order, indexOf);
  const keys = groupedBy.size === 0 ? new Set<Uid>() : await subjectKeys(graph, [...new Set(grouping)], n);
  const keyNumbers = new Set([...keys].map((uid) => indexOf(uid)));
  return {
    uids,
    indexOf,
    start,
    target,
    effect,
    cutEnd,
    joins,
    tables: new Map([...(await tablesOf(graph, n, found.cutFrom))].map(([uid, table]) => [indexOf(uid), table])),
    groupedBy,
    subjectKeys: keyNumbers,
    stopped,
    origins: statesOf(origins, indexOf),
  };
}

interface FoundEdges {
  /** Numbers in order of arrival. */
  readonly ids: ReadonlyMap<Uid, number>;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly effect: Uint8Array;
  readonly cutEnd: Uint8Array;
  readonly joins: ReadonlyMap<number, Joins>;
  readonly cutFrom: ReadonlySet<Uid>;
  readonly count: number;
  /** Whole edges, where stops or groupings need them. */
  readonly kept: ReadonlyMap<number, EdgeRecord>;
  readonly groups: readonly GroupEdge[];
}

const countEffect = effects.indexOf('count');
const partialEffect = effects.indexOf('partial');

/** Which end of a value an edge keeps, by the number that {@link PackedGraph.cutEnd} has. */
export const cutEnds = [null, 'beginning', 'end'] as const;

async function readEdges(
  graph: Pick<GraphStore, 'scan'>,
  n: number,
  rules: PropagationRules,
  keepAll: boolean,
): Promise<FoundEdges> {
  const ids = new Map<Uid, number>();
  const kept = new Map<number, EdgeRecord>();
  const groups: GroupEdge[] = [];
  let from = new Uint32Array(1024);
  let to = new Uint32Array(1024);
  let effect = new Uint8Array(1024);
  let cutEnd = new Uint8Array(1024);
  const joins = new Map<number, Joins>();
  const jobs = new Map<Uid, number>();
  const cutFrom = new Set<Uid>();
  let count = 0;
  const idOf = (uid: Uid): number => {
    let id = ids.get(uid);
    if (id === undefined) {
      id = ids.size;
      ids.set(uid, id);
    }
    return id;
  };
  for await (const edge of everyPage((page) => graph.scan('edges', n, page), 10_000)) {
    if (edge.kind === 'GROUP_BY') {
      groups.push({ field: edge.from, dataset: edge.to, job: edge.job, statement: edge.statement });
      continue;
    }
    if (!(directKinds as readonly string[]).includes(edge.kind)) continue;
    if (count === from.length) {
      [from, to] = [grown(from, Uint32Array), grown(to, Uint32Array)];
      [effect, cutEnd] = [grown(effect, Uint8Array), grown(cutEnd, Uint8Array)];
    }
    from[count] = idOf(edge.from);
    to[count] = idOf(edge.to);
    effect[count] = effects.indexOf(effectUnder(rules, edge.fn, edge.effect));
    const how = joiningOf(edge.fn);
    if (how !== null) {
      if (edge.job !== null && !jobs.has(edge.job)) jobs.set(edge.job, jobs.size);
      joins.set(count, { how, job: edge.job === null ? null : (jobs.get(edge.job) ?? null) });
    }
    if (effect[count] === partialEffect) {
      cutEnd[count] = cutEnds.indexOf(cutEndOf(edge.fn));
      cutFrom.add(edge.from);
    }
    if (keepAll || effect[count] === countEffect) kept.set(count, edge);
    count += 1;
  }
  return { ids, from, to, effect, cutEnd, joins, cutFrom, count, kept, groups };
}

function grown<A extends Uint32Array | Uint8Array>(array: A, type: new (length: number) => A): A {
  const bigger = new type(array.length * 2);
  bigger.set(array);
  return bigger;
}

/** Counting sort of the edges by their source. */
function rowsBySource(
  { from, count }: FoundEdges,
  renumber: Uint32Array,
  fields: number,
): { readonly start: Uint32Array; readonly order: Uint32Array } {
  const start = new Uint32Array(fields + 1);
  for (let edge = 0; edge < count; edge++)
    start[(renumber[from[edge] ?? 0] ?? 0) + 1] = (start[(renumber[from[edge] ?? 0] ?? 0) + 1] ?? 0) + 1;
  for (let i = 0; i < fields; i++) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0);
  const next = start.slice();
  const order = new Uint32Array(count);
  for (let edge = 0; edge < count; edge++) {
    const source = renumber[from[edge] ?? 0] ?? 0;
    const at = next[source] ?? 0;
    order[at] = edge;
    next[source] = at + 1;
  }
  return { start, order };
}

async function readOrigins(
  graph: Pick<GraphStore, 'list' | 'scan'>,
  n: number,
): Promise<ReadonlyMap<Uid, readonly Origin[]>> {
  const verdicts = new Map<Uid, Verdict[]>();
  for await (const verdict of everyPage((page) => graph.scan('verdicts', n, page), 5000)) {
    const own = verdicts.get(verdict.field);
    if (own === undefined) verdicts.set(verdict.field, [verdict]);
    else own.push(verdict);
  }
  const subjects = new Map([...verdicts].filter(([, own]) => saySubject(own)));
  const origins = new Map<Uid, readonly Origin[]>(await subjectOriginsOf(graph, subjects, n));
  for (const [field, own] of verdicts) {
    const started = originsOf(own);
    if (started.length > 0) origins.set(field, [...started, ...(origins.get(field) ?? [])]);
  }
  return origins;
}

function statesOf(
  origins: ReadonlyMap<Uid, readonly Origin[]>,
  indexOf: (uid: Uid) => number,
): ReadonlyMap<string, readonly number[]> {
  const states = new Map<string, number[]>();
  for (const [field, own] of origins)
    for (const { category, treatment } of own) {
      const state = indexOf(field) * width + treatments.indexOf(treatment);
      const list = states.get(category);
      if (list === undefined) states.set(category, [state]);
      else list.push(state);
    }
  for (const list of states.values()) list.sort((a, b) => a - b);
  return states;
}

async function readGroupings(
  graph: Pick<GraphStore, 'get'>,
  n: number,
  { kept, groups, effect }: FoundEdges,
  order: Uint32Array,
  indexOf: (uid: Uid) => number,
): Promise<ReadonlyMap<number, readonly number[]>> {
  const counts: { readonly at: number; readonly edge: EdgeRecord }[] = [];
  for (const [at, number] of order.entries()) {
    const edge = kept.get(number);
    if (edge !== undefined && effect[number] === countEffect) counts.push({ at, edge });
  }
  const targets = [...new Set(counts.map(({ edge }) => edge.to))];
  const found = await inBatches(targets, (batch) => graph.get(batch, n));
  const parents = new Map(targets.map((target, i) => [target, found[i]?.parent ?? null]));
  const byDataset = Map.groupBy(groups, ({ dataset }) => dataset);
  const grouped = new Map<number, readonly number[]>();
  for (const { at, edge } of counts) {
    const own = (byDataset.get(parents.get(edge.to) ?? '') ?? []).filter((group) => groupsCount(group, edge));
    grouped.set(
      at,
      own.map(({ field }) => indexOf(field)).filter((i) => i >= 0),
    );
  }
  return grouped;
}

/** The effect that an index of {@link PackedGraph.effect} stands for. */
export function effectAt(index: number): Effect {
  return effects[index] ?? 'unknown';
}
