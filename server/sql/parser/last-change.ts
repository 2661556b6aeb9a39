import type { Expr } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** PL/SQL: `SQL%ROWCOUNT`, `SQL%BULK_ROWCOUNT(i)`: what the last change came to, from no column. */
export function isLastChange(cursor: Cursor, expr: Expr): boolean {
  const [name] = expr.kind === 'column' && expr.parts.length === 1 ? expr.parts : [];
  const { kind, text } = cursor.peek(1);
  return name?.text.toUpperCase() === 'SQL' && cursor.isSymbol('%') && kind === 'word' && attributes.has(text);
}

const attributes = new Set(['FOUND', 'NOTFOUND', 'ROWCOUNT', 'ISOPEN', 'BULK_ROWCOUNT', 'BULK_EXCEPTIONS']);

/** Steps over it; its sign stands here. */
export function skipLastChange(cursor: Cursor): Expr {
  cursor.next();
  const { text } = cursor.next();
  if (cursor.isSymbol('(')) cursor.skipParens();
  return { kind: 'literal', type: 'other', value: text };
}
