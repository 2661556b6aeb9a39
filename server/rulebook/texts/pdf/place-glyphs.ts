import type { DrawingState } from './drawing-state.ts';
import { mapPoint, type Matrix, type Point } from './geometry.ts';
import { asRecord } from './operands.ts';

/** A word and where the middles of its letters stand on the page. */
export interface PlacedWord {
  readonly text: string;
  readonly points: readonly Point[];
  /** None of its letters has a shape. */
  readonly isShapeless: boolean;
}

/** Of the size: a wider step begins another word. */
const wordStep = 0.8;

interface Glyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
}

/**
 * The words of one drawing of text, and where the next one goes on. `whole`: from the text to the page; `at`: where it begins.
 * Numbers between the letters are steps back, in thousandths of the size.
 */
export function placeGlyphs(
  glyphs: readonly unknown[],
  { font, fontSize, stretch, rise, characterSpace, wordSpace }: DrawingState,
  whole: Matrix,
  at: Point,
): { readonly words: readonly PlacedWord[]; readonly at: Point } {
  const words: { text: string; points: Point[]; isShapeless: boolean }[] = [];
  let isApart = true;
  let step = 0;
  for (const glyph of glyphs) {
    if (typeof glyph === 'number') {
      const gap = ((font.isVertical ? 1 : -1) * glyph * fontSize) / 1000;
      if (Math.abs(gap) > Math.abs(fontSize) * wordStep) isApart = true;
      step += gap;
      continue;
    }
    if (!isGlyph(glyph)) continue;
    const width = glyph.width * font.unit * fontSize;
    const centre: Point = font.isVertical
      ? [at[0], at[1] + rise - (step + width / 2)]
      : [at[0] + (step + width / 2) * stretch, at[1] + rise + fontSize * 0.3];
    step += width + characterSpace + (glyph.isSpace ? wordSpace : 0);
    if (glyph.unicode.trim() === '') {
      isApart = true;
      continue;
    }
    let word = words.at(-1);
    if (word === undefined || isApart) {
      word = { text: '', points: [], isShapeless: true };
      words.push(word);
      isApart = false;
    }
    word.text += glyph.unicode;
    word.isShapeless &&= font.isShapeless(glyph);
    word.points.push(mapPoint(whole, centre));
  }
  return { words, at: font.isVertical ? [at[0], at[1] - step] : [at[0] + step * stretch, at[1]] };
}

function isGlyph(value: unknown): value is Glyph {
  const { unicode, width } = asRecord(value);
  return typeof unicode === 'string' && typeof width === 'number';
}
