import type { Effect } from '../model/treatment.ts';

/** What propagation is told besides the graph. Comes as data; see `server/rulebook/functions.ts`. */
export interface PropagationRules {
  /** Written into every derived row; another id means that all rows are derived again. */
  readonly id: string;
  /** Categories that single out one person: a count grouped by one still says something about that person. */
  readonly personKeys: ReadonlySet<string>;
  /** What people vouch for about functions that the SQL room does not know, by upper-case name. Only `unknown` edges ask. */
  readonly functions: ReadonlyMap<string, Effect>;
}

/** The effect of an edge under the rules: what its source or the SQL room says, unless that is `unknown` and a rule knows better. */
export function effectUnder(rules: PropagationRules, fn: string, effect: Effect): Effect {
  if (effect !== 'unknown' || fn === '' || rules.functions.size === 0) return effect;
  const names = fn.split('>');
  let known: Effect = 'unknown';
  for (const name of names) known = rules.functions.get(name) ?? known;
  return known;
}
