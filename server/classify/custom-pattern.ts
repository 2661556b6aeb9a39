import { RE2 } from 're2-wasm';
import { messageOf } from '../base/errors.ts';

const maxPattern = 1_000;

/** Why RE2 refuses a pattern, in words that a person can act on; null when it takes it. */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > maxPattern) return `the pattern is longer than ${maxPattern} signs`;
  try {
    compile(pattern, 'u');
    return null;
  } catch (error) {
    return `RE2 refuses the pattern: ${messageOf(error)} (it has no look-around and no back references: https://github.com/google/re2/wiki/Syntax)`;
  }
}

/** Texts that have nothing in common: what takes all of them takes anything. */
const unlike = ['a', '7', 'Zq-81 / x', '§', '    ', 'one two three, four', '{"k":[0]}', '0'.repeat(40)];

/** Names of columns that have nothing in common but that they are names. */
const unlikeNames = ['a', 'id', 'qty7', 'order_total', 'createdAt', 'STATUS_CD', 'warehouse'];

/** Why a pattern that RE2 takes is no pattern of anything: it takes the empty text, or whatever is there; null: it is one. */
export function widthProblem(pattern: string): string | null {
  const test = compilePattern(pattern);
  if (test('')) return 'the pattern takes the empty text; say what a value must have';
  return unlike.every((text) => test(text)) ? 'the pattern takes any text; say what a value must have' : null;
}

/** Why a pattern of names would name every column, or one without a name; null: it says which. */
export function nameWidthProblem(pattern: string): string | null {
  const test = compilePattern(pattern, { anyCase: true });
  if (test('')) return 'the pattern takes the empty text; say what a name must have';
  return unlikeNames.every((name) => test(name)) ? 'the pattern takes any name; say what a name must have' : null;
}

/** A test of whole texts, in time linear to the text; with regard to case unless told otherwise. */
export function compilePattern(
  pattern: string,
  options: { readonly anyCase?: boolean } = {},
): (text: string) => boolean {
  const compiled = compile(pattern, options.anyCase === true ? 'iu' : 'u');
  return (text) => compiled.test(text);
}

function compile(pattern: string, flags: string): RE2 {
  return new RE2(`^(?:${pattern})$`, flags);
}
