import { call } from '../ast/make.ts';
import type { Expr } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** True at the colon of Snowflake's and Databricks' `column:path.to[0].member`. */
export function isPath(cursor: Cursor, expr: Expr): boolean {
  if (expr.kind !== 'column' && expr.kind !== 'call' && expr.kind !== 'field') return false;
  const { kind, spaced } = cursor.peek(1);
  return cursor.dialect.variantPaths && (kind === 'word' || kind === 'name' || cursor.isSymbol('[', 1)) && !spaced;
}

/** The path itself; the colon stands here. */
export function parseVariantPath(cursor: Cursor, base: Expr): Expr {
  let path: Expr = call('JSON_EXTRACT', [base]);
  while (cursor.takeSymbol(':') || cursor.takeSymbol('.')) {
    let name: string | null = null;
    if (cursor.isSymbol('[')) {
      // Databricks: `raw:['a b']`.
      name = cursor.peek(1).kind === 'string' ? cursor.peek(1).text : null;
      while (!cursor.atEnd && !cursor.takeSymbol(']')) cursor.next();
    } else name = cursor.name().text;
    if (name !== null) path = { kind: 'field', base: path, name };
  }
  return path.kind === 'field' ? path : { kind: 'field', base: path, name: '' };
}
