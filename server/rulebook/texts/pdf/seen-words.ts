import type { DrawingState } from './drawing-state.ts';
import { holds, type Matrix, type Point, type Rect } from './geometry.ts';
import type { Colour, PaintedAreas } from './painted-areas.ts';
import type { PlacedWord } from './place-glyphs.ts';

/** Why no eye sees a word that a page draws. */
export type Unseen =
  | 'not drawn'
  | 'in letters without a shape'
  | 'transparent'
  | 'in the colour of what lies below'
  | 'covered'
  | 'clipped away'
  | 'off the page'
  | 'smaller than 1 pt'
  | 'in a layer that is switched off';

/** A word as a page draws it. */
export interface DrawnWord {
  readonly text: string;
  /** Null: it is seen, as far as can be told. */
  readonly unseen: Unseen | null;
  /** It lies on or under a picture, a mask, a note or the like, or is painted with a pattern: whether it is seen was not told. */
  readonly isUnsure: boolean;
}

/** Less of it is taken for nothing. */
const leastAlpha = 0.05;
/** Of 255: colours nearer than this are one to the eye. */
const leastDifference = 24;
/** Points. */
const leastSize = 1;
/** Paint of a word; a colour of null is a pattern, of which nothing is told. */
interface Ink {
  readonly colour: Colour | null;
  readonly alpha: number;
}

/** A word with what decides later, when the page is drawn. */
export interface MetWord extends PlacedWord {
  readonly order: number;
  readonly unseen: Unseen | null;
  readonly outside: (point: Point) => Unseen | null;
  readonly inks: readonly Ink[];
  readonly isMasked: boolean;
  isCutOut: boolean;
}

/** A word is unseen when its first, middle and last letter are. `notes`: where annotations are drawn, which lie above everything. */
export function judgeWord(word: MetWord, areas: PaintedAreas, notes: readonly Rect[]): DrawnWord {
  const { text, points, order } = word;
  const samples = [points[0], points[points.length >> 1], points.at(-1)].filter((one) => one !== undefined);
  let isUnsure = word.isMasked || samples.some((point) => notes.some((note) => holds(note, point)));
  const judgeAt = (point: Point): Unseen | null => {
    const outside = word.outside(point);
    if (outside !== null) return outside;
    if (word.isCutOut) return null;
    if (word.inks.length === 0) return 'not drawn';
    if (word.isShapeless) return 'in letters without a shape';
    const inks = word.inks.filter(({ alpha }) => alpha >= leastAlpha);
    if (inks.length === 0) return 'transparent';
    const over = areas.over(point, order);
    if (over === 'opaque') return 'covered';
    const below = areas.below(point, order);
    if (over === 'other' || below === null || inks.every(({ colour }) => colour === null)) isUnsure = true;
    if (below === null) return null;
    return inks.some((ink) => differs(ink, below)) ? null : 'in the colour of what lies below';
  };
  const judged = word.unseen === null ? samples.map((point) => judgeAt(point)) : [word.unseen];
  const unseen = judged.includes(null) ? null : (judged[0] ?? null);
  return { text, unseen, isUnsure: unseen === null && isUnsure };
}

/** Does paint look different from what lies below it? */
function differs({ colour, alpha }: Ink, below: Colour): boolean {
  if (colour === null) return true;
  return Math.max(...colour.map((part, i) => Math.abs(part - (below[i] ?? 0)))) * alpha >= leastDifference;
}

/** Is paint seen where nothing was painted before? */
export function isVisibleOnPaper(colour: Colour | null, alpha: number): boolean {
  return differs({ colour, alpha }, [255, 255, 255]);
}

/** With what a word is painted; empty: with nothing. */
export function inksOf({ mode, fill, stroke, fillAlpha, strokeAlpha, groupAlpha, font }: DrawingState): readonly Ink[] {
  const isFilled = [0, 2, 4, 6].includes(mode) && fill !== 'none';
  const isStroked = [1, 2, 5, 6].includes(mode) && stroke !== 'none';
  return [
    ...(isFilled ? [{ colour: font.isColoured ? null : fill, alpha: fillAlpha * groupAlpha }] : []),
    ...(isStroked ? [{ colour: stroke, alpha: strokeAlpha * groupAlpha }] : []),
  ];
}

/** Are letters smaller on the page than anybody reads, in height or in width? */
export function isTiny({ font, fontSize, stretch }: DrawingState, [a, b, c, d]: Matrix, userUnit: number): boolean {
  if (font.height === null) return false;
  const size = Math.abs(fontSize) * font.height * userUnit;
  return size * Math.min(Math.hypot(a, b) * Math.abs(stretch), Math.hypot(c, d)) < leastSize;
}
