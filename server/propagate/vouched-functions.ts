import type { Effect } from '../model/treatment.ts';
import type { Carrier, VouchedFunction, VouchedFunctions } from '../model/vouched-functions.ts';
import { effectUnder, nameIn, type PropagationRules } from './propagation-rules.ts';

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
