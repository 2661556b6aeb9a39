import { applyEffect, effects, treatments } from '../model/treatment.ts';
import type { PackedGraph } from './packed-graph.ts';
import { cutEnds, effectAt, width } from './packed-graph.ts';
import type { PropagationRules } from './propagation-rules.ts';
import { bringsPart, putTogether, type PartEdge, type PartsInto } from './put-together.ts';

/** What one category reaches: its states in ascending order, with the steps from an origin and the state before. */
export interface Reached {
  readonly states: Uint32Array;
  readonly ranks: Uint32Array;
  /** -1 at an origin. */
  readonly vias: Int32Array;
}

/** `treatment * effects + effect` → treatment after, -1: nothing remains; once for counts grouped by a person, once for others. */
function effectTable(personKeyInGroup: boolean): Int8Array {
  const table = new Int8Array(treatments.length * effects.length).fill(-1);
  for (const [t, treatment] of treatments.entries())
    for (let e = 0; e < effects.length; e++) {
      const after = applyEffect(treatment, effectAt(e), personKeyInGroup);
      table[t * effects.length + e] = after === null ? -1 : treatments.indexOf(after);
    }
  return table;
}

const plain = effectTable(false);
const byPerson = effectTable(true);
const aggregated = treatments.indexOf('aggregated');
const partial = treatments.indexOf('partial');

/** What categories reach under the rules. The arrays behind it are used again from category to category. */
export function reachByRules(graph: PackedGraph, rules: PropagationRules): (category: string) => Reached {
  const single = [...graph.origins.keys()].filter((category) => rules.personKeys.has(category));
  const keys = graph.groupedBy.size === 0 ? new Uint8Array(0) : personKeys(graph, single);
  return createReach(graph, (field) => keys[field] === 1);
}

/** Where a state stands among ascending ones; -1: it is not there. */
export function indexOfState(ascending: Uint32Array, state: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = ascending[middle] ?? 0;
    if (found === state) return middle;
    if (found < state) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Marks the fields at which a person's key stands: where a category that singles out a person arrives, other than in figures. */
function personKeys(graph: PackedGraph, categories: Iterable<string>): Uint8Array {
  const keys = new Uint8Array(graph.uids.length);
  for (const field of graph.subjectKeys) keys[field] = 1;
  const reach = createReach(graph, () => false);
  for (const category of categories)
    for (const state of reach(category).states) if (state % width !== aggregated) keys[Math.floor(state / width)] = 1;
  return keys;
}

/**
 * Breadth first over the states (field, treatment) of one category. Each level is taken in ascending order, so of several
 * ways of equal length the one through the smallest state is kept.
 */
function createReach(graph: PackedGraph, isPersonKey: (field: number) => boolean): (category: string) => Reached {
  const { start, target, effect, groupedBy, stopped } = graph;
  const ranks = new Int32Array(graph.uids.length * width).fill(-1);
  const vias = new Int32Array(graph.uids.length * width);
  const tableOf = (edge: number): Int8Array =>
    (groupedBy.get(edge) ?? []).some((field) => isPersonKey(field)) ? byPerson : plain;

  const spread = (category: string, joined: ReadonlyMap<number, readonly Joined[]>): Reached => {
    const visited: number[] = [];
    let level = [...(graph.origins.get(category) ?? [])];
    for (const state of level) {
      ranks[state] = 0;
      vias[state] = -1;
      visited.push(state);
    }
    for (let rank = 1; level.length > 0; rank++) {
      const next: number[] = [];
      for (const state of level) {
        const field = Math.floor(state / width);
        const treatment = state % width;
        const end = start[field + 1] ?? 0;
        for (let edge = start[field] ?? 0; edge < end; edge++) {
          const table = groupedBy.size > 0 && groupedBy.has(edge) ? tableOf(edge) : plain;
          const after = table[treatment * effects.length + (effect[edge] ?? 0)] ?? -1;
          if (after < 0) continue;
          const reached = (target[edge] ?? 0) * width + after;
          if (ranks[reached] !== -1 || stopped(edge, category)) continue;
          ranks[reached] = rank;
          vias[reached] = state;
          next.push(reached);
          visited.push(reached);
        }
      }
      for (const { state, via } of joined.get(rank) ?? []) {
        if (ranks[state] === rank) vias[state] = Math.min(vias[state] ?? via, via);
        if (ranks[state] !== -1) continue;
        ranks[state] = rank;
        vias[state] = via;
        next.push(state);
        visited.push(state);
      }
      level = next.sort((a, b) => a - b);
    }
    const states = Uint32Array.from(visited).sort();
    const reached = {
      states,
      ranks: Uint32Array.from(states, (s) => ranks[s] ?? 0),
      vias: Int32Array.from(states, (s) => vias[s] ?? -1),
    };
    for (const state of states) ranks[state] = -1;
    return reached;
  };
  return (category) => {
    const reached = spread(category, new Map());
    const joined = joinedParts(graph, category, reached);
    return joined.size === 0 ? reached : spread(category, joined);
  };
}

/** A state where the whole value stands because parts of it come together, and that of the parts. */
interface Joined {
  readonly state: number;
  readonly via: number;
}

/** By rank, where parts of a value come together, given what its category reaches. */
function joinedParts(
  graph: PackedGraph,
  category: string,
  { states, ranks }: Reached,
): ReadonlyMap<number, readonly Joined[]> {
  const joined = new Map<number, Joined[]>();
  const holding = new Map<number, number>();
  for (const [i, state] of states.entries())
    if (state % width === partial) holding.set(Math.floor(state / width), ranks[i] ?? 0);
  if (holding.size === 0) return joined;
  const into = partsInto(graph, category, states, holding);
  for (const { field, treatment } of putTogether(into, into.keys(), (id) => graph.tables.get(id) ?? null)) {
    const rank = (holding.get(field) ?? 0) + 1;
    const level = joined.get(rank) ?? [];
    joined.set(rank, level);
    level.push({ state: field * width + treatments.indexOf(treatment), via: field * width + partial });
  }
  return joined;
}

function partsInto(
  graph: PackedGraph,
  category: string,
  states: Uint32Array,
  holding: ReadonlyMap<number, unknown>,
): PartsInto<number> {
  const into = new Map<number, PartEdge<number>[]>([...holding.keys()].map((field) => [field, []]));
  for (const state of states) {
    const from = Math.floor(state / width);
    for (let edge = graph.start[from] ?? 0; edge < (graph.start[from + 1] ?? 0); edge++) {
      const brings = bringsPart(treatments[state % width] ?? 'clear', effectAt(graph.effect[edge] ?? 0));
      if (brings === null || graph.stopped(edge, category)) continue;
      const { how = null, job = null } = graph.joins.get(edge) ?? {};
      const end = brings === 'cut' ? (cutEnds[graph.cutEnd[edge] ?? 0] ?? null) : null;
      into.get(graph.target[edge] ?? 0)?.push({ from, brings, end, joins: how, job });
    }
  }
  return into;
}
