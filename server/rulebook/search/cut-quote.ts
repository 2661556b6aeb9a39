import type { CitablePassage } from '../rulebook.ts';
import { stemsOf } from './words.ts';

/** Longer quotations tell less. */
const longestQuote = 700;

/** The sentence of a passage that speaks most of the question, cut from the stored text as it stands. */
export function cutQuote(passage: CitablePassage, stems: readonly string[]): string {
  const wanted = new Set(stems);
  let best = { start: 0, end: Math.min(passage.text.length, longestQuote), score: -1 };
  for (const { start, end } of passage.sentences) {
    const held = new Set(stemsOf(passage.text.slice(start, end)));
    const score = [...held].filter((one) => wanted.has(one)).length;
    if (score > best.score && end - start > 3) best = { start, end, score };
  }
  return passage.text.slice(best.start, Math.min(best.end, best.start + longestQuote));
}
