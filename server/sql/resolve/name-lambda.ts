import { columnPattern } from './column-pattern.ts';
import { likeSource } from '../text/like-pattern.ts';
import type { Expr } from '../ast/nodes.ts';

type Value = string | number | boolean | null;

/** DuckDB's `COLUMNS(c -> …)`: carries a lambda over a column's name out; null where it uses something unknown. */
export function lambdaTest(parameter: string, body: Expr): (name: string) => boolean | null {
  return (name) => {
    const value = valueOf(body, parameter.toLowerCase(), name);
    return typeof value === 'boolean' ? value : null;
  };
}

function valueOf(expr: Expr, parameter: string, name: string): Value {
  const inner = (part: Expr | undefined): Value => (part === undefined ? null : valueOf(part, parameter, name));
  if (expr.kind === 'column')
    return expr.parts.length === 1 && expr.parts[0]?.text.toLowerCase() === parameter ? name : null;
  if (expr.kind === 'literal') return expr.type === 'number' ? Number(expr.value) : literal(expr.type, expr.value);
  if (expr.kind === 'cast') return inner(expr.arg);
  if (expr.kind === 'in') {
    const items = expr.query === null ? expr.list.map(inner) : [null];
    const arg = inner(expr.arg);
    if (arg === null || items.includes(null)) return null;
    return items.includes(arg) !== (expr.negated === true);
  }
  if (expr.kind !== 'call') return null;
  const answer = called(expr.name, expr.args.map(inner));
  return expr.negated === true && typeof answer === 'boolean' ? !answer : answer;
}

function literal(type: 'string' | 'other', value: string): Value {
  return type === 'string' ? value : null;
}

function called(name: string, args: readonly Value[]): Value {
  if (name === 'AND') return args.includes(false) ? false : args.every((arg) => arg === true) ? true : null;
  if (name === 'OR') return args.includes(true) ? true : args.every((arg) => arg === false) ? false : null;
  if (args.includes(null)) return null;
  const [a, b] = args;
  if (name === 'NOT') return typeof a === 'boolean' ? !a : null;
  if (typeof a === 'number' && typeof b === 'number') return compared(name, a - b);
  if (typeof a !== 'string') return null;
  const unary = ofText[name];
  if (unary !== undefined && args.length === 1) return unary(a);
  if (typeof b !== 'string') return null;
  return compared(name, a < b ? -1 : a > b ? 1 : 0) ?? matched(name, a, b);
}

const ofText: Readonly<Record<string, ((text: string) => Value) | undefined>> = {
  LOWER: (text) => text.toLowerCase(),
  UPPER: (text) => text.toUpperCase(),
  LENGTH: (text) => text.length,
};

function compared(name: string, order: number): Value {
  if (name === '=') return order === 0;
  if (name === '<>' || name === '!=') return order !== 0;
  if (name === '<') return order < 0;
  if (name === '<=') return order <= 0;
  if (name === '>') return order > 0;
  return name === '>=' ? order >= 0 : null;
}

function matched(name: string, text: string, pattern: string): Value {
  if (name === 'STARTS_WITH' || name === 'PREFIX' || name === '^@') return text.startsWith(pattern);
  if (name === 'ENDS_WITH' || name === 'SUFFIX') return text.endsWith(pattern);
  if (name === 'CONTAINS') return text.includes(pattern);
  if (name === 'LIKE' || name === '~~') return found(`^(?:${likeSource(pattern)})$`, text);
  if (name === 'ILIKE') return found(`^(?:${likeSource(pattern)})$`, text, true);
  if (name === 'SIMILAR TO' || name === 'REGEXP_FULL_MATCH' || name === '~') return found(`^(?:${pattern})$`, text);
  return name === 'REGEXP_MATCHES' ? found(pattern, text) : null;
}

function found(pattern: string, text: string, anyCase = false): boolean | null {
  const compiled = columnPattern(pattern, anyCase);
  return compiled === null ? null : compiled(text) !== null;
}
