import { ScriptCursor } from './script-cursor.ts';
import type { Argument } from './steps.ts';
import type { Dialect } from '../dialect/dialect.ts';

/** Pieces between commas that stand outside of parentheses. */
export function splitAtCommas(text: string, dialect: Dialect): readonly string[] {
  const cursor = new ScriptCursor(text, dialect);
  const pieces: string[] = [];
  while (!cursor.atEnd) {
    pieces.push(cursor.until((at) => at.isSymbol(',')).trim());
    cursor.takeSymbol(',');
  }
  return pieces.filter((piece) => piece !== '');
}

/** The text without the parentheses around the whole of it. */
export function unwrapped(text: string, dialect: Dialect): string {
  const plain = text.trim();
  if (!plain.startsWith('(')) return plain;
  const cursor = new ScriptCursor(plain, dialect);
  let depth = 0;
  while (!cursor.atEnd) {
    const token = cursor.next();
    if (token.kind === 'symbol' && token.text === '(') depth += 1;
    if (token.kind === 'symbol' && token.text === ')') depth -= 1;
    if (depth === 0) return cursor.atEnd ? plain.slice(1, token.start) : plain;
  }
  return plain;
}

/** Values of a call or of USING: `v`, `name => v`, `name := v`, `@name = v OUTPUT`, `IN OUT v`, `v AS name`. */
export function readArguments(text: string, dialect: Dialect): readonly Argument[] {
  return splitAtCommas(text, dialect).map(readArgument);
}

function readArgument(text: string): Argument {
  const named = /^(@?[\w"`]+)\s*(?:=>|:=)\s*(.*)$/s.exec(text) ?? /^(@\w+)\s*=\s*(.*)$/s.exec(text);
  const [, name = null, rest = text] = named ?? [];
  const moded = /^(?:(IN\s+OUT|OUT|IN)\s+)?(.*?)(?:\s+(OUTPUT|OUT))?$/is.exec(rest.trim());
  const [, mode = '', plain = rest, behind] = moded ?? [];
  const alias = name === null ? /^(.*\S)\s+AS\s+([\w"`]+)$/is.exec(plain) : null;
  const isOut = /out/i.test(mode) || behind !== undefined;
  return {
    name: alias?.[2] ?? name,
    value: alias?.[1] ?? plain,
    ...(isOut ? { isOut } : {}),
  };
}
