/** Longer shapes, and shapes that keep neither letter nor digit, are not kept. */
const maxShape = 40;
export const otherShape = 'other';

/**
 * The shape of a value: digits as `9`, upper and lower case letters as `A` and `a`, runs longer than four folded to `9+`,
 * `A+`, `a+`; blanks and ASCII punctuation kept, every other sign as `?`. Letters of scripts without case count as `a`.
 */
export function shapeOf(text: string): string {
  let shape = '';
  let run = '';
  let length = 0;
  let readable = false;
  const flush = (): void => {
    shape += length > 4 ? `${run}+` : run.repeat(length);
    length = 0;
  };
  for (const char of text) {
    const sign = signOf(char);
    if (sign === '9' || sign === 'A' || sign === 'a') {
      readable = true;
      if (sign !== run) {
        flush();
        run = sign;
      }
      length += 1;
    } else {
      flush();
      run = '';
      shape += sign;
    }
    if (shape.length > maxShape) return otherShape;
  }
  flush();
  return readable && shape.length <= maxShape ? shape : otherShape;
}

function signOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 48 && code <= 57) return '9';
  if (code >= 97 && code <= 122) return 'a';
  if (code >= 65 && code <= 90) return 'A';
  if (code < 32 || code === 127) return '?';
  if (code < 127) return char;
  if (/\p{Lu}/u.test(char)) return 'A';
  if (/[\p{L}\p{M}]/u.test(char)) return 'a';
  if (/\p{N}/u.test(char)) return '9';
  return '?';
}
