import { parseWindow } from './parse-call.ts';
import { parseKeys } from './parse-arguments.ts';
import { closeParens } from './parse-parts.ts';
import { call } from '../ast/make.ts';
import type { Expr, Name, SelectQuery } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';
import type { Mutable } from './parse-select.ts';

/** Vertica: `TIMESERIES slice AS '1 minute' OVER (…)` stands here. */
export function startsTimeSeries(cursor: Cursor): boolean {
  return cursor.is('TIMESERIES') && cursor.peek(2).text === 'AS' && cursor.peek(3).kind === 'string';
}

/**
 * Vertica's TIMESERIES: the select list names slices of the time that its window is ordered by; the rows of each partition and
 * slice become one (SQL Reference, "TIMESERIES clause").
 */
export function parseTimeSeries(cursor: Cursor, select: Mutable<SelectQuery>): void {
  cursor.next();
  const slice = cursor.name();
  cursor.expect('AS');
  cursor.next();
  cursor.expect('OVER');
  const { partition, order } = parseWindow(cursor);
  const time = call('TIME_SLICE', order);
  standFor(slice, time, select);
  select.groupBy = [...partition, time];
}

/** Items that are the name alone come from the expression that it stands for. */
function standFor(alias: Name, value: Expr, select: Mutable<SelectQuery>): void {
  select.items = select.items.map((item) => {
    const [name] = item.expr.kind === 'column' && item.expr.parts.length === 1 ? item.expr.parts : [];
    const isIt = name?.text.toLowerCase() === alias.text.toLowerCase();
    return isIt ? { ...item, expr: value, alias: item.alias ?? alias } : item;
  });
}

/** Teradata: `EXPAND ON period AS part BY INTERVAL '1' DAY` makes a row of each part of a period ("EXPAND ON clause"). */
export function parseExpand(cursor: Cursor, select: Mutable<SelectQuery>): void {
  const period = cursor.grammar.expression(cursor);
  cursor.take('AS');
  standFor(cursor.name(), call('EXPAND', [period]), select);
  while (!cursor.atEnd && !cursor.isSymbol(')') && !cursor.is('ORDER', 'BY')) cursor.next();
}

/** Exasol: `PREFERRING` stands here as a clause, not as the alias of a relation. */
export function startsPreferring(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek(1);
  return cursor.is('PREFERRING') && (text === '(' || (kind === 'word' && /^(?:HIGH|LOW|INVERSE)$/.test(text)));
}

/**
 * Exasol's `PREFERRING HIGH a PLUS LOW b PRIOR TO (c) PARTITION BY d`: what the best rows are chosen by (User Manual, "SELECT",
 * preferring clause).
 */
export function parsePreferences(cursor: Cursor): readonly Expr[] {
  const found: Expr[] = [];
  do found.push(...parsePreference(cursor));
  while (cursor.take('PLUS') || cursor.take('PRIOR', 'TO'));
  return cursor.take('PARTITION', 'BY') ? [...found, ...parseKeys(cursor)] : found;
}

function parsePreference(cursor: Cursor): readonly Expr[] {
  cursor.take('INVERSE');
  if (cursor.take('HIGH') || cursor.take('LOW')) return [cursor.grammar.expression(cursor)];
  const mark = cursor.mark();
  if (!cursor.takeSymbol('(')) return [cursor.grammar.expression(cursor)];
  const inner = parsePreferences(cursor);
  if (cursor.isSymbol(')')) {
    closeParens(cursor);
    return inner;
  }
  // A condition that begins with a parenthesis.
  cursor.reset(mark);
  return [cursor.grammar.expression(cursor)];
}
