import { clauseWords } from './keywords.ts';
import type { Cursor } from './cursor.ts';
import type { Expr, Name, StarExpr } from '../ast/nodes.ts';

/** `*` before its changes are known. */
export function emptyStar(qualifier: readonly Name[], base: Expr | null): StarExpr {
  return { kind: 'star', qualifier, base, except: [], replace: [], rename: [], like: null };
}

/** Takes the closing parenthesis; what stands before it and is not understood is skipped and counted. */
export function closeParens(cursor: Cursor): void {
  if (cursor.takeSymbol(')')) return;
  cursor.skipToClose();
  cursor.expectSymbol(')');
}

/** An expression with the alias that may stand behind it: ClickHouse takes one anywhere, elsewhere nothing refers to it. */
export function aliased(expr: Expr, cursor: Cursor): Expr {
  if (!cursor.take('AS')) return expr;
  const { text } = cursor.name();
  return cursor.dialect.aliasesAnywhere ? { kind: 'named', name: text, value: expr } : expr;
}

/** Takes T-SQL's `TOP (n) [PERCENT]`: not every row. */
export function takeTop(cursor: Cursor): boolean {
  if (!cursor.is('TOP') || (!cursor.isSymbol('(', 1) && cursor.peek(1).kind !== 'number')) return false;
  cursor.next();
  if (cursor.isSymbol('(')) cursor.skipParens();
  else cursor.next();
  cursor.take('PERCENT');
  return true;
}

/** Skips the members of a type: `<a INT, b ARRAY<STRING>>`; its opening stands here. */
export function skipAngles(cursor: Cursor): void {
  let depth = 0;
  do {
    const { text, kind } = cursor.next();
    if (kind === 'end') return;
    if (text === '<') depth += 1;
    else if (text === '>') depth -= 1;
    else if (text === '<>') continue;
    else if (text === '(') {
      while (!cursor.atEnd && !cursor.takeSymbol(')')) cursor.next();
    }
  } while (depth > 0);
}

/** A type's name; its sizes and members are skipped. */
export function parseType(cursor: Cursor): string {
  const token = cursor.next();
  if (token.kind !== 'word' && token.kind !== 'name') cursor.fail();
  if (token.kind === 'word' && token.text === 'FROM') cursor.fail();
  let type = cursor.sql.slice(token.start, token.end);
  while (cursor.takeSymbol('.')) type = cursor.name().text;
  if (cursor.isSymbol('<')) {
    const { start } = cursor.peek();
    skipAngles(cursor);
    type += cursor.sql.slice(start, cursor.peek(-1).end).replaceAll(/\s+/g, ' ');
  }
  if (cursor.isSymbol('(')) {
    const { start } = cursor.peek();
    cursor.skipParens();
    type += cursor.sql.slice(start, cursor.peek(-1).end);
  }
  while (cursor.isAny(typeWords)) {
    if (
      (cursor.is('WITH') || cursor.is('WITHOUT')) &&
      cursor.peek(1).text !== 'TIME' &&
      cursor.peek(1).text !== 'LOCAL'
    )
      break;
    type += ` ${cursor.next().text.toLowerCase()}`;
    if (cursor.isSymbol('(')) cursor.skipParens();
  }
  while (cursor.isSymbol('[') && (cursor.isSymbol(']', 1) || cursor.peek(1).kind === 'number')) {
    while (!cursor.takeSymbol(']')) cursor.next();
    type += '[]';
  }
  return type;
}

const typeWords = new Set(
  'PRECISION VARYING UNSIGNED SIGNED ZERO ZONE TIME WITH WITHOUT LOCAL LARGE OBJECT YEAR MONTH TO SECOND'.split(' '),
);

/** True when an operand may stand so many pieces further on. */
export function startsOperand(cursor: Cursor, ahead: number): boolean {
  const { kind, text } = cursor.peek(ahead);
  return kind !== 'end' && kind !== 'symbol' && !(kind === 'word' && clauseWords.has(text) && text !== 'CASE');
}
