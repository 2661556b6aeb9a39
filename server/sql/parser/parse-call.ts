import { parseArguments, parseKeys, parseList, passToClose } from './parse-arguments.ts';
import { closeParens, parseType } from './parse-parts.ts';
import { isPhraseOf, parsePhrases } from './parse-phrases.ts';
import { call, nothing } from '../ast/make.ts';
import { unmarked } from '../text/twin-names.ts';
import type { Cursor } from './cursor.ts';
import type { CallExpr, Expr, Name, WindowSpec } from '../ast/nodes.ts';

/** A call of the function that `parts` names, with all that may follow its arguments; `(` stands here. */
export function parseCall(cursor: Cursor, written: readonly Name[]): Expr {
  // BigQuery: `SAFE.f(x)` is f, with NULL in place of an error.
  const isSafe = written.length > 1 && cursor.dialect.quotedPath && /^safe$/i.test(written[0]?.text ?? '');
  const parts = isSafe ? written.slice(1) : written;
  const last = unmarked(parts.at(-1)?.text ?? '').toUpperCase();
  if (parts.length === 1) {
    const special = Object.hasOwn(specials, last) ? specials[last] : undefined;
    if (special !== undefined) {
      const mark = cursor.mark();
      const expr = special(cursor);
      if (expr !== null) return expr;
      cursor.reset(mark);
    }
  }
  if (isPhraseOf(cursor, parts)) return parsePhrases(cursor, { kind: 'column', parts });
  const { args, distinct, order, having } = parseArguments(cursor, /COUNT|GROUPING/.test(last));
  if (parts.length > 1 && cursor.dialect.valueMethods?.test(parts.at(-1)?.text ?? '') === true)
    return call(last, [{ kind: 'column', parts: parts.slice(0, -1) }, ...args]);
  if (isMethod(cursor, parts, args)) return call(last, [{ kind: 'column', parts: parts.slice(0, -1) }, ...args]);
  const name = unmarked(parts.map((part) => part.text).join('.'));
  return parseCallTail(cursor, call(name, args, { distinct, order, filter: having }));
}

const ownSchemas = /^(?:main|temp|system|pg_catalog|information_schema)$/i;

/**
 * DuckDB's function chaining: `mail.lower()` is `lower(mail)`. A function of somebody's schema is written alike, and is given
 * columns; one that is given constants alone would say nothing of where a value comes from.
 */
function isMethod(cursor: Cursor, [first, ...more]: readonly Name[], args: readonly Expr[]): boolean {
  if (!cursor.dialect.prefixAliases || first === undefined || more.length === 0) return false;
  return !ownSchemas.test(first.text) && args.every(({ kind }) => kind === 'literal' || kind === 'lambda');
}

function parseCallTail(cursor: Cursor, made: CallExpr): Expr {
  let expr = made;
  // `quantile(0.5)(x)`: ClickHouse's parameters before the arguments.
  if (cursor.dialect.parametricCalls && cursor.isSymbol('(')) expr = { ...expr, args: parseArguments(cursor).args };
  for (;;) {
    if (cursor.is('FILTER') && cursor.isSymbol('(', 1)) {
      cursor.next();
      cursor.next();
      cursor.take('WHERE');
      expr = { ...expr, filter: cursor.grammar.expression(cursor) };
      closeParens(cursor);
    } else if (cursor.is('WITHIN', 'GROUP')) {
      cursor.next();
      cursor.next();
      expr = { ...expr, order: parseOrderParens(cursor) };
    } else if (cursor.is('KEEP') && cursor.isSymbol('(', 1)) {
      cursor.next();
      cursor.next();
      while (!cursor.atEnd && !cursor.is('ORDER', 'BY') && !cursor.isSymbol(')')) cursor.next();
      if (cursor.take('ORDER', 'BY')) expr = { ...expr, order: parseKeys(cursor) };
      closeParens(cursor);
    } else if (expr.name === 'MATCH' && cursor.is('AGAINST')) {
      cursor.next();
      cursor.skipParens();
    } else if (expr.name === 'TRANSFORM' && cursor.is('USING')) {
      // Hive: `TRANSFORM (a, b) USING 'script' AS (x, y)`: what the script does to them is not known.
      cursor.next();
      cursor.next();
      expr = { ...expr, name: 'TRANSFORM USING' };
    } else if (
      cursor.take('IGNORE', 'NULLS') ||
      cursor.take('RESPECT', 'NULLS') ||
      cursor.take('FROM', 'FIRST') ||
      cursor.take('FROM', 'LAST')
    )
      continue;
    else if (cursor.is('OVER')) return { kind: 'window', call: expr, over: parseOver(cursor) };
    else return expr;
  }
}

function parseOrderParens(cursor: Cursor): readonly Expr[] {
  cursor.expectSymbol('(');
  const keys = cursor.take('ORDER', 'BY') ? parseKeys(cursor) : [];
  closeParens(cursor);
  return keys;
}

function parseOver(cursor: Cursor): WindowSpec {
  cursor.next();
  if (!cursor.isSymbol('(')) return { name: cursor.name().text, partition: [], order: [] };
  return parseWindow(cursor);
}

/** A window's definition in parentheses. */
export function parseWindow(cursor: Cursor): WindowSpec {
  cursor.expectSymbol('(');
  const starts = /^(?:PARTITION|ORDER|ROWS|RANGE|GROUPS|DISTRIBUTE|SORT|CLUSTER)$/;
  const first = cursor.peek();
  const name = (first.kind === 'word' && !starts.test(first.text)) || first.kind === 'name' ? cursor.name().text : null;
  const partition: Expr[] = [];
  const order: Expr[] = [];
  for (;;) {
    if (cursor.take('PARTITION', 'BY') || cursor.take('DISTRIBUTE', 'BY') || cursor.take('CLUSTER', 'BY')) {
      do partition.push(cursor.grammar.expression(cursor));
      while (cursor.takeSymbol(','));
    } else if (cursor.take('ORDER', 'BY') || cursor.take('SORT', 'BY')) order.push(...parseKeys(cursor));
    else break;
  }
  // The frame: how many rows, never which column.
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  cursor.expectSymbol(')');
  return { name, partition, order };
}

function parseCast(cursor: Cursor): Expr | null {
  cursor.expectSymbol('(');
  const arg = cursor.grammar.expression(cursor);
  if (!cursor.take('AS')) return null;
  const type = parseType(cursor);
  cursor.skipTo(new Set());
  cursor.expectSymbol(')');
  return { kind: 'cast', arg, type };
}

/** T-SQL: CONVERT(type, value, style); Redshift: CONVERT(type, value). MySQL and others: CONVERT(value, type), CONVERT(value USING charset). */
function parseConvert(cursor: Cursor): Expr | null {
  if (!cursor.dialect.convertToType) return null;
  cursor.expectSymbol('(');
  const type = parseType(cursor);
  if (!cursor.takeSymbol(',')) return null;
  const arg = cursor.grammar.expression(cursor);
  if (cursor.takeSymbol(',')) cursor.grammar.expression(cursor);
  cursor.expectSymbol(')');
  return { kind: 'cast', arg, type };
}

function parseExtract(cursor: Cursor): Expr | null {
  cursor.expectSymbol('(');
  const unit = cursor.next();
  if (cursor.isSymbol('(')) cursor.skipParens();
  if (!cursor.take('FROM')) return null;
  const value = cursor.grammar.expression(cursor);
  closeParens(cursor);
  return call('EXTRACT', [{ kind: 'literal', type: 'other', value: unit.text }, value]);
}

/** `XMLELEMENT(NAME a, …)`, `XMLELEMENT("a", …)`: the first is the element's name, no column. */
function parseXmlElement(cursor: Cursor): Expr | null {
  cursor.expectSymbol('(');
  if (!cursor.take('NAME')) cursor.take('EVALNAME');
  const { kind } = cursor.peek();
  const isNamed = (kind === 'name' || kind === 'word') && (cursor.isSymbol(',', 1) || cursor.isSymbol(')', 1));
  if (!isNamed) return null;
  cursor.next();
  if (cursor.takeSymbol(')')) return call('XMLELEMENT', []);
  const args = cursor.takeSymbol(',') ? parseList(cursor) : [];
  passToClose(cursor);
  cursor.expectSymbol(')');
  return call('XMLELEMENT', args);
}

/** `XMLPARSE(DOCUMENT x)`, `XMLSERIALIZE(CONTENT x AS CLOB)`. */
function parseXmlText(cursor: Cursor): Expr | null {
  cursor.expectSymbol('(');
  if (!cursor.take('DOCUMENT') && !cursor.take('CONTENT')) return null;
  const value = cursor.grammar.expression(cursor);
  passToClose(cursor);
  cursor.expectSymbol(')');
  return call('XMLSERIALIZE', [value]);
}

/** Db2: `TRIM(L '0' FROM x)`, with the first letter of LEADING, TRAILING or BOTH. */
function parseTrim(cursor: Cursor): Expr | null {
  cursor.expectSymbol('(');
  if (cursor.peek().kind !== 'word' || !/^[LTB]$/.test(cursor.peek().text)) return null;
  cursor.next();
  // `TRIM(b)`, `TRIM(t.name)`: a column or table of that name.
  if (cursor.peek().kind === 'symbol') return null;
  const signs = cursor.is('FROM') ? null : cursor.grammar.expression(cursor);
  if (!cursor.take('FROM')) return null;
  const value = cursor.grammar.expression(cursor);
  closeParens(cursor);
  return call('TRIM', signs === null ? [value] : [value, signs]);
}

/** `SUBSTRING(x FROM 2 FOR 3)`, `SUBSTRING(x FOR 3)`: start and length in the places of the other form. */
function parseSubstring(cursor: Cursor): Expr | null {
  cursor.expectSymbol('(');
  const value = cursor.grammar.expression(cursor);
  if (!cursor.is('FROM') && !cursor.is('FOR')) return null;
  let start: Expr = { kind: 'literal', type: 'number', value: '1' };
  let length: Expr | null = null;
  for (;;) {
    if (cursor.take('FROM')) start = cursor.grammar.expression(cursor);
    else if (cursor.take('FOR')) length = cursor.grammar.expression(cursor);
    else break;
  }
  closeParens(cursor);
  return call('SUBSTRING', length === null ? [value, start] : [value, start, length]);
}

/** Calls whose arguments are no plain list. */
const specials: Readonly<Record<string, (cursor: Cursor) => Expr | null>> = {
  CAST: parseCast,
  TRY_CAST: parseCast,
  SAFE_CAST: parseCast,
  CONVERT: parseConvert,
  TRY_CONVERT: parseConvert,
  EXTRACT: parseExtract,
  XMLELEMENT: parseXmlElement,
  XMLPI: parseXmlElement,
  XMLPARSE: parseXmlText,
  XMLSERIALIZE: parseXmlText,
  TRIM: parseTrim,
  // T-SQL: `SELECT IDENTITY(int, 1, 1) AS id INTO …`: a type and two numbers.
  IDENTITY: (cursor) => {
    if (!cursor.dialect.equalsAlias) return null;
    cursor.skipParens();
    return nothing;
  },
  SUBSTRING: parseSubstring,
  GROUPING_ID: (cursor) => {
    cursor.skipParens();
    return nothing;
  },
};
