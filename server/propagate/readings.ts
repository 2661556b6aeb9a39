import { treatments, type Effect, type Treatment } from '../model/treatment.ts';
import type { Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { packGraph, width } from './packed-graph.ts';
import type { PropagationRules } from './propagation-rules.ts';
import { createReach, personKeys } from './reach.ts';
import { loadStops } from './stops.ts';

/** What single regulations make of what reaches fields, where people vouch for other effects under them. */
export interface Readings {
  /**
   * By regulation, the least treated form in which a category reaches a field under it; null: nothing of the value arrives.
   * Only regulations with effects of their own are in it.
   */
  under(field: Uid, category: string): ReadonlyMap<string, Treatment | null>;
}

/** From the most to the least that is left to read back. */
const leastTreatedFirst: readonly Treatment[] = [
  'clear',
  'encrypted',
  'partial',
  'hashed',
  'tokenised',
  'keyed',
  'masked',
  'aggregated',
];
const order = leastTreatedFirst.map((treatment) => treatments.indexOf(treatment));

/**
 * Derives a revision again for each regulation under which functions of the team have another effect, in memory: nothing of it
 * is stored, as what is stored is the most careful of all. Reads the whole revision; 12 bytes a row and 40 an edge stay.
 */
export async function readReadings(options: {
  readonly graph: Pick<GraphStore, 'scan' | 'get' | 'verdicts' | 'entered' | 'list'>;
  readonly n: number;
  readonly rules: PropagationRules;
  /** By regulation, then by upper-case name of the function. */
  readonly under: ReadonlyMap<string, ReadonlyMap<string, Effect>>;
}): Promise<Readings> {
  const { graph, n, rules, under } = options;
  const stops = await loadStops(graph, n);
  const byRegulation = new Map<string, (field: Uid, category: string) => Treatment | null>();
  for (const [regulation, effects] of under) {
    const functions = new Map([...rules.functions, ...effects]);
    const packed = await packGraph(graph, n, { ...rules, functions }, stops);
    const categories = [...packed.origins.keys()];
    const keys =
      packed.groupedBy.size === 0
        ? new Uint8Array(0)
        : personKeys(
            packed,
            categories.filter((category) => rules.personKeys.has(category)),
          );
    const reach = createReach(packed, (field) => keys[field] === 1);
    const states = new Map(categories.map((category) => [category, reach(category).states]));
    byRegulation.set(regulation, (field, category) => {
      const number = packed.indexOf(field);
      const reached = states.get(category);
      if (number < 0 || reached === undefined) return null;
      const found = order.find((treatment) => holds(reached, number * width + treatment));
      return found === undefined ? null : (treatments[found] ?? null);
    });
  }
  return {
    under: (field, category) =>
      new Map([...byRegulation].map(([regulation, treatmentOf]) => [regulation, treatmentOf(field, category)])),
  };
}

/** Is the value among the ascending ones? */
function holds(ascending: Uint32Array, value: number): boolean {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = ascending[middle] ?? 0;
    if (found === value) return true;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
