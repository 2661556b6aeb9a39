import { namedRule } from '../functions/function-table.ts';
import { parseType } from './parse-parts.ts';
import type { Cursor } from './cursor.ts';
import type { Expr, Name } from '../ast/nodes.ts';

const castTypes =
  /^(?:DATE|INTEGER|INT|BIGINT|SMALLINT|BYTEINT|DECIMAL|DEC|NUMERIC|FLOAT|REAL|DOUBLE|CHAR|CHARACTER|VARCHAR|TIMESTAMP|TIME|BYTE|VARBYTE|NUMBER|CLOB|BLOB|GRAPHIC|VARGRAPHIC)$/;
const shown = /^(?:UPPERCASE|UC|CASESPECIFIC|CS|NOT)$/;

/**
 * Teradata: `value (VARCHAR(50))`, `(FORMAT 'yyyy')`, `(TITLE '…')`, `(NAMED x)`, `(DATE, FORMAT 'yyyy')`: true when such a phrase
 * stands here, and no arguments. Source: "Teradata Conversion Syntax" and "Data Type Default Attributes" of "Data Types and
 * Literals".
 */
export function startsPhrase(cursor: Cursor): boolean {
  if (!cursor.dialect.castPhrases || !cursor.isSymbol('(')) return false;
  const [word, next] = [cursor.peek(1), cursor.peek(2)];
  if (word.kind !== 'word') return false;
  if (word.text === 'TITLE' || word.text === 'FORMAT') return next.kind === 'string';
  if (word.text === 'NAMED') return next.kind === 'word' || next.kind === 'name';
  if (shown.test(word.text)) return next.text === ')' || next.text === ',' || next.text === 'CASESPECIFIC';
  // `f(DATE '2020-01-01')` is a literal, `f(date.a)` a column.
  return castTypes.test(word.text) && next.kind !== 'string' && next.text !== '.';
}

/** A name before a phrase is a column's, unless it is that of a function with its arguments close to it: `max(DATE)`. */
export function isPhraseOf(cursor: Cursor, parts: readonly Name[]): boolean {
  if (!startsPhrase(cursor)) return false;
  const [only] = parts;
  const isFunction = parts.length === 1 && namedRule(only?.text ?? '', cursor.dialect.name) !== null;
  return !isFunction || cursor.peek().spaced || !castTypes.test(cursor.peek(1).text);
}

/** Takes the phrases that stand behind a value, one after the other. */
export function parsePhrases(cursor: Cursor, value: Expr): Expr {
  let expr = value;
  let name: string | null = null;
  while (startsPhrase(cursor)) {
    cursor.next();
    while (!cursor.atEnd && !cursor.isSymbol(')')) {
      const { kind, text } = cursor.peek();
      if (cursor.take('NAMED')) name = cursor.name().text;
      else if (kind === 'word' && castTypes.test(text)) expr = { kind: 'cast', arg: expr, type: parseType(cursor) };
      else if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
    }
    cursor.expectSymbol(')');
  }
  return name === null ? expr : { kind: 'named', name, value: expr };
}
