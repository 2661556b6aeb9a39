import { parseArguments } from './parse-arguments.ts';
import { call } from '../ast/make.ts';
import type { Cursor } from './cursor.ts';
import type { Expr } from '../ast/nodes.ts';

/** T-SQL: `geography::Point(a, b, 4326)`, a method of a type; there is no cast by two colons. */
export function isStaticMethod(cursor: Cursor, type: Expr): boolean {
  if (!cursor.dialect.equalsAlias || type.kind !== 'column') return false;
  return cursor.isSymbol('::') && cursor.isSymbol('(', 2);
}

/** Reads such a method; the two colons stand here. */
export function parseStaticMethod(cursor: Cursor): Expr {
  cursor.next();
  const { text } = cursor.name();
  return call(text, parseArguments(cursor).args);
}

/** Goes past Teradata's `DAY(4) TO SECOND` behind `(d1 - d2)`, an interval; false where none stands. */
export function passInterval(cursor: Cursor): boolean {
  const isBehindParens = cursor.peek(-1).kind === 'symbol' && cursor.peek(-1).text === ')';
  if (!cursor.dialect.castPhrases || !isBehindParens || !intervalFields.test(cursor.peek().text)) return false;
  cursor.next();
  if (cursor.isSymbol('(')) cursor.skipParens();
  if (cursor.take('TO')) cursor.next();
  if (cursor.isSymbol('(')) cursor.skipParens();
  return true;
}

const intervalFields = /^(?:YEAR|MONTH|DAY|HOUR|MINUTE|SECOND)$/;

/** Goes past the unit of Db2's labelled durations: `d + 1 MONTH`, `d - n DAYS`. */
export function passDuration(cursor: Cursor, operator: string): void {
  if (cursor.dialect.labelledDurations && /^[-+]$/.test(operator) && durationUnits.test(cursor.peek().text))
    cursor.next();
}

const durationUnits = /^(?:YEAR|MONTH|DAY|HOUR|MINUTE|SECOND|MICROSECOND)S?$/;

/** PostgreSQL's `OPERATOR(schema.||)`: the sign that stands last. */
export function qualifiedOperator(cursor: Cursor): string {
  let signs = '';
  cursor.expectSymbol('(');
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    const { kind, text } = cursor.next();
    signs = kind === 'symbol' && text !== '.' ? signs + text : '';
  }
  cursor.expectSymbol(')');
  return signs;
}
