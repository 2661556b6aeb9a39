import { keywordAt } from './keyword-arguments.ts';
import { unitAt } from './time-units.ts';
import type { CallExpr, Expr } from '../ast/nodes.ts';

/** Which arguments become the value, and which only steer it. */
export interface ArgumentRoles {
  readonly values: readonly Expr[];
  readonly conditions: readonly Expr[];
}

/** IF, DECODE and their kin: some arguments choose among the others. */
export function rolesOf({ name, args }: CallExpr, dialect: string): ArgumentRoles {
  const key = name.replaceAll('_', '');
  const word = Math.max(unitAt(key, args, dialect), keywordAt(key, args, dialect));
  if (word >= 0) return { values: args.filter((_, at) => at !== word), conditions: [] };
  const read = Object.hasOwn(roles, key) ? roles[key] : undefined;
  if (read !== undefined) return read(args);
  // ClickHouse: combinators that leave the arguments as they are.
  if (/^ARG(?:MAX|MIN)(?:STATE|SIMPLESTATE|ORNULL|ORDEFAULT|DISTINCT)+$/.test(key)) return secondSteers(args);
  if (/^ARG(?:MAX|MIN)(?:STATE|ORNULL|ORDEFAULT)*IF(?:STATE|ORNULL|ORDEFAULT)*$/.test(key))
    return { values: args.slice(0, 1), conditions: args.slice(1) };
  // ClickHouse: the last argument of an -If aggregate is its condition.
  if (/^(?:SUM|AVG|UNIQ|UNIQEXACT|ANY|ANYLAST|MIN|MAX|GROUPARRAY|GROUPUNIQARRAY|QUANTILE)IF$/.test(key))
    return lastSteers(args);
  return { values: args, conditions: [] };
}

const firstSteers = (args: readonly Expr[]): ArgumentRoles => ({ values: args.slice(1), conditions: args.slice(0, 1) });
const lastSteers = (args: readonly Expr[]): ArgumentRoles => ({
  values: args.slice(0, -1),
  conditions: args.slice(-1),
});
const secondSteers = (args: readonly Expr[]): ArgumentRoles => ({
  values: args.filter((_, at) => at !== 1),
  conditions: args.slice(1, 2),
});

/** `DECODE(x, search, result, …, default)`; with two or three arguments it decodes bytes. */
function decode(args: readonly Expr[]): ArgumentRoles {
  if (args.length < 3) return { values: args, conditions: [] };
  const values = args.filter((_, at) => at >= 2 && (at % 2 === 0 || at === args.length - 1));
  return { values, conditions: args.filter((arg) => !values.includes(arg)) };
}

const valueFirst = (args: readonly Expr[]): ArgumentRoles => ({ values: args.slice(0, 1), conditions: args.slice(1) });

/** `multiIf(c1, v1, c2, v2, …, else)`. */
function pairs(args: readonly Expr[]): ArgumentRoles {
  const values = args.filter((_, at) => at % 2 === 1 || at === args.length - 1);
  return { values, conditions: args.filter((arg) => !values.includes(arg)) };
}

const roles: Readonly<Record<string, (args: readonly Expr[]) => ArgumentRoles>> = {
  IF: firstSteers,
  IFF: firstSteers,
  IIF: firstSteers,
  NVL2: firstSteers,
  CHOOSE: firstSteers,
  ELT: firstSteers,
  DECODE: decode,
  MULTIIF: pairs,
  NULLIF: secondSteers,
  MAXBY: secondSteers,
  MINBY: secondSteers,
  ARGMAX: secondSteers,
  ARGMIN: secondSteers,
  SUMIF: lastSteers,
  AVGIF: lastSteers,
  // Teradata's older window functions: `CSUM(value, order)`, `MSUM(value, width, order)`.
  CSUM: valueFirst,
  MSUM: valueFirst,
  MAVG: valueFirst,
  MDIFF: valueFirst,
  MLINREG: valueFirst,
};
