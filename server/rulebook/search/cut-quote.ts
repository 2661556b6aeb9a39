import type { CitablePassage } from '../rulebook.ts';
import { excludedSentences } from './exclusions.ts';
import { stemsOf } from './words.ts';

/** Longer quotations tell less. */
const longestQuote = 700;

/** Words of a question that asks what is not meant. */
const asksForExclusions = new Set(['except', 'exclud', 'exclus', 'exempt', 'not'].flatMap((word) => stemsOf(word)));

/**
 * The sentence of a passage that speaks most of the question, cut from the stored text as it stands. One that says what is not
 * meant only where nothing else speaks of it, or where the question asks for that.
 */
export function cutQuote(passage: CitablePassage, stems: readonly string[]): string {
  const wanted = new Set(stems);
  const excluded = stems.some((one) => asksForExclusions.has(one)) ? [] : excludedSentences(passage);
  let best = { start: 0, end: Math.min(passage.text.length, longestQuote), score: -1 };
  for (const [i, { start, end }] of passage.sentences.entries()) {
    const held = new Set(stemsOf(passage.text.slice(start, end)));
    const words = [...held].filter((one) => wanted.has(one)).length;
    const score = excluded[i] === true ? words / 1000 : words;
    if (score > best.score && end - start > 3) best = { start, end, score };
  }
  return passage.text.slice(best.start, Math.min(best.end, best.start + longestQuote));
}
