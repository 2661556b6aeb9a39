import { rest } from './definition-parts.ts';
import { parseTableName } from './parse-arguments.ts';
import { emptyInsert } from './parse-insert.ts';
import { parseStarChanges } from './parse-names.ts';
import { closeParens, emptyStar } from './parse-parts.ts';
import { emptySelect } from '../ast/empty-select.ts';
import { parseColumnNames } from './relation-parts.ts';
import type { Expr, Query, SelectItem, Statement } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** Databricks: `APPLY CHANGES INTO t FROM STREAM(s) KEYS (…)`, `AUTO CDC INTO t FROM s`: rows go to the columns of their names. */
export function parseChanges(cursor: Cursor): Statement {
  while (!cursor.atEnd && !cursor.is('INTO')) cursor.next();
  if (!cursor.take('INTO')) return { kind: 'none' };
  const to = parseTableName(cursor);
  if (!cursor.take('FROM')) return { kind: 'none' };
  const isStream = cursor.take('STREAM');
  const parens = isStream && cursor.takeSymbol('(');
  const from = parseTableName(cursor);
  if (parens) closeParens(cursor);
  while (!cursor.atEnd && !cursor.is('COLUMNS')) cursor.next();
  const items = cursor.take('COLUMNS') ? parseChosen(cursor) : null;
  rest(cursor);
  if (items === null) return { kind: 'move', from, to };
  const query: Query = { ...emptySelect, items, from: { kind: 'table', name: from, alias: null, columnAliases: [] } };
  return { ...emptyInsert, target: to, byName: true, query };
}

/** `COLUMNS * EXCEPT (a, b)`, `COLUMNS (a, b)`. */
function parseChosen(cursor: Cursor): readonly SelectItem[] {
  const item = (expr: Expr): SelectItem => ({ expr, alias: null, aliases: [] });
  if (cursor.takeSymbol('*')) return [item(parseStarChanges(cursor, emptyStar([], null)))];
  if (!cursor.isSymbol('(')) return [item(cursor.grammar.expression(cursor))];
  return parseColumnNames(cursor).map((name) => item({ kind: 'column', parts: [name] }));
}
