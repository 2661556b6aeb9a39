import type { DrawnPage } from './drawn-words.ts';
import type { Unseen } from './seen-words.ts';

/** A page's text without what no eye sees on it. */
export interface SeenText {
  readonly text: string;
  /** How many words were left out, by why they are not seen. */
  readonly leftOut: ReadonlyMap<Unseen, number>;
  /** All of its text was left out: what is seen could not be told from what is not. */
  readonly isLost: boolean;
  /** Its words lie unseen on a picture of the page, as an OCR puts them; they were kept. */
  readonly isScan: boolean;
  /** Words on or under pictures and masks: whether they are seen was not told. They were kept. */
  readonly unsure: number;
}

/** A picture that covers this share of a page is the page. */
const wholePage = 0.5;
/** Of the text that nothing drawn accounts for: more of it, and nothing is told of the page. */
const mostUnaccounted = 0.1;

/** Takes out of a page's text what the page draws and no eye sees. What was read and what was drawn come in the same order. */
export function leaveOutUnseen(text: string, { words, pictureShare }: DrawnPage): SeenText {
  const unsure = words.filter((word) => word.isUnsure).length;
  const unseen = words.filter((word) => word.unseen !== null);
  const kept = { text, leftOut: new Map<Unseen, number>(), isLost: false, isScan: false, unsure };
  if (unseen.length === 0) return kept;
  const isScan =
    unseen.length === words.length && pictureShare >= wholePage && unseen.every((word) => word.unseen === 'not drawn');
  if (isScan) return { ...kept, isScan };
  const letters = lettersOf(text);
  const marks = matchWords(letters.map(({ letter }) => letter).join(''), words);
  const leftOut = new Map<Unseen, number>();
  for (const { unseen: why } of unseen) if (why !== null) leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
  if (marks === null) return { ...kept, text: '', leftOut, isLost: true };
  const gone = new Set(letters.flatMap(({ at }, i) => (marks[i] === 'unseen' ? [at] : [])));
  return {
    ...kept,
    text: text
      .split('')
      .filter((_, i) => !gone.has(i))
      .join(''),
    leftOut,
  };
}

/** The letters of a text as they are compared, and where each stands. */
function lettersOf(text: string): readonly { readonly letter: string; readonly at: number }[] {
  const letters: { letter: string; at: number }[] = [];
  for (let at = 0; at < text.length; at += 1)
    for (const letter of comparable(text[at] ?? '').split('')) letters.push({ letter, at });
  return letters;
}

function comparable(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, '');
}

/** For each letter whether a seen or an unseen word accounts for it; null when that cannot be told. */
function matchWords(letters: string, words: DrawnPage['words']): readonly ('seen' | 'unseen' | null)[] | null {
  const marks: ('seen' | 'unseen' | null)[] = Array.from(letters, () => null);
  const mark = (from: number, length: number, as: 'seen' | 'unseen'): void => void marks.fill(as, from, from + length);
  const missed: string[] = [];
  let at = 0;
  for (const { text, unseen } of words) {
    const word = comparable(text);
    if (word === '') continue;
    // What stands off the page is mostly not read at all.
    const found = unseen === 'off the page' ? -1 : letters.indexOf(word, at);
    if (found >= 0 && found - at <= Math.max(3, word.length)) {
      mark(found, word.length, unseen === null ? 'seen' : 'unseen');
      at = found + word.length;
    } else if (unseen !== null) missed.push(word);
  }
  for (const word of missed)
    for (let from = letters.indexOf(word); from >= 0; from = letters.indexOf(word, from + 1))
      if (marks.slice(from, from + word.length).every((one) => one === null)) {
        mark(from, word.length, 'unseen');
        break;
      }
  const unaccounted = marks.filter((one) => one === null).length;
  return unaccounted > letters.length * mostUnaccounted ? null : marks;
}
