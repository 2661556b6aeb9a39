import { hash } from 'node:crypto';

/** A sparse vector as Qdrant takes it: each index once. */
export interface SparseVector {
  readonly indices: number[];
  readonly values: number[];
}

/** BM25's saturation and its share of length; the server multiplies by how rare a word is (`modifier: idf`). */
const saturation = 1.2;
const lengthShare = 0.75;
/** Words of a usual passage: a fixed number keeps vectors the same whatever else is indexed. */
const usualLength = 80;
/** Words that a passage is found by and that are never shown count double. */
const searchWeight = 2;

/** Words folded as the embedded engine folds them: lower case, no accents, English endings cut. */
export function wordsIn(text: string): string[] {
  const folded = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => withoutEnding(word));
}

function withoutEnding(word: string): string {
  if (!/^[a-z]{4,}$/u.test(word)) return word;
  const singular = word
    .replace(/ies$/u, 'y')
    .replace(/(ss|sh|ch|x)es$/u, '$1')
    .replace(/([^aius])s$/u, '$1');
  return singular
    .replace(/^(.*[aeiouy].*)(?:ing|ed)$/u, (whole, root: string) => (root.length > 2 ? root : whole))
    .replace(/(..t)ion$/u, '$1')
    .replace(/(..[^e])e$/u, '$1');
}

/** The index of a word: 32 bits of a hash, as there is no vocabulary to keep. Two words may share one, once in millions. */
function indexOf(word: string): number {
  return Number.parseInt(hash('sha256', word, 'hex').slice(0, 8), 16);
}

/** A passage's words, weighed by how often they stand in it. */
export function passageVector(text: string, searchText: string): SparseVector {
  const counts = new Map<number, number>();
  let length = 0;
  for (const [words, weight] of [[wordsIn(text), 1] as const, [wordsIn(searchText), searchWeight] as const]) {
    length += words.length;
    for (const word of words) counts.set(indexOf(word), (counts.get(indexOf(word)) ?? 0) + weight);
  }
  const norm = saturation * (1 - lengthShare + (lengthShare * length) / usualLength);
  return toVector([...counts].map(([index, count]) => [index, (count * (saturation + 1)) / (count + norm)] as const));
}

/** A question's words with their weights; a term of several words shares its weight among them. */
export function queryVector(terms: readonly { readonly term: string; readonly weight: number }[]): SparseVector {
  const weights = new Map<number, number>();
  for (const { term, weight } of terms) {
    const words = wordsIn(term);
    for (const word of words) weights.set(indexOf(word), (weights.get(indexOf(word)) ?? 0) + weight / words.length);
  }
  return toVector([...weights]);
}

function toVector(pairs: readonly (readonly [number, number])[]): SparseVector {
  const sorted = pairs.toSorted(([a], [b]) => a - b);
  return { indices: sorted.map(([index]) => index), values: sorted.map(([, value]) => value) };
}
