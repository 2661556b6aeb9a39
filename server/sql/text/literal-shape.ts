/** Longest shape told; the rest of a longer literal is left out. */
const longest = 48;

/**
 * The shape of a literal: letters as `a`, runs of any length folded into one; digits as `9` with their number up to 19; the
 * few signs that formats are made of stay, all others become `?`. Nothing can be read back from it.
 */
export function literalShape(literal: string): string {
  return literal
    .slice(0, 200)
    .replaceAll(/\p{L}+/gu, 'a')
    .replaceAll(/\p{N}+/gu, (digits) => '9'.repeat(Math.min(digits.length, 19)))
    .replaceAll(/[^a9@.\-/:_+()%* ]/gu, '?')
    .replaceAll(/\?{2,}/g, '?')
    .slice(0, longest);
}
