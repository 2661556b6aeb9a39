import { parseArguments, parseList } from './parse-arguments.ts';
import { parseStarChanges } from './parse-names.ts';
import { closeParens, emptyStar, parseType, startsOperand } from './parse-parts.ts';
import { call } from '../ast/make.ts';
import { isLastChange, skipLastChange } from './last-change.ts';
import { parsePhrases, startsPhrase } from './parse-phrases.ts';
import { parsePrimary } from './parse-primary.ts';
import { isStaticMethod, parseStaticMethod, passDuration, passInterval, qualifiedOperator } from './parse-suffixes.ts';
import { isPath, parseVariantPath } from './parse-variant-path.ts';
import type { Expr } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** How tightly the operators bind; those not listed are no operators. */
const binding: Readonly<Record<string, number>> = {
  OR: 1,
  XOR: 1,
  AND: 2,
  '=': 4,
  '==': 4,
  '<>': 4,
  '!=': 4,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '<=>': 4,
  IS: 4,
  IN: 4,
  BETWEEN: 4,
  LIKE: 4,
  ILIKE: 4,
  RLIKE: 4,
  REGEXP: 4,
  SIMILAR: 4,
  GLOB: 4,
  MATCH: 4,
  OVERLAPS: 4,
  NOT: 4,
  ISNULL: 4,
  NOTNULL: 4,
  '~': 4,
  '!': 4,
  '@': 4,
  '?': 4,
  OPERATOR: 5,
  '||': 5,
  '|': 5,
  '&': 5,
  '#': 5,
  '->': 5,
  '->>': 5,
  ':=': 1,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
  DIV: 7,
  MOD: 7,
  '^': 8,
  '**': 8,
};

/** Reads one expression. */
export function parseExpression(cursor: Cursor, least = 0): Expr {
  let left = parsePrefix(cursor);
  // Chains of one operator stay flat: thousands of ANDs must not become thousands of levels.
  for (;;) {
    const operator = operatorHere(cursor);
    if (operator === null) return left;
    const level = binding[operator] ?? 4;
    if (level <= least) return left;
    left = parseOperator(cursor, operator, level, left);
  }
}

function operatorHere(cursor: Cursor): string | null {
  const { kind, text } = cursor.peek();
  if (kind !== 'word' && kind !== 'symbol') return null;
  if (kind === 'word' && text === 'GLOBAL' && /^(?:IN|NOT)$/.test(cursor.peek(1).text)) return text;
  if (kind === 'word' && cursor.dialect.wordOperators.has(text)) return text;
  if (kind === 'word' && text === 'OPERATOR') return cursor.isSymbol('(', 1) ? text : null;
  if (!Object.hasOwn(binding, text)) return null;
  if (kind === 'word' && text === 'MATCH' && !cursor.isSymbol('(', 1)) return null;
  if (text === 'NOT' && !/^(?:IN|LIKE|ILIKE|BETWEEN|RLIKE|REGEXP|SIMILAR|GLOB|NULL)$/.test(cursor.peek(1).text))
    return null;
  return text;
}

function parseOperator(cursor: Cursor, operator: string, level: number, left: Expr): Expr {
  cursor.next();
  switch (operator) {
    case 'NOT':
      return negated(parseOperator(cursor, cursor.peek().text, level, left));
    case 'GLOBAL':
      return parseOperator(cursor, cursor.peek().text, level, left);
    case 'NULL':
    case 'ISNULL':
    case 'NOTNULL':
      return call('IS NULL', [left]);
    case 'IS':
      return parseIs(cursor, left, level);
    case 'IN':
      return parseIn(cursor, left);
    case 'BETWEEN': {
      cursor.take('SYMMETRIC');
      const low = parseExpression(cursor, 4);
      if (!cursor.take('AND')) cursor.lack();
      return call('BETWEEN', [left, low, parseExpression(cursor, 4)]);
    }
    case 'SIMILAR':
      cursor.take('TO');
      return call('SIMILAR TO', [left, parsePattern(cursor, level)]);
    case 'LIKE':
    case 'ILIKE':
    case 'RLIKE':
    case 'REGEXP':
      return call(operator, [left, parsePattern(cursor, level)]);
    case 'INTERPOLATE':
      // Vertica: `INTERPOLATE PREVIOUS VALUE`.
      cursor.next();
      cursor.take('VALUE');
      return parseBinary(cursor, operator, level, left);
    case 'OPERATOR':
      return parseBinary(cursor, qualifiedOperator(cursor), level, left);
    default:
      return parseBinary(cursor, operator, level, left);
  }
}

/** Where a value comes from is the same; which names a lambda takes is not. */
function negated(expr: Expr): Expr {
  return expr.kind === 'call' || expr.kind === 'in' ? { ...expr, negated: true } : expr;
}

function parsePattern(cursor: Cursor, level: number): Expr {
  const pattern =
    cursor.take('ANY') || cursor.take('ALL') || cursor.take('SOME')
      ? parsePrefix(cursor)
      : parseExpression(cursor, level);
  if (cursor.take('ESCAPE')) parseExpression(cursor, level);
  return pattern;
}

/** Operators of several signs are read as one: `~*`, `!~`, `@>`, `<@`, `?|`, `&&`. */
function parseBinary(cursor: Cursor, operator: string, level: number, left: Expr): Expr {
  let signs = operator;
  while (isSign(cursor)) signs += cursor.next().text;
  const quantified = /^(?:ANY|ALL|SOME)$/.test(cursor.peek().text) && cursor.isSymbol('(', 1);
  if (quantified) cursor.next();
  const right = quantified ? parsePrefix(cursor) : parseExpression(cursor, level);
  passDuration(cursor, signs);
  const name = signs === '==' ? '=' : signs;
  const isFlat =
    left.kind === 'call' && (left.name === name ? level <= 2 || level >= 5 : areArithmetic(left.name, name));
  return isFlat ? { ...left, args: appended(left.args, right) } : call(name, [left, right]);
}

function isSign(cursor: Cursor): boolean {
  const { kind, text, spaced } = cursor.peek();
  return kind === 'symbol' && !spaced && /^[~*!@?|&<>#=]{1,2}$/.test(text);
}

/** `a + b - c` is one chain: which sign stands where says nothing of where the value comes from. */
function areArithmetic(first: string, second: string): boolean {
  return (first === '+' || first === '-') && (second === '+' || second === '-');
}

/** Appends in place where the list was made by this parser a moment ago: long chains stay linear. */
function appended(args: readonly Expr[], next: Expr): readonly Expr[] {
  (args as Expr[]).push(next);
  return args;
}

function parseIs(cursor: Cursor, left: Expr, level: number): Expr {
  cursor.take('NOT');
  if (cursor.take('NULL')) return call('IS NULL', [left]);
  if (/^NFK?[CD]$/.test(cursor.peek().text) && cursor.peek(1).text === 'NORMALIZED') cursor.next();
  if (cursor.take('NORMALIZED')) return call('IS', [left]);
  if (cursor.take('DISTINCT', 'FROM')) return call('=', [left, parseExpression(cursor, level)]);
  if (cursor.take('TRUE') || cursor.take('FALSE') || cursor.take('UNKNOWN') || cursor.take('JSON'))
    return call('IS', [left]);
  return call('IS', [left, parseExpression(cursor, level)]);
}

function parseIn(cursor: Cursor, left: Expr): Expr {
  if (!cursor.isSymbol('(')) return { kind: 'in', arg: left, list: [parsePrefix(cursor)], query: null };
  if (cursor.opensQuery()) {
    cursor.next();
    const query = cursor.grammar.query(cursor);
    closeParens(cursor);
    return { kind: 'in', arg: left, list: [], query };
  }
  cursor.next();
  if (cursor.isSymbol(')') && !cursor.dialect.emptyLists) cursor.lack();
  const list = parseList(cursor);
  closeParens(cursor);
  return { kind: 'in', arg: left, list, query: null };
}

function parsePrefix(cursor: Cursor): Expr {
  if (cursor.take('NOT')) return call('NOT', [parseExpression(cursor, 3)]);
  const { kind, text } = cursor.peek();
  if (kind === 'symbol' && /^[-+~!@]$/.test(text)) {
    cursor.next();
    const operand = parsePrefix(cursor);
    const isNegative = text === '-' && operand.kind === 'literal' && operand.type === 'number';
    return isNegative ? { ...operand, value: `-${operand.value}` } : operand;
  }
  if (kind === 'word' && prefixWords.has(text) && startsOperand(cursor, 1)) {
    cursor.next();
    return parsePrefix(cursor);
  }
  return parsePostfix(cursor, parsePrimary(cursor));
}

/** Words that stand before an operand and change nothing for lineage. */
const prefixWords = new Set([
  'APPROXIMATE',
  'PRIOR',
  'CONNECT_BY_ROOT',
  'BINARY',
  'DISTINCT',
  'UNIQUE',
  'VARIADIC',
  'GLOBAL',
]);

function parsePostfix(cursor: Cursor, primary: Expr): Expr {
  let expr = primary;
  for (;;) {
    if (isStaticMethod(cursor, expr)) expr = parseStaticMethod(cursor);
    else if (cursor.takeSymbol('::')) expr = { kind: 'cast', arg: expr, type: parseType(cursor) };
    else if (cursor.isSymbol('[')) expr = parseSubscript(cursor, expr);
    else if (cursor.isSymbol('.') && isAfterValue(expr)) expr = parseMember(cursor, expr);
    else if (cursor.isSymbol(':') && isPath(cursor, expr)) expr = parseVariantPath(cursor, expr);
    else if (cursor.isSymbol('(') && cursor.isSymbol('+', 1) && cursor.isSymbol(')', 2))
      for (let i = 0; i < 3; i++) cursor.next();
    else if (isLastChange(cursor, expr)) expr = skipLastChange(cursor);
    else if (startsPhrase(cursor)) expr = parsePhrases(cursor, expr);
    else if (cursor.take('COLLATE')) skipName(cursor);
    else if (cursor.take('AT', 'TIME', 'ZONE'))
      expr = call('AT TIME ZONE', [expr, parsePostfix(cursor, parsePrimary(cursor))]);
    else if (passInterval(cursor)) continue;
    else if (cursor.is('AT', 'LOCAL')) for (let i = 0; i < 2; i++) cursor.next();
    else return expr;
  }
}

function skipName(cursor: Cursor): void {
  do cursor.next();
  while (cursor.takeSymbol('.'));
}

function isAfterValue(expr: Expr): boolean {
  return expr.kind !== 'literal' && expr.kind !== 'star';
}

/** `a[1]`, `a['k']`, `a[1:2]`, and `a[*]`: every element, which is no star over the tables. */
function parseSubscript(cursor: Cursor, base: Expr): Expr {
  cursor.next();
  const indexes: Expr[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(']')) {
    if (cursor.takeSymbol(':') || cursor.takeSymbol(',') || cursor.takeSymbol('::')) continue;
    if (cursor.isSymbol(']', 1) && cursor.takeSymbol('*')) continue;
    indexes.push(parseExpression(cursor));
  }
  cursor.expectSymbol(']');
  const used = indexes.filter((index) => index.kind !== 'literal' || index.type === 'string');
  return call('[]', [base, ...used]);
}

/** `.name`, `.*` or a method call behind a value. */
function parseMember(cursor: Cursor, base: Expr): Expr {
  cursor.next();
  if (cursor.takeSymbol('*')) return parseStarChanges(cursor, emptyStar([], base));
  const token = cursor.peek();
  if (token.kind === 'number' || token.kind === 'string') {
    cursor.next();
    // `(a, b).1`
    return { kind: 'field', base, name: token.text };
  }
  const name = cursor.name();
  // Oracle's `:NEW.column`, Snowflake's `:record.column`.
  if (base.kind === 'variable' && base.name.startsWith(':'))
    return { kind: 'column', parts: [{ text: base.name.slice(1), quoted: false }, name] };
  if (cursor.isSymbol('(')) return call(name.text, [base, ...parseArguments(cursor).args]);
  return { kind: 'field', base, name: name.text };
}
