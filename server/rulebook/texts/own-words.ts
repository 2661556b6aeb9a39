import type { Provision } from '../catalogue.ts';
import { stemsOf, wholeWordsOf } from '../search/words.ts';
import type { ParsedProvision } from './parsed-text.ts';

/** So many words in a row are a quotation, not chance. */
const run = 7;
/** So many telling words in common say that the number names what our words speak of. */
const inCommon = 2;
/** Of a text as short as `(A) Names;` one. */
const shortText = 6;

/** How our words on a provision stand beside its official text. */
export interface OwnWordsCheck {
  readonly id: string;
  /** The text has a provision of that number. */
  readonly isFound: boolean;
  /** It speaks of what our words speak of. */
  readonly isAbout: boolean;
  /** The first run of words that ours share with any of the text; null: none, as it has to be. */
  readonly borrowed: string | null;
}

/** Compares our words with an official text, provision by provision. */
export function compareOwnWords(
  provisions: readonly Provision[],
  text: { readonly provisions: readonly ParsedProvision[]; readonly text: string },
  isFiller: (word: string) => boolean,
): readonly OwnWordsCheck[] {
  const runs = new Set(runsOf(wholeWordsOf(text.text)));
  const byNumber = new Map(text.provisions.map((one) => [one.number, one]));
  return provisions.map(({ id, title, duty, aliases }) => {
    const number = id.slice(id.indexOf(':') + 1);
    const official = byNumber.get(number);
    const below = text.provisions.filter((one) => one.number.startsWith(`${number}(`)).map((one) => one.text);
    const said = new Set(stemsOf([official?.heading ?? '', official?.text ?? '', ...below].join(' ')));
    const ours = new Set(
      [title, duty, ...aliases].flatMap((words) => stemsOf(words)).filter((word) => !isFiller(word)),
    );
    const isShort = stemsOf(official?.text ?? '').length <= shortText;
    const shared = [...ours].filter((word) => said.has(word)).length;
    const borrowed = runsOf(wholeWordsOf(duty)).find((words) => runs.has(words));
    return {
      id,
      isFound: official !== undefined,
      isAbout: shared >= (isShort || ours.size < inCommon ? 1 : inCommon),
      borrowed: borrowed ?? null,
    };
  });
}

/** Every run of words. */
function runsOf(words: readonly string[]): readonly string[] {
  return words.slice(0, Math.max(0, words.length - run + 1)).map((_, i) => words.slice(i, i + run).join(' '));
}
