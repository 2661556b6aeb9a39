import { clauseWords, notOperands, queryStart, wordValues } from './keywords.ts';
import { isLambda, parseArguments, parseLambda, parseList } from './parse-arguments.ts';
import { parseCall } from './parse-call.ts';
import { call, closeParens, emptyStar, nothing, parseType, skipAngles } from './parse-parts.ts';
import type { Cursor } from './cursor.ts';
import type { Expr, Name, SelectItem, StarExpr } from '../ast/nodes.ts';

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
      cursor.take('AND');
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
    default:
      return parseBinary(cursor, operator, level, left);
  }
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
  const list = parseList(cursor);
  closeParens(cursor);
  return { kind: 'in', arg: left, list, query: null };
}

function parsePrefix(cursor: Cursor): Expr {
  if (cursor.take('NOT')) return call('NOT', [parseExpression(cursor, 3)]);
  const { kind, text } = cursor.peek();
  if (kind === 'symbol' && /^[-+~!@]$/.test(text)) {
    cursor.next();
    return parsePrefix(cursor);
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

function startsOperand(cursor: Cursor, ahead: number): boolean {
  const { kind, text } = cursor.peek(ahead);
  return kind !== 'end' && kind !== 'symbol' && !(kind === 'word' && clauseWords.has(text) && text !== 'CASE');
}

function parsePostfix(cursor: Cursor, primary: Expr): Expr {
  let expr = primary;
  for (;;) {
    if (cursor.takeSymbol('::')) expr = { kind: 'cast', arg: expr, type: parseType(cursor) };
    else if (cursor.isSymbol('[')) expr = parseSubscript(cursor, expr);
    else if (cursor.isSymbol('.') && isAfterValue(expr)) expr = parseMember(cursor, expr);
    else if (cursor.isSymbol(':') && isPath(cursor, expr)) expr = parseVariantPath(cursor, expr);
    else if (cursor.isSymbol('(') && cursor.isSymbol('+', 1) && cursor.isSymbol(')', 2))
      for (let i = 0; i < 3; i++) cursor.next();
    else if (cursor.take('COLLATE')) skipName(cursor);
    else if (cursor.take('AT', 'TIME', 'ZONE'))
      expr = call('AT TIME ZONE', [expr, parsePostfix(cursor, parsePrimary(cursor))]);
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

/** `a[1]`, `a['k']`, `a[1:2]`. */
function parseSubscript(cursor: Cursor, base: Expr): Expr {
  cursor.next();
  const indexes: Expr[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(']')) {
    if (cursor.takeSymbol(':') || cursor.takeSymbol(',') || cursor.takeSymbol('::')) continue;
    indexes.push(parseExpression(cursor));
  }
  cursor.expectSymbol(']');
  const used = indexes.filter((index) => index.kind !== 'literal');
  return call('[]', [base, ...used]);
}

/** `.name`, `.*` or a method call behind a value. */
function parseMember(cursor: Cursor, base: Expr): Expr {
  cursor.next();
  if (cursor.takeSymbol('*')) return parseStarChanges(cursor, emptyStar([], base));
  const token = cursor.peek();
  if (token.kind === 'number' || token.kind === 'string') {
    cursor.next();
    return base;
  }
  const name = cursor.name();
  // Oracle's `:NEW.column`, Snowflake's `:record.column`.
  if (base.kind === 'variable' && base.name.startsWith(':'))
    return { kind: 'column', parts: [{ text: base.name.slice(1), quoted: false }, name] };
  if (cursor.isSymbol('(')) return call(name.text, [base, ...parseArguments(cursor).args]);
  return { kind: 'field', base, name: name.text };
}

/** Snowflake and Databricks: `column:path.to[0].member`. */
function isPath(cursor: Cursor, expr: Expr): boolean {
  if (expr.kind !== 'column' && expr.kind !== 'call' && expr.kind !== 'field') return false;
  const { kind, spaced } = cursor.peek(1);
  return cursor.dialect.variantPaths && (kind === 'word' || kind === 'name') && !spaced;
}

function parseVariantPath(cursor: Cursor, base: Expr): Expr {
  let name = '';
  while (cursor.takeSymbol(':') || cursor.takeSymbol('.')) name = cursor.name().text;
  return { kind: 'field', base: call('JSON_EXTRACT', [base]), name };
}

function parsePrimary(cursor: Cursor): Expr {
  const token = cursor.peek();
  switch (token.kind) {
    case 'string':
      cursor.next();
      // 'a' 'b' is one string.
      if (cursor.peek().kind === 'string' && cursor.peek().spaced) return parsePrimary(cursor);
      return { kind: 'literal', type: 'string', value: token.text };
    case 'number':
      cursor.next();
      if (token.text.startsWith('$') && cursor.dialect.variantPaths)
        return { kind: 'column', parts: [{ text: token.text, quoted: false }] };
      return token.text.startsWith('$')
        ? { kind: 'variable', name: token.text }
        : { kind: 'literal', type: 'number', value: token.text };
    case 'template':
      cursor.next();
      return nothing;
    case 'symbol':
      return parseSymbol(cursor, token.text);
    case 'name':
      return parseName(cursor);
    case 'word':
      return parseWord(cursor, token.text);
    default:
      return cursor.fail();
  }
}

function parseSymbol(cursor: Cursor, symbol: string): Expr {
  if (symbol === '(') return parseParens(cursor);
  cursor.next();
  if (symbol === '*') return parseStarChanges(cursor, emptyStar([], null));
  if (symbol === '?') return { kind: 'variable', name: '?' };
  if (symbol === ':' && cursor.peek().kind !== 'symbol')
    return { kind: 'variable', name: `:${cursor.next().text.toLowerCase()}` };
  if (symbol === '[') {
    const list = parseList(cursor, ']');
    cursor.expectSymbol(']');
    return call('ARRAY', list);
  }
  if (symbol === '{') return parseBraces(cursor);
  if (symbol === '@' || symbol === '$' || symbol === '%' || symbol === '&') {
    const name = cursor.next().text;
    return { kind: 'variable', name: `${symbol}${name}`.toLowerCase() };
  }
  return cursor.fail();
}

/** DuckDB and ClickHouse structs `{'a': b}`, ODBC escapes `{fn f(x)}`, query parameters `{name: Type}`. */
function parseBraces(cursor: Cursor): Expr {
  const values: Expr[] = [];
  if (cursor.dialect.parametricCalls && cursor.peek().kind === 'word' && cursor.isSymbol(':', 1)) {
    while (!cursor.atEnd && !cursor.takeSymbol('}')) cursor.next();
    return nothing;
  }
  while (!cursor.atEnd && !cursor.isSymbol('}')) {
    if (cursor.peek().kind === 'word' && /^(?:FN|D|T|TS)$/.test(cursor.peek().text) && !cursor.isSymbol(':', 1))
      cursor.next();
    const value = parseExpression(cursor);
    if (cursor.takeSymbol(':')) continue;
    values.push(value);
    cursor.takeSymbol(',');
  }
  cursor.expectSymbol('}');
  return call('STRUCT', values);
}

function parseParens(cursor: Cursor): Expr {
  if (isLambda(cursor)) return parseLambda(cursor);
  if (cursor.opensQuery()) {
    cursor.next();
    const query = cursor.grammar.query(cursor);
    closeParens(cursor);
    return { kind: 'query', role: 'value', query };
  }
  cursor.next();
  if (cursor.takeSymbol(')')) return call('ROW', []);
  const first = parseExpression(cursor);
  if (!cursor.isSymbol(',')) {
    if (cursor.take('AS')) cursor.name();
    closeParens(cursor);
    return first;
  }
  const rest: Expr[] = [];
  while (cursor.takeSymbol(',')) rest.push(parseExpression(cursor));
  closeParens(cursor);
  return call('ROW', [first, ...rest]);
}

function parseWord(cursor: Cursor, text: string): Expr {
  if (wordValues.has(text) && !cursor.isSymbol('(', 1) && !cursor.isSymbol('.', 1)) {
    cursor.next();
    return nothing;
  }
  if (text === 'CASE') return parseCase(cursor);
  if (text === 'CURRENT' && currentWords.test(cursor.peek(1).text)) {
    // Db2: `CURRENT DATE`, `CURRENT TIMESTAMP`.
    cursor.next();
    cursor.next();
    return nothing;
  }
  if (text === 'INTERVAL' && !cursor.isSymbol('.', 1) && !cursor.isSymbol('(', 1) && startsOperand(cursor, 1))
    return parseInterval(cursor);
  if (text === 'EXISTS' && opensAfter(cursor)) {
    cursor.next();
    cursor.next();
    const query = cursor.grammar.query(cursor);
    closeParens(cursor);
    return { kind: 'query', role: 'exists', query };
  }
  if ((text === 'ARRAY' || text === 'MAP' || text === 'STRUCT' || text === 'ROW') && cursor.peek(1).text !== '.') {
    const made = parseConstructor(cursor, text);
    if (made !== null) return made;
  }
  if (
    /^(?:DATE|TIME|TIMESTAMP|DATETIME|TIMESTAMPTZ|NUMERIC|BIGNUMERIC|JSON|DECIMAL)$/.test(text) &&
    cursor.peek(1).kind === 'string'
  ) {
    cursor.next();
    cursor.next();
    return nothing;
  }
  if (notOperands.has(text) && !cursor.isSymbol('(', 1) && !cursor.isSymbol('.', 1)) cursor.fail();
  if (isLambda(cursor)) return parseLambda(cursor);
  return parseName(cursor);
}

const currentWords = /^(?:DATE|TIME|TIMESTAMP|TIMEZONE|USER|SCHEMA|SERVER|PATH|SQLID)$/;

function opensAfter(cursor: Cursor): boolean {
  const mark = cursor.mark();
  cursor.next();
  const opens = cursor.opensQuery();
  cursor.reset(mark);
  return opens;
}

/** `ARRAY[…]`, `ARRAY(SELECT …)`, `MAP {…}`, `STRUCT<…>(…)`; null when the word only names something. */
function parseConstructor(cursor: Cursor, word: string): Expr | null {
  const mark = cursor.mark();
  cursor.next();
  if (cursor.isSymbol('<')) skipAngles(cursor);
  if (cursor.takeSymbol('[')) {
    const list = parseList(cursor, ']');
    cursor.expectSymbol(']');
    return call(word, list);
  }
  if (cursor.isSymbol('{')) return { ...call(word, [parsePrimary(cursor)]) };
  if (cursor.isSymbol('(')) return call(word, parseArguments(cursor).args);
  cursor.reset(mark);
  return null;
}

function parseInterval(cursor: Cursor): Expr {
  cursor.next();
  const amount = parsePrefix(cursor);
  if (cursor.peek().kind === 'word' && intervalUnits.test(cursor.peek().text)) {
    cursor.next();
    if (cursor.isSymbol('(')) cursor.skipParens();
    if (cursor.take('TO')) cursor.next();
  }
  return amount.kind === 'literal' ? nothing : call('INTERVAL', [amount]);
}

const intervalUnits =
  /^(?:YEAR|QUARTER|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND|MILLISECOND|MICROSECOND|NANOSECOND)S?$|^(?:DAY|HOUR|MINUTE|SECOND|YEAR)_[A-Z_]+$/;

function parseCase(cursor: Cursor): Expr {
  cursor.next();
  const conditions: Expr[] = [];
  const values: Expr[] = [];
  if (!cursor.is('WHEN')) conditions.push(parseExpression(cursor));
  while (cursor.take('WHEN')) {
    conditions.push(parseExpression(cursor));
    while (cursor.takeSymbol(',')) conditions.push(parseExpression(cursor));
    cursor.expect('THEN');
    values.push(parseExpression(cursor));
  }
  if (cursor.take('ELSE')) values.push(parseExpression(cursor));
  if (!cursor.take('END')) cursor.fail();
  return { kind: 'case', conditions, values };
}

/** A name of one or more parts: a column, a star, or the function it calls. */
function parseName(cursor: Cursor): Expr {
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
  if (cursor.isSymbol('(') && !isOuterJoinMark(cursor)) return parseCall(cursor, parts);
  return { kind: 'column', parts };
}

function isOuterJoinMark(cursor: Cursor): boolean {
  return cursor.isSymbol('+', 1) && cursor.isSymbol(')', 2);
}

/** `* EXCEPT (a)`, `EXCLUDE a`, `REPLACE (x AS a)`, `RENAME (a AS b)`, in any order. */
function parseStarChanges(cursor: Cursor, star: StarExpr): StarExpr {
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
        const value = parseExpression(cursor);
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
      const pattern = parsePrefix(cursor);
      like = pattern.kind === 'literal' ? pattern.value : null;
    } else if (cursor.take('APPLY')) parsePrefix(cursor);
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

/** One item of a select list. */
export function parseItem(cursor: Cursor): SelectItem {
  const expr = parseExpression(cursor);
  if (cursor.take('AS')) {
    if (cursor.takeSymbol('(')) {
      const aliases: Name[] = [];
      do aliases.push(aliasHere(cursor));
      while (cursor.takeSymbol(','));
      closeParens(cursor);
      return { expr, alias: null, aliases };
    }
    return { expr, alias: aliasHere(cursor), aliases: [] };
  }
  const { kind, text } = cursor.peek();
  if (kind === 'name' || (kind === 'string' && expr.kind !== 'literal'))
    return { expr, alias: aliasHere(cursor), aliases: [] };
  if (kind === 'word' && !clauseWords.has(text) && !text.startsWith('@'))
    return { expr, alias: cursor.name(), aliases: [] };
  return { expr, alias: null, aliases: [] };
}

function aliasHere(cursor: Cursor): Name {
  const token = cursor.peek();
  if (token.kind !== 'string') return cursor.name();
  cursor.next();
  return { text: token.text, quoted: true };
}

/** A comma-separated list of select items, a comma at its end allowed. */
export function parseItems(cursor: Cursor): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do {
    if (cursor.is('FROM') || cursor.atEnd || cursor.isSymbol(')')) break;
    items.push(parseItem(cursor));
  } while (cursor.takeSymbol(','));
  return items;
}
