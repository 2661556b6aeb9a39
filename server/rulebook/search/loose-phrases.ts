import { rootOf, type WordFamily } from './roots.ts';
import { speltOut, wordsOf } from './words.ts';

/** Phrases whose words may stand in any order with others between them: `consent of the parents` says `parents' consent`. */
export interface LoosePhrases<T> {
  /** The values of every phrase all of whose telling words are there, each with how many words that are. */
  find(words: readonly string[]): readonly { readonly value: T; readonly words: number }[];
}

/** A phrase with the family of languages by whose endings its words are compared. */
export interface LoosePhrase<T> {
  readonly phrase: string;
  readonly family: WordFamily;
  readonly value: T;
}

/** A phrase of one telling word would be met by chance; a word this short tells nothing. */
const fewestWords = 2;
const shortestWord = 3;

export function createLoosePhrases<T>(
  phrases: readonly LoosePhrase<T>[],
  {
    isFiller,
    same,
  }: {
    readonly isFiller: (word: string) => boolean;
    /** The one word that stands for all that mean the same, by root; such words tell something though they may be fillers. */
    readonly same: (root: string) => string | undefined;
  },
): LoosePhrases<T> {
  const families = new Map<WordFamily, Map<string, { readonly roots: readonly string[]; readonly value: T }[]>>();
  const telling = (words: readonly string[], family: WordFamily): string[] => [
    ...new Set(
      words.flatMap((word) => {
        const root = rootOf(word, family);
        const one = family === 'english' ? same(root) : undefined;
        return one !== undefined ? [one] : word.length >= shortestWord && !isFiller(word) ? [root] : [];
      }),
    ),
  ];
  for (const { phrase, family, value } of phrases)
    for (const spelling of new Set([phrase, speltOut(phrase) ?? phrase])) {
      const roots = telling(wordsOf(spelling), family);
      const [longest] = roots.toSorted((a, b) => b.length - a.length);
      if (longest === undefined || roots.length < fewestWords) continue;
      const index = families.get(family) ?? new Map<string, { roots: readonly string[]; value: T }[]>();
      families.set(family, index);
      index.set(longest, [...(index.get(longest) ?? []), { roots, value }]);
    }
  return {
    find(words) {
      return [...families].flatMap(([family, index]) => {
        const there = new Set(telling(words, family));
        return [...there].flatMap((root) =>
          (index.get(root) ?? [])
            .filter(({ roots }) => roots.every((one) => there.has(one)))
            .map(({ roots, value }) => ({ value, words: roots.length })),
        );
      });
    },
  };
}
