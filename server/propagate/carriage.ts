import { applyEffect, type Effect, type Treatment } from '../model/treatment.ts';
import type { Carrier } from '../model/vouched-functions.ts';
import type { EdgeRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { createDerivedRows } from './derived-rows.ts';
import { createGrouping } from './grouping.ts';
import { loadStops } from './stops.ts';

/** What single edges carried at a revision: by its rules, the stops in force and what counts are grouped by. */
export interface Carriage {
  /** The form in which a value of a category leaves the edge; null: nothing of it does. */
  after(edge: EdgeRecord, category: string, before: Treatment): Treatment | null;
}

/** Reads what is needed to say of these edges what they carried at `n`. Every sentence on a single edge stands on it. */
export async function readCarriage(options: {
  readonly graph: Pick<GraphStore, 'derived' | 'edges' | 'entered' | 'get' | 'list' | 'verdicts'>;
  readonly n: number;
  readonly edges: readonly EdgeRecord[];
  /** By the rules that the revision was derived with. */
  readonly effectOf: (edge: Carrier) => Effect;
  readonly personKeys: ReadonlySet<string>;
}): Promise<Carriage> {
  const { graph, n, effectOf, personKeys } = options;
  const byTheRules = (edge: EdgeRecord): EdgeRecord => ({ ...edge, effect: effectOf(edge) });
  // The effects are those of the rules already: the grouping has nothing to look up.
  const rules = { id: '', personKeys, functions: new Map<string, Effect>() };
  const grouping = createGrouping(graph, n, createDerivedRows(graph, n, rules.id), rules);
  const [stops] = await Promise.all([loadStops(graph, n), grouping.prepare(options.edges.map(byTheRules))]);
  return {
    after(edge, category, before) {
      if (stops.stops(edge, category)) return null;
      const carried = byTheRules(edge);
      return applyEffect(before, carried.effect, carried.effect === 'count' && grouping.hasPersonKey(carried));
    },
  };
}

/** Edges in one order on every engine: by job, function and source. */
export function byCarrier(a: EdgeRecord, b: EdgeRecord): number {
  const [left = '', right = ''] = [a, b].map(({ job, fn, source }) => `${job ?? ''}\u0000${fn}\u0000${source}`);
  return left < right ? -1 : left === right ? 0 : 1;
}
