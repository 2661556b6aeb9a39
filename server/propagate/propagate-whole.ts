import type { DerivedClassification } from '../model/classification.ts';
import { treatments, type Treatment } from '../model/treatment.ts';
import type { Change, GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';
import { packGraph, width, type PackedGraph } from './packed-graph.ts';
import { indexOfState, reachByRules, type Reached } from './reach.ts';
import { isSameRow } from './row.ts';
import type { PropagationRules } from './propagation-rules.ts';
import type { Stops } from './stops.ts';

/**
 * Derives all rows of a revision again and yields what differs from the rows that are there, whoever wrote them. Some 12
 * bytes a row and 40 an edge are held in memory.
 */
export async function* propagateWhole(options: {
  readonly graph: Pick<GraphStore, 'scan' | 'get' | 'list' | 'verdicts'>;
  readonly n: number;
  readonly rules: PropagationRules;
  readonly stops: Stops;
}): AsyncIterable<Change> {
  const { graph, n, rules } = options;
  const packed = await packGraph(graph, n, rules, options.stops);
  const categories = [...packed.origins.keys()].sort();
  const reach = reachByRules(packed, rules);
  const wanted = new Map(categories.map((category) => [category, createWanted(packed, reach(category))]));

  for await (const row of everyPage((page) => graph.scan('derived', n, page), 10_000)) {
    const { field, category, treatment } = row;
    const right = wanted.get(category)?.take(field, treatment);
    if (right === undefined) yield { type: 'end-derived', field, category, treatment };
    else {
      const derived = derivedOf(packed, category, right, rules.id);
      if (!isSameRow(row, derived)) yield { type: 'derived', row: derived };
    }
  }
  for (const category of categories)
    for (const right of wanted.get(category)?.left() ?? [])
      yield { type: 'derived', row: derivedOf(packed, category, right, rules.id) };
}

interface WantedState {
  readonly state: number;
  readonly rank: number;
  readonly via: number;
}

/** The rows of one category; those met in the graph are taken out one by one. */
interface Wanted {
  take(field: string, treatment: Treatment): WantedState | undefined;
  left(): Iterable<WantedState>;
}

function createWanted(graph: PackedGraph, { states, ranks, vias }: Reached): Wanted {
  const taken = new Uint8Array(states.length);
  const at = (i: number): WantedState => ({ state: states[i] ?? 0, rank: ranks[i] ?? 0, via: vias[i] ?? -1 });
  return {
    take(field, treatment) {
      const number = graph.indexOf(field);
      const i = number < 0 ? -1 : indexOfState(states, number * width + treatments.indexOf(treatment));
      if (i < 0) return undefined;
      taken[i] = 1;
      return at(i);
    },
    *left() {
      for (const [i, isTaken] of taken.entries()) if (isTaken === 0) yield at(i);
    },
  };
}

function derivedOf(
  graph: PackedGraph,
  category: string,
  { state, rank, via }: WantedState,
  rules: string,
): DerivedClassification {
  return {
    field: fieldAt(graph, state),
    category,
    treatment: treatmentAt(state),
    rank,
    via: via < 0 ? null : { field: fieldAt(graph, via), treatment: treatmentAt(via) },
    rules,
  };
}

function fieldAt(graph: PackedGraph, state: number): string {
  return graph.uids[Math.floor(state / width)] ?? '';
}

function treatmentAt(state: number): Treatment {
  return treatments[state % width] ?? 'clear';
}
