import { dialectNames } from '../dialect/dialects.ts';
import { ruleOf } from './function-table.ts';

/** The dialects in which it is known what a function of this name does: nobody else is asked there. Names have no brackets. */
export function dialectsThatTell(name: string): readonly string[] {
  const call = { kind: 'call', name: name.toUpperCase(), args: [], distinct: false, filter: null, order: [] } as const;
  return dialectNames.filter((dialect) => ruleOf(call, dialect).effect !== 'unknown');
}
