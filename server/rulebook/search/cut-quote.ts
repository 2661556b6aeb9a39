import type { CitablePassage } from '../rulebook.ts';
import { excludedSentences } from './exclusions.ts';
import { wholeQuote } from './whole-quote.ts';
import { stemsOf } from './words.ts';

/** A sentence that goes on for longer is cut after a clause. */
const longestQuote = 1_500;

/** Words of a question that asks what is not meant. */
const asksForExclusions = new Set(['except', 'exclud', 'exclus', 'exempt', 'not'].flatMap((word) => stemsOf(word)));

/**
 * The sentence of a passage that speaks most of the question, cut whole from the stored text as it stands; of a passage that no
 * word of the question stands in, its beginning. One that says what
 * is not meant only where nothing else speaks of it, or where the question asks for that.
 */
export function cutQuote(passage: CitablePassage, stems: readonly string[]): string {
  const wanted = new Set(stems);
  const excluded = stems.some((one) => asksForExclusions.has(one)) ? [] : excludedSentences(passage);
  let best = { sentence: -1, score: -1 };
  for (const [i, { start, end }] of passage.sentences.entries()) {
    const held = new Set(stemsOf(passage.text.slice(start, end)));
    const words = [...held].filter((one) => wanted.has(one)).length;
    const score = excluded[i] === true ? words / 1000 : words;
    if (score > best.score && end - start > 3) best = { sentence: i, score };
  }
  return shortened(best.score <= 0 ? passage.text : wholeQuote(passage, best.sentence, excluded));
}

/** The beginning of what is too long, to the end of a clause or at least of a word. */
function shortened(quote: string): string {
  if (quote.length <= longestQuote) return quote;
  const start = quote.slice(0, longestQuote);
  const clause = Math.max(start.lastIndexOf(';'), start.lastIndexOf(','));
  const end = clause > longestQuote / 2 ? clause + 1 : start.search(/\s+\S*$/u);
  return start.slice(0, end < 0 ? longestQuote : end);
}
