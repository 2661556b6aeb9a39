import { identity, type Matrix, type Point, type Rect } from './geometry.ts';
import type { Colour } from './painted-areas.ts';

/** What a font is, as far as places are told from it. */
export interface DrawnFont {
  readonly isVertical: boolean;
  /** Its letters bring their own colours. */
  readonly isColoured: boolean;
  /** How high its letters are, as a share of its size; null: that is not told. */
  readonly height: number | null;
  /** From units of a glyph to those of its size: mostly 0.001. */
  readonly unit: number;
  /** Has a letter no shape, so that nothing of it is seen? */
  isShapeless(glyph: unknown): boolean;
}

/** What holds while a page is drawn; `q` keeps it and `Q` brings it back. */
export interface DrawingState {
  matrix: Matrix;
  clip: Rect;
  /** Null: a pattern, of which the colour is not told; `none`: nothing is painted. */
  fill: Colour | null | 'none';
  stroke: Colour | null | 'none';
  fillAlpha: number;
  strokeAlpha: number;
  /** Of the groups around, multiplied. */
  groupAlpha: number;
  /** A mask: what is seen cannot be told. */
  isMasked: boolean;
  /** Colours are mixed with what lies below. */
  isMixed: boolean;
  lineWidth: number;
  font: DrawnFont;
  fontSize: number;
  characterSpace: number;
  wordSpace: number;
  stretch: number;
  leading: number;
  rise: number;
  mode: number;
  /** Words that cut out what is painted from now on: they are seen once something is. */
  cutBy: readonly { readonly points: readonly Point[]; isCutOut: boolean }[];
}

/** The font of a page that has set none yet, and of one that cannot be looked up. */
export const plainFont: DrawnFont = {
  isVertical: false,
  isColoured: false,
  height: 1,
  unit: 0.001,
  isShapeless: () => false,
};

/** How a page begins. */
export function firstState(page: Rect): DrawingState {
  return {
    matrix: identity,
    clip: page,
    fill: [0, 0, 0],
    stroke: [0, 0, 0],
    fillAlpha: 1,
    strokeAlpha: 1,
    groupAlpha: 1,
    isMasked: false,
    isMixed: false,
    lineWidth: 1,
    font: plainFont,
    fontSize: 0,
    characterSpace: 0,
    wordSpace: 0,
    stretch: 1,
    leading: 0,
    rise: 0,
    mode: 0,
    cutBy: [],
  };
}
