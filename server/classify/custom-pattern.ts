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
