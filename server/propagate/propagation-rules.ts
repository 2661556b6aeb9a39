import { composeEffects, type Effect } from '../model/treatment.ts';

/** What propagation is told besides the graph. Comes as data; see `server/rulebook/functions.ts`. */
export interface PropagationRules {
  /** Written into every derived row; another id means that all rows are derived again. */
  readonly id: string;
  /** Categories that single out one person: a count grouped by one still says something about that person. */
  readonly personKeys: ReadonlySet<string>;
  /** What people vouch for about functions that the SQL room does not know, by upper-case name. Only `unknown` edges ask. */
  readonly functions: ReadonlyMap<string, Effect>;
}

/**
 * The effect of an edge under the rules: what its source or the SQL room says, unless that is `unknown` and a rule knows
 * better. A rule without a schema is also meant where the text names one; the longest name that fits counts. Of several
 * known functions on one way each is applied; those that nobody knows keep the value.
 */
export function effectUnder(rules: PropagationRules, fn: string, effect: Effect): Effect {
  if (effect !== 'unknown' || fn === '' || rules.functions.size === 0) return effect;
  let known: Effect = 'unknown';
  for (const name of fn.split('>')) {
    const rule = nameIn(rules.functions, name);
    const said = rule === undefined ? undefined : rules.functions.get(rule);
    if (said !== undefined) known = known === 'unknown' ? said : composeEffects(known, said);
  }
  return known;
}

/** The name under which a function of a text is known: the longest of its last parts; undefined: it is not. */
export function nameIn(known: ReadonlyMap<string, unknown>, name: string): string | undefined {
  for (let rest = name.toUpperCase(); rest !== '';) {
    if (known.has(rest)) return rest;
    const dot = rest.indexOf('.');
    if (dot < 0) return undefined;
    rest = rest.slice(dot + 1);
  }
  return undefined;
}
