/** The words of names and descriptions as the full-text index holds them: lower case, no accents, humps and separators split. */
export function indexedWords(...texts: readonly string[]): string {
  return [...new Set(wordsOf(texts.join(' ')))].join(' ');
}

/** What a search asks of the index: every word must begin a word there. Null when there is no word in it. */
export function fullTextQuery(text: string): string | null {
  const words = plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0
    ? null
    : words
        .slice(0, 12)
        .map((word) => `+${word}*`)
        .join(' ');
}

function wordsOf(text: string): readonly string[] {
  const humps = text.replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2');
  return [text, humps].flatMap((one) => plain(one).match(/[\p{L}\p{N}]+/gu) ?? []);
}

function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
