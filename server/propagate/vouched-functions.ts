import type { Effect } from '../model/treatment.ts';
import { effectUnder, nameIn, type PropagationRules } from './propagation-rules.ts';

/** A function that somebody answers for. */
export interface VouchedFunction {
  /** As it was vouched for, in upper case. */
  readonly name: string;
  readonly by: string;
  /** The last day, in UTC. */
  readonly until: string;
}

/** An edge as rules look at it. */
export interface Carrier {
  /** Functions applied, innermost first, joined by `>`. */
  readonly fn: string;
  /** By the SQL room or the source. */
  readonly effect: Effect;
}

/** What edges do to a value by the rules that a revision was derived with, and whose word that is. */
export interface VouchedFunctions {
  effectOf(edge: Carrier): Effect;
  /** Functions of the edge that somebody answers for; empty where nobody was asked. */
  on(edge: Carrier): readonly VouchedFunction[];
  /** Regulations under which the edge does something else, each with its effect there. */
  under(edge: Carrier): ReadonlyMap<string, Effect>;
}

/** `under`: effects by regulation, then by upper-case name. */
export function createVouchedFunctions(options: {
  readonly rules: PropagationRules;
  readonly under: ReadonlyMap<string, ReadonlyMap<string, Effect>>;
  readonly vouched: ReadonlyMap<string, Pick<VouchedFunction, 'by' | 'until'>>;
}): VouchedFunctions {
  const { rules, vouched } = options;
  const byRegulation = [...options.under].map(([regulation, own]) => ({
    regulation,
    rules: { ...rules, functions: new Map([...rules.functions, ...own]) },
  }));
  const effectOf = ({ fn, effect }: Carrier) => effectUnder(rules, fn, effect);
  return {
    effectOf,
    on({ fn, effect }) {
      if (effect !== 'unknown') return [];
      const names = new Set(fn.split('>').flatMap((name) => nameIn(vouched, name) ?? []));
      return [...names].flatMap((name) => {
        const vouching = vouched.get(name);
        return vouching === undefined ? [] : [{ name, ...vouching }];
      });
    },
    under(edge) {
      const general = effectOf(edge);
      return new Map(
        byRegulation.flatMap(({ regulation, rules: own }) => {
          const effect = effectUnder(own, edge.fn, edge.effect);
          return effect === general ? [] : [[regulation, effect] as const];
        }),
      );
    },
  };
}
