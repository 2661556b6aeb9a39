import { queryStart } from './keywords.ts';
import { parseCall } from './parse-call.ts';
import { closeParens, emptyStar } from './parse-parts.ts';
import type { Expr, Name, StarExpr } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** A name of one or more parts: a column, a star, or the function it calls. */
export function parseName(cursor: Cursor): Expr {
  const first = cursor.peek();
  if (first.kind === 'word' && first.text.startsWith('@')) {
    cursor.next();
    return { kind: 'variable', name: first.text.toLowerCase() };
  }
  const parts = [cursor.name()];
  while (cursor.isSymbol('.')) {
    const { kind, text } = cursor.peek(1);
    if (kind === 'symbol' && text === '*') {
      cursor.next();
      cursor.next();
      return parseStarChanges(cursor, emptyStar(parts, null));
    }
    if (kind === 'symbol' && text === '.') {
      cursor.next();
      continue;
    }
    if (kind !== 'word' && kind !== 'name' && kind !== 'number') break;
    cursor.next();
    if (kind === 'number') parts.push({ text: cursor.next().text, quoted: false });
    else parts.push(cursor.name());
  }
  if (cursor.isSymbol('(') && isColumnChoice(cursor, parts)) {
    cursor.skipParens();
    return parseStarChanges(cursor, emptyStar([], null));
  }
  if (cursor.isSymbol('(') && !isOuterJoinMark(cursor)) return parseCall(cursor, parts);
  return { kind: 'column', parts };
}

/** DuckDB's and ClickHouse's `COLUMNS('pattern')`: which columns these are only the engine can tell. */
function isColumnChoice(cursor: Cursor, parts: readonly Name[]): boolean {
  const { parametricCalls, prefixAliases } = cursor.dialect;
  return (parametricCalls || prefixAliases) && parts.length === 1 && parts[0]?.text.toUpperCase() === 'COLUMNS';
}

function isOuterJoinMark(cursor: Cursor): boolean {
  return cursor.isSymbol('+', 1) && cursor.isSymbol(')', 2);
}

/** `* EXCEPT (a)`, `EXCLUDE a`, `REPLACE (x AS a)`, `RENAME (a AS b)`, in any order. */
export function parseStarChanges(cursor: Cursor, star: StarExpr): StarExpr {
  const except: string[] = [];
  const replace: { readonly name: string; readonly value: Expr }[] = [];
  const rename: { readonly from: string; readonly to: string }[] = [];
  let like: string | null = null;
  for (;;) {
    if ((cursor.is('EXCEPT') || cursor.is('EXCLUDE')) && !afterSetOperator(cursor)) {
      cursor.next();
      parseNames(cursor, (name) => except.push(name));
    } else if (cursor.is('REPLACE') && cursor.isSymbol('(', 1)) {
      cursor.next();
      cursor.next();
      do {
        const value = cursor.grammar.expression(cursor);
        cursor.take('AS');
        replace.push({ name: cursor.name().text, value });
      } while (cursor.takeSymbol(','));
      closeParens(cursor);
    } else if (cursor.is('RENAME') && (cursor.isSymbol('(', 1) || cursor.peek(2).text === 'AS')) {
      cursor.next();
      parseNames(cursor, (from) => {
        cursor.take('AS');
        rename.push({ from, to: cursor.name().text });
      });
    } else if (cursor.take('ILIKE') || cursor.take('LIKE')) {
      const pattern = cursor.grammar.expression(cursor, 8);
      like = pattern.kind === 'literal' ? pattern.value : null;
    } else if (cursor.take('APPLY')) cursor.grammar.expression(cursor, 8);
    else return { ...star, except, replace, rename, like };
  }
}

/** `EXCEPT SELECT`, `EXCEPT ALL`, `EXCEPT (SELECT`: a set operation, not a change of the star. */
function afterSetOperator(cursor: Cursor): boolean {
  if (!cursor.is('EXCEPT')) return false;
  const { kind, text } = cursor.peek(1);
  if (kind === 'word') return true;
  return (
    text === '(' &&
    (cursor.peek(2).text === '(' || (cursor.peek(2).kind === 'word' && queryStart.has(cursor.peek(2).text)))
  );
}

function parseNames(cursor: Cursor, take: (name: string) => void): void {
  if (!cursor.takeSymbol('(')) {
    take(lastName(cursor));
    return;
  }
  do take(lastName(cursor));
  while (cursor.takeSymbol(','));
  closeParens(cursor);
}

function lastName(cursor: Cursor): string {
  let name = cursor.name();
  while (cursor.takeSymbol('.')) name = cursor.name();
  return name.text;
}
