import { parseArguments, parseList } from './parse-arguments.ts';
import { closeParens, emptyStar } from './parse-parts.ts';
import { call } from '../ast/make.ts';
import { globSource, likeSource } from '../text/like-pattern.ts';
import type { ColumnTest, Expr, Name, StarExpr, StarFunction } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/**
 * `COLUMNS('pattern')`, `COLUMNS(['a', 'b'])`, `COLUMNS(* EXCLUDE (a))`, `COLUMNS(c -> c LIKE …)` of DuckDB, `COLUMNS('pattern')`
 * and `COLUMNS(a, b)` of ClickHouse; the parenthesis stands here. Source: "Star Expression" of DuckDB's documentation,
 * "Dynamic column selection" of ClickHouse's.
 */
export function parseColumnChoice(cursor: Cursor, qualifier: readonly Name[]): StarExpr {
  const star: StarExpr = { ...emptyStar(qualifier, null), isEach: true };
  cursor.expectSymbol('(');
  const list = parseList(cursor);
  closeParens(cursor);
  const [first] = list;
  if (first === undefined || list.length > 1) return { ...star, ...chosen(list) };
  if (first.kind === 'star') return { ...first, isEach: true };
  if (first.kind === 'literal' && first.type === 'string') return { ...star, tests: [pattern(first.value, false)] };
  if (first.kind === 'lambda')
    return { ...star, tests: [{ by: 'lambda', parameter: first.params[0] ?? '', body: first.body }] };
  return { ...star, ...chosen(first.kind === 'call' && first.name === 'ARRAY' ? first.args : [first]) };
}

/** Columns listed by name: strings in DuckDB, identifiers in ClickHouse. */
function chosen(list: readonly Expr[]): Pick<StarExpr, 'names'> | Pick<StarExpr, 'tests'> {
  const names = list.map((item) => {
    if (item.kind === 'literal' && item.type === 'string') return item.value;
    return item.kind === 'column' ? (item.parts.at(-1)?.text ?? '') : '';
  });
  return names.length === 0 || names.includes('') ? { tests: [{ by: 'unknown' }] } : { names };
}

function pattern(text: string, negated: boolean, anyCase = false): ColumnTest {
  return { by: 'pattern', pattern: text, anyCase, negated };
}

/** DuckDB: `* LIKE 'a%'`, `* NOT GLOB 'a*'`, `* SIMILAR TO 'a.'`; null, with nothing taken, when none stands here. */
export function nameTest(cursor: Cursor): ColumnTest | null {
  const mark = cursor.mark();
  const negated = cursor.take('NOT');
  const { text: word } = cursor.peek();
  if (cursor.take('LIKE') || cursor.take('ILIKE') || cursor.take('GLOB') || cursor.take('SIMILAR', 'TO')) {
    const given = cursor.peek();
    if (given.kind === 'string') {
      cursor.next();
      const source =
        word === 'SIMILAR' ? given.text : word === 'GLOB' ? globSource(given.text) : likeSource(given.text);
      return pattern(`^(?:${source})$`, negated, word === 'ILIKE');
    }
  }
  cursor.reset(mark);
  return null;
}

/** Stands for the column in what APPLY does to it: no name that a statement can write. */
const each = '\u0000column';

/** ClickHouse: `APPLY(f)`, `APPLY f`, `APPLY(f(parameter))`, `APPLY(x -> f(x))`; the word is taken. */
export function parseApplied(cursor: Cursor): StarFunction {
  const parens = cursor.takeSymbol('(');
  const applied = parseFunction(cursor);
  if (parens) closeParens(cursor);
  return applied;
}

function parseFunction(cursor: Cursor): StarFunction {
  const column: Expr = { kind: 'column', parts: [{ text: each, quoted: true }] };
  const isName = cursor.peek().kind === 'word' || cursor.peek().kind === 'name';
  const arrow = cursor.isSymbol('->', 1);
  if (isName && !arrow) {
    const name = cursor.name().text;
    // Parameters in a parenthesis of their own: `APPLY(quantile(0.5))`.
    if (cursor.isSymbol('(')) parseArguments(cursor);
    return { name, params: [each], body: call(name, [column]) };
  }
  const expr = cursor.grammar.expression(cursor);
  if (expr.kind !== 'lambda') return cursor.fail();
  return { name: '', params: expr.params, body: expr.body };
}
