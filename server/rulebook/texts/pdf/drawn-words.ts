import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { stepOf } from './drawing-steps.ts';
import { Drawing, type PageOperators } from './drawing.ts';
import type { Rect } from './geometry.ts';
import { judgeWord, type DrawnWord } from './seen-words.ts';

/** What a page draws. `pictureShare`: how much of it the largest picture covers. */
export interface DrawnPage {
  readonly words: readonly DrawnWord[];
  readonly pictureShare: number;
}

/** Follows the operators of a page and tells of each word whether it is seen. `notes`: where its annotations are drawn. */
export function drawnPage(page: PageOperators, notes: readonly Rect[]): DrawnPage {
  const drawing = new Drawing(page);
  for (const [i, operator] of page.fnArray.entries()) {
    if (drawing.maskDepth > 0 && operator !== OPS.beginGroup && operator !== OPS.endGroup) continue;
    const given = page.argsArray[i];
    drawing.order = i;
    stepOf(operator)(drawing, Array.isArray(given) ? given : []);
  }
  const { words, areas } = drawing;
  return { words: words.map((word) => judgeWord(word, areas, notes)), pictureShare: areas.largestShare(page.view) };
}
