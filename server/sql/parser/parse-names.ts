import { queryStart } from './keywords.ts';
import { parseCall } from './parse-call.ts';
import { nameTest, parseApplied, parseColumnChoice } from './parse-column-choice.ts';
import { closeParens, emptyStar } from './parse-parts.ts';
import type { ColumnTest, Expr, Name, StarExpr, StarFunction } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** A name of one or more parts: a column, a star, or the function it calls. */
export function parseName(cursor: Cursor): Expr {
  const first = cursor.peek();
  if (first.kind === 'word' && first.text.startsWith('@')) {
    cursor.next();
    return { kind: 'variable', name: first.text.toLowerCase() };
  }
  const parts = [cursor.name()];
  while (cursor.isSymbol('.') || leavesOut(cursor)) {
    if (cursor.isSymbol('..')) parts.push({ text: '', quoted: false });
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
    // `t. FROM u` breaks off behind the dot.
    if (kind === 'word' && text === 'FROM' && cursor.peek(1).spaced) cursor.fail();
    cursor.next();
    if (kind === 'number') parts.push({ text: cursor.next().text, quoted: false });
    else parts.push(cursor.name());
  }
  if (cursor.isSymbol('(') && isColumnChoice(cursor, parts))
    return parseStarChanges(cursor, parseColumnChoice(cursor, parts.slice(0, -1)));
  if (cursor.isSymbol('(') && !isOuterJoinMark(cursor)) return parseCall(cursor, parts);
  return { kind: 'column', parts };
}

/** `db..t.column`: a table's schema is left out. */
function leavesOut(cursor: Cursor): boolean {
  const { kind } = cursor.peek(1);
  return cursor.isSymbol('..') && (kind === 'word' || kind === 'name') && cursor.isSymbol('.', 2);
}

/** DuckDB's and ClickHouse's `COLUMNS('pattern')`. */
function isColumnChoice(cursor: Cursor, parts: readonly Name[]): boolean {
  const { parametricCalls, prefixAliases } = cursor.dialect;
  return (parametricCalls || prefixAliases) && parts.at(-1)?.text.toUpperCase() === 'COLUMNS';
}

function isOuterJoinMark(cursor: Cursor): boolean {
  return cursor.isSymbol('+', 1) && cursor.isSymbol(')', 2);
}

/** `* EXCEPT (a)`, `EXCLUDE a`, `REPLACE (x AS a)`, `RENAME (a AS b)`, `LIKE 'x%'`, `APPLY (f)`, in any order. */
export function parseStarChanges(cursor: Cursor, star: StarExpr): StarExpr {
  const except: string[] = [...star.except];
  const replace = [...star.replace];
  const rename = [...star.rename];
  const tests: ColumnTest[] = [...(star.tests ?? [])];
  const applied: StarFunction[] = [...(star.applied ?? [])];
  let { like } = star;
  for (;;) {
    const test = cursor.dialect.prefixAliases ? nameTest(cursor) : null;
    if (test !== null) tests.push(test);
    else if ((cursor.is('EXCEPT') || cursor.is('EXCLUDE')) && !afterSetOperator(cursor)) {
      cursor.next();
      if (cursor.dialect.parametricCalls) cursor.take('STRICT');
      // ClickHouse: `EXCEPT('pattern')`.
      const pattern = cursor.dialect.parametricCalls ? patternHere(cursor) : null;
      if (pattern === null) parseNames(cursor, (name) => except.push(name));
      else tests.push({ by: 'pattern', pattern, anyCase: false, negated: true });
    } else if (cursor.is('REPLACE') && replaces(cursor)) {
      cursor.next();
      if (cursor.dialect.parametricCalls) cursor.take('STRICT');
      parseReplaced(cursor, replace);
    } else if (cursor.is('RENAME') && (cursor.isSymbol('(', 1) || cursor.peek(2).text === 'AS')) {
      cursor.next();
      parseNames(cursor, (from) => {
        cursor.take('AS');
        rename.push({ from, to: cursor.name().text });
      });
    } else if (cursor.take('ILIKE') || cursor.take('LIKE')) {
      const pattern = cursor.grammar.expression(cursor, 8);
      like = pattern.kind === 'literal' ? pattern.value : null;
    } else if (cursor.take('APPLY')) applied.push(parseApplied(cursor));
    else {
      const changed = { ...star, except, replace, rename, like };
      return {
        ...changed,
        ...(tests.length === 0 ? {} : { tests }),
        ...(applied.length === 0 ? {} : { applied }),
      };
    }
  }
}

/** `(x AS a, y AS b)`, or one without parentheses. */
function parseReplaced(cursor: Cursor, replace: { readonly name: string; readonly value: Expr }[]): void {
  const parens = cursor.takeSymbol('(');
  for (;;) {
    const value = cursor.grammar.expression(cursor);
    cursor.take('AS');
    replace.push({ name: cursor.name().text, value });
    if (!parens || !cursor.takeSymbol(',')) break;
  }
  if (parens) closeParens(cursor);
}

/** `REPLACE (x AS a)`; ClickHouse takes one without parentheses, and STRICT before them. */
function replaces(cursor: Cursor): boolean {
  return cursor.isSymbol('(', 1) || (cursor.dialect.parametricCalls && cursor.peek(1).kind !== 'symbol');
}

/** A pattern in or without parentheses; null, with nothing taken, when something else stands here. */
function patternHere(cursor: Cursor): string | null {
  const parens = cursor.isSymbol('(');
  const token = cursor.peek(parens ? 1 : 0);
  if (token.kind !== 'string') return null;
  if (parens) cursor.next();
  cursor.next();
  if (parens) closeParens(cursor);
  return token.text;
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
  while (cursor.takeSymbol(',') && !cursor.isSymbol(')'));
  closeParens(cursor);
}

function lastName(cursor: Cursor): string {
  let name = cursor.name();
  while (cursor.takeSymbol('.')) name = cursor.name();
  return name.text;
}
