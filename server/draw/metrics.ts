import { columnsOf } from './text.ts';

/** Sizes of a picture in pixels; the faces are those of {@link drawingCss}. */
export const metrics = {
  margin: 16,
  /** Height of a box's head, and of one of its rows. */
  header: 30,
  row: 22,
  /** Between boxes of one column. */
  space: 22,
  /** Between columns, beside the words that stand there. */
  gutter: 64,
  /** Width of a character of the fixed-width face at 12 px, of the label's face at 11 px, of the words at 10 px. */
  nameChar: 7.3,
  labelChar: 6.4,
  wordChar: 6,
  /** Longest name and label in characters before they are shortened. */
  nameColumns: 26,
  labelColumns: 30,
  titleColumns: 34,
  smallest: 150,
  /** Room at the right for an edge that leaves and enters the same box. */
  loop: 40,
  /** Between edges that run side by side around a corner. */
  track: 5,
  line: 16,
} as const;

/** How wide the words beside a port are painted. */
export function wordsWidth(words: string): number {
  return columnsOf(words) * metrics.wordChar + 6;
}
