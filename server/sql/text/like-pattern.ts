/** A LIKE pattern as the body of a regular expression over whole texts: `^(?:…)$` goes around it. */
export function likeSource(like: string): string {
  return escaped(like).replaceAll(/%+/g, '.*').replaceAll('_', '.');
}

/** A shell's pattern (`*`, `?`) in the same form. */
export function globSource(glob: string): string {
  return escaped(glob)
    .replaceAll(String.raw`\*`, '.*')
    .replaceAll(String.raw`\?`, '.');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
