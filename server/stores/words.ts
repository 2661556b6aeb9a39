import type { FieldPath } from '../model/ids.ts';

/** Letters of a word that count, in code points; the rest of a longer one is left out in the index and in the question alike. */
const longestWord = 100;

/** Words of a question that count. */
const wordsAtMost = 12;

/**
 * The words by which a thing is found, each once, as every engine's index holds them: a field by its path, anything else by its
 * own name; and by what is said of it. Separators and humps split; forms of one letter (case, accents, ligatures, full width)
 * are one. Between them stands one space, so an index has nothing left to split or fold.
 */
export function indexedWords(name: string, path: FieldPath | null, description = ''): string {
  const text = `${path === null ? name : path.join(' ')} ${description}`;
  const humps = text.replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2');
  return [...new Set([...wordsOf(text), ...(humps === text ? [] : wordsOf(humps))])].join(' ');
}

/** What a search asks of the index: each of these must begin a word there. Empty when there is no word in the text. */
export function searchedWords(text: string): readonly string[] {
  return wordsOf(text).slice(0, wordsAtMost);
}

function wordsOf(text: string): readonly string[] {
  const words = folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => (word.length <= longestWord ? word : Array.from(word).slice(0, longestWord).join('')));
}

/** Upper case first: it makes two letters of `ß` and one of both small sigmas. */
function folded(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase();
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return plain.toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}

const isAscii = /^[\u0020-\u007E]*$/u;
