import { isCategoryRow } from '../model/carried-class.ts';
import { leastTreatedFirst, treatments, type Effect, type Treatment } from '../model/treatment.ts';
import type { Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { packGraph, width } from './packed-graph.ts';
import type { PropagationRules } from './propagation-rules.ts';
import { indexOfState, reachByRules } from './reach.ts';
import { loadStops } from './stops.ts';

/** What single regulations make of what reaches fields, where people vouch for other effects under them. */
export interface Readings {
  /**
   * By regulation, the least treated form in which a category reaches a field under it; null: nothing of the value arrives.
   * Only regulations with effects of their own are in it.
   */
  under(field: Uid, category: string): ReadonlyMap<string, Treatment | null>;
}

/** By their numbers in states, from the most to the least that is left to read back. */
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
    const reach = reachByRules(packed, rules);
    const asked = [...packed.origins.keys()].filter((category) => isCategoryRow({ category }));
    const states = new Map(asked.map((category) => [category, reach(category).states]));
    byRegulation.set(regulation, (field, category) => {
      const number = packed.indexOf(field);
      const reached = states.get(category);
      if (number < 0 || reached === undefined) return null;
      const found = order.find((treatment) => indexOfState(reached, number * width + treatment) >= 0);
      return found === undefined ? null : (treatments[found] ?? null);
    });
  }
  return {
    under: (field, category) =>
      new Map([...byRegulation].map(([regulation, treatmentOf]) => [regulation, treatmentOf(field, category)])),
  };
}
