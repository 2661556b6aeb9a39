import { functionFamilies } from './function-families.ts';
import { withoutSystemSchema } from './system-schemas.ts';
import { shapeRule } from './shape-rules.ts';
import type { CallExpr } from '../ast/nodes.ts';
import type { DirectKind } from '../../model/edge.ts';
import { givesBack, type Effect } from '../../model/treatment.ts';

/** What a function does to the values it is given. */
export interface FunctionRule {
  readonly kind: DirectKind;
  readonly effect: Effect;
}

/** Key → rule, for all dialects and for single ones. */
const general = new Map<string, FunctionRule>();
const byDialect = new Map<string, Map<string, FunctionRule>>();

for (const { effect, kind, dialects, names } of functionFamilies) {
  const rule = { kind, effect };
  for (const name of names.split(/\s+/)) {
    if (dialects === undefined) {
      if (!general.has(keyOf(name))) general.set(keyOf(name), rule);
    } else
      for (const dialect of dialects) {
        const rules = byDialect.get(dialect) ?? new Map<string, FunctionRule>();
        byDialect.set(dialect, rules);
        rules.set(keyOf(name), rule);
      }
  }
}
general.set('ISNULLTEST', { kind: 'TRANSFORMATION', effect: 'drop' });

/** Names compare without case, underscores and quotes; schema prefixes of packages stay. */
function keyOf(name: string): string {
  return name.toUpperCase().replaceAll(/[_"` ]/g, '');
}

/** A function that nobody vouches for: nothing is said of it, so the value counts as unchanged. */
const unlisted: FunctionRule = { kind: 'TRANSFORMATION', effect: 'unknown' };
const isNull: FunctionRule = { kind: 'TRANSFORMATION', effect: 'drop' };

/** The rule for a call: by its arguments where they matter, by its name otherwise. */
export function ruleOf(call: CallExpr, dialect: string): FunctionRule {
  if (call.name === 'IS NULL') return isNull;
  const name = withoutSystemSchema(call.name, dialect);
  const byName = namedRule(name, dialect);
  // Of a function that hides in some dialects only, the arguments say nothing where it is no built-in.
  if (keyOf(name) === 'MASK' && byName === null) return unlisted;
  return shapeRule({ ...call, name }, dialect) ?? byName ?? unlisted;
}

/** The rule of a name in a dialect; null when the table does not list it, or it is a function of somebody's own schema. */
export function namedRule(name: string, dialect: string): FunctionRule | null {
  const key = keyOf(withoutSystemSchema(name, dialect));
  const known = byDialect.get(dialect)?.get(key) ?? general.get(key) ?? combined(key, dialect);
  if (known !== undefined) return known;
  // Whoever says that a function gives the clear value again is believed, of any schema: it leaves more readable.
  const last = general.get(key.slice(key.lastIndexOf('.') + 1));
  return last !== undefined && givesBack(last.effect) ? last : null;
}

/** ClickHouse puts combinators behind an aggregate's name: `sumIf`, `uniqState`, `argMaxOrNull`. */
function combined(key: string, dialect: string): FunctionRule | undefined {
  if (dialect !== 'clickhouse') return undefined;
  let name = key;
  for (;;) {
    const shorter = name.replace(
      /(?:IF|STATE|MERGE|ORNULL|ORDEFAULT|ARRAY|MAP|DISTINCT|FOREACH|SIMPLESTATE|MERGESTATE)$/,
      '',
    );
    if (shorter === name) return undefined;
    name = shorter;
    const found = byDialect.get(dialect)?.get(name) ?? general.get(name);
    if (found !== undefined) return found;
  }
}
