import type { Expr, Query } from '../ast/nodes.ts';

/** A name, and whether it comes from a column or a function: such a one goes through casts and CASE, a type's does not. */
interface Figured {
  readonly name: string;
  readonly strong: boolean;
}

/**
 * The name that PostgreSQL gives a result without one: of the column, the function or the construct, behind a cast of what
 * is cast, else of the type; else `?column?`. Null where the text no longer tells (a typed constant, `date '…'`). The rule
 * is that of SELECT's column labels (https://www.postgresql.org/docs/current/sql-select.html, "SELECT List", and queries-select-lists.html).
 */
export function figuredName(expr: Expr): string | null {
  if (expr.kind === 'literal' && expr.type === 'other') return null;
  return figured(expr)?.name ?? '?column?';
}

function figured(expr: Expr): Figured | null {
  switch (expr.kind) {
    case 'column':
      return strong(expr.parts.at(-1)?.text);
    case 'field':
    case 'named':
      return strong(expr.name);
    case 'window':
      return figured(expr.call);
    case 'cast': {
      const inner = figured(expr.arg);
      return inner?.strong === true ? inner : { name: typeName(expr.type), strong: false };
    }
    case 'case': {
      const last = expr.hasElse === true ? expr.values.at(-1) : undefined;
      const inner = last === undefined ? null : figured(last);
      return inner?.strong === true ? inner : { name: 'case', strong: false };
    }
    case 'query':
      return expr.role === 'exists' ? strong('exists') : ofQuery(expr.query);
    case 'call':
      return ofCall(expr);
    default:
      return null;
  }
}

const strong = (name: string | undefined): Figured | null => (name === undefined ? null : { name, strong: true });

/** A query in place of a value is called what its column is called. */
function ofQuery(query: Query): Figured | null {
  if (query.kind === 'set') return query.branches[0] === undefined ? null : ofQuery(query.branches[0]);
  if (query.kind === 'values') return strong('column1');
  const [item] = query.kind === 'select' ? query.items : [];
  if (item === undefined) return null;
  return item.alias === null ? figured(item.expr) : strong(item.alias.text);
}

/** Operators that are words; their results have no name. */
const wordOperators = new Set([
  'AND',
  'OR',
  'NOT',
  'XOR',
  'IS',
  'IS NULL',
  'IN',
  'BETWEEN',
  'LIKE',
  'ILIKE',
  'SIMILAR TO',
  'RLIKE',
  'REGEXP',
  'GLOB',
]);

/** What the grammar turns into calls of functions with other names. */
const otherFunctions: ReadonlyMap<string, string> = new Map([
  ['AT TIME ZONE', 'timezone'],
  ['TRIM', 'btrim'],
]);

function ofCall({ name, args }: Extract<Expr, { kind: 'call' }>): Figured | null {
  if (name === '[]') return args[0] === undefined ? null : figured(args[0]);
  const other = otherFunctions.get(name);
  if (other !== undefined) return strong(other);
  if (wordOperators.has(name) || !/^[\p{L}_]/u.test(name)) return null;
  return strong(name.split('.').at(-1)?.toLowerCase());
}

/** Types that the catalog knows under another name. */
const catalogTypes: ReadonlyMap<string, string> = new Map([
  ['int', 'int4'],
  ['integer', 'int4'],
  ['smallint', 'int2'],
  ['bigint', 'int8'],
  ['real', 'float4'],
  ['float', 'float8'],
  ['double precision', 'float8'],
  ['decimal', 'numeric'],
  ['dec', 'numeric'],
  ['boolean', 'bool'],
  ['char', 'bpchar'],
  ['character', 'bpchar'],
  ['char varying', 'varchar'],
  ['character varying', 'varchar'],
  ['timestamp with time zone', 'timestamptz'],
  ['timestamp without time zone', 'timestamp'],
  ['time with time zone', 'timetz'],
  ['time without time zone', 'time'],
]);

function typeName(type: string): string {
  const bare = type
    .replace(/\([^)]*\)/g, '')
    .replace(/\[[^\]]*\]|\barray\b/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  return catalogTypes.get(bare) ?? bare;
}
