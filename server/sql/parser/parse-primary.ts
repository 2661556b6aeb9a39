import { notOperands, wordValues } from './keywords.ts';
import { isLambda, parseArguments, parseLambda, parseList } from './parse-arguments.ts';
import { parseName, parseStarChanges } from './parse-names.ts';
import { aliased, closeParens, emptyStar, skipAngles, startsOperand } from './parse-parts.ts';
import { call, nothing } from '../ast/make.ts';
import type { Expr } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** One operand without what may follow it. */
export function parsePrimary(cursor: Cursor): Expr {
  const token = cursor.peek();
  switch (token.kind) {
    case 'string':
      cursor.next();
      // 'a' 'b' is one string.
      if (cursor.peek().kind === 'string' && cursor.peek().spaced) return parsePrimary(cursor);
      return { kind: 'literal', type: 'string', value: token.text };
    case 'number':
      cursor.next();
      if (/^\$\d/.test(token.text) && cursor.dialect.variantPaths)
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
  if (symbol === '*') {
    // DuckDB: `f(*COLUMNS(…))` hands them all to one call.
    const isUnpacked = cursor.dialect.prefixAliases && cursor.is('COLUMNS') && cursor.isSymbol('(', 1);
    if (!isUnpacked) return parseStarChanges(cursor, emptyStar([], null));
    const chosen = parseName(cursor);
    return chosen.kind === 'star' ? { ...chosen, isEach: false } : chosen;
  }
  if (symbol === '?') return { kind: 'variable', name: '?' };
  if (symbol === ':' && cursor.peek().kind !== 'symbol')
    return { kind: 'variable', name: `:${cursor.next().text.toLowerCase()}` };
  if (symbol === '[') {
    const comprehension = parseComprehension(cursor);
    if (comprehension !== null) return comprehension;
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

/** DuckDB: `[f(x) FOR x IN list IF g(x)]`; null, with nothing taken, for a plain list. */
function parseComprehension(cursor: Cursor): Expr | null {
  const mark = cursor.mark();
  if (cursor.isSymbol(']')) return null;
  const body = cursor.grammar.expression(cursor);
  if (!cursor.take('FOR')) {
    cursor.reset(mark);
    return null;
  }
  const params = [cursor.name().text];
  while (cursor.takeSymbol(',')) params.push(cursor.name().text);
  cursor.expect('IN');
  const list = cursor.grammar.expression(cursor);
  const condition = cursor.take('IF') ? cursor.grammar.expression(cursor) : null;
  cursor.expectSymbol(']');
  const bodies = [body, ...(condition === null ? [] : [condition])];
  return call('LIST_TRANSFORM', [list, ...bodies.map((part): Expr => ({ kind: 'lambda', params, body: part }))]);
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
    const value = cursor.grammar.expression(cursor);
    const key = cursor.isSymbol(':') ? keyOf(value) : null;
    if (cursor.takeSymbol(':')) {
      const member = cursor.grammar.expression(cursor);
      values.push(key === null ? member : { kind: 'named', name: key, value: member });
    } else values.push(value);
    cursor.takeSymbol(',');
  }
  cursor.expectSymbol('}');
  return call('STRUCT', values);
}

/** The key of a member; null for one that is worked out. */
function keyOf(expr: Expr): string | null {
  if (expr.kind === 'literal') return expr.value;
  return expr.kind === 'column' && expr.parts.length === 1 ? (expr.parts[0]?.text ?? null) : null;
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
  const first = aliased(cursor.grammar.expression(cursor), cursor);
  if (!cursor.isSymbol(',')) {
    closeParens(cursor);
    return first;
  }
  const rest: Expr[] = [];
  while (cursor.takeSymbol(',')) rest.push(aliased(cursor.grammar.expression(cursor), cursor));
  closeParens(cursor);
  return call('ROW', [first, ...rest]);
}

function parseWord(cursor: Cursor, text: string): Expr {
  if (wordValues.has(text) && !cursor.isSymbol('(', 1) && !cursor.isSymbol('.', 1)) {
    cursor.next();
    return { kind: 'literal', type: 'other', value: '', word: text };
  }
  // What DEFAULT stands for is in the table's definition.
  if (text === 'DEFAULT' && /^(?:[,);]|)$/.test(cursor.peek(1).kind === 'word' ? '' : cursor.peek(1).text)) {
    cursor.next();
    return nothing;
  }
  if (text === 'CASE') return parseCase(cursor);
  if (text === 'WITH' && cursor.dialect.quotedPath && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.next();
    return parseWithValues(cursor);
  }
  if (text === 'CURRENT' && currentWords.test(cursor.peek(1).text)) {
    // Db2: `CURRENT DATE`, `CURRENT TIMESTAMP`.
    cursor.next();
    cursor.next();
    return nothing;
  }
  if (cursor.is(text, 'VALUE', 'FOR') || cursor.is('ROW', 'CHANGE')) return parseEngineValue(cursor);
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

/** BigQuery: `WITH(a AS x, b AS a || y, f(a, b))`, values with names for the last one; each name is seen behind it. */
function parseWithValues(cursor: Cursor): Expr {
  const named = cursor.peek().kind !== 'symbol' && cursor.peek(1).kind === 'word' && cursor.peek(1).text === 'AS';
  if (!named) {
    const last = cursor.grammar.expression(cursor);
    cursor.expectSymbol(')');
    return last;
  }
  const { text } = cursor.name();
  cursor.next();
  const value = cursor.grammar.expression(cursor);
  cursor.expectSymbol(',');
  return call('WITH', [value, { kind: 'lambda', params: [text], body: parseWithValues(cursor) }]);
}

/** `NEXT VALUE FOR seq OVER (ORDER BY a)`, `ROW CHANGE TIMESTAMP FOR t`: the engine makes it, from no column. */
function parseEngineValue(cursor: Cursor): Expr {
  while (!cursor.atEnd && !cursor.take('FOR')) cursor.next();
  do cursor.name();
  while (cursor.takeSymbol('.'));
  if (cursor.take('OVER')) cursor.skipParens();
  return nothing;
}

const currentWords =
  /^(?:DATE|TIME|TIMESTAMP|TIMEZONE|USER|SCHEMA|SERVER|PATH|SQLID|DEGREE|ISOLATION|MEMBER|DBPARTITIONNUM|CLIENT_(?:ACCTNG|APPLNAME|USERID|WRKSTNNAME))$/;

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
  const amount = cursor.grammar.expression(cursor, 8);
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
  if (!cursor.is('WHEN')) conditions.push(cursor.grammar.expression(cursor));
  if (!cursor.is('WHEN')) cursor.lack();
  while (cursor.take('WHEN')) {
    conditions.push(cursor.grammar.expression(cursor));
    while (cursor.takeSymbol(',')) conditions.push(cursor.grammar.expression(cursor));
    cursor.expect('THEN');
    values.push(cursor.grammar.expression(cursor));
  }
  const hasElse = cursor.take('ELSE');
  if (hasElse) values.push(cursor.grammar.expression(cursor));
  if (!cursor.take('END')) cursor.fail();
  return { kind: 'case', conditions, values, hasElse };
}
