import { firstState, plainFont, type DrawingState, type DrawnFont } from './drawing-state.ts';
import { combine, holds, identity, mapRect, overlap, type Matrix, type Point, type Rect } from './geometry.ts';
import { isNumbers, toMatrix, toRect } from './operands.ts';
import { createPaintedAreas, type Colour, type PaintedAreas } from './painted-areas.ts';
import { placeGlyphs } from './place-glyphs.ts';
import { inksOf, isTiny, isVisibleOnPaper, type MetWord, type Unseen } from './seen-words.ts';

/** The operators of a page, as PDF.js lists them. */
export interface PageOperators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
  readonly view: Rect;
  readonly userUnit: number;
  font(name: string): DrawnFont | null;
  /** Is a layer shown? */
  isShown(layer: unknown): boolean;
}

/** Fainter paint is none. */
const leastAlpha = 0.05;

/** A page as far as it is drawn: what holds now, what was painted, and the words that were met. */
export class Drawing {
  readonly page: PageOperators;
  readonly areas: PaintedAreas = createPaintedAreas();
  readonly words: MetWord[] = [];
  /** Of the marked contents around: is what lies in them shown? */
  readonly layers: boolean[] = [];
  state: DrawingState;
  isClipPending = false;
  /** Of all shapes that were filled so far. */
  corners = 0;
  /** Inside the drawing of a mask nothing is painted on the page. */
  maskDepth = 0;
  /** The place of the operator that is followed: what comes later lies above. */
  order = 0;
  readonly #kept: DrawingState[] = [];
  #textMatrix: Matrix = identity;
  #line: Point = [0, 0];
  #at: Point = [0, 0];

  constructor(page: PageOperators) {
    this.page = page;
    this.state = firstState(page.view);
  }

  save(): void {
    this.#kept.push({ ...this.state });
  }

  restore(): void {
    this.state = this.#kept.pop() ?? this.state;
  }

  /** Goes on in other coordinates, within a box. */
  enter(matrix: unknown, box: unknown): void {
    const { state } = this;
    if (isNumbers(matrix, 6)) state.matrix = combine(state.matrix, toMatrix(matrix));
    if (isNumbers(box, 4)) state.clip = overlap(state.clip, mapRect(state.matrix, toRect(box)));
  }

  /** `isGradient`: whose colours are not known, and which lets nothing through. `isAt`: where in the box. */
  paint(
    rect: Rect,
    colour: Colour | null,
    {
      alpha = this.state.fillAlpha,
      isGradient = false,
      isAt,
    }: { readonly alpha?: number; readonly isGradient?: boolean; readonly isAt?: (point: Point) => boolean } = {},
  ): void {
    const { state, order } = this;
    const ink = alpha * state.groupAlpha;
    if (ink < leastAlpha) return;
    const isPlain = ink > 0.95 && !state.isMasked && !state.isMixed && state.cutBy.length === 0;
    const shown = overlap(rect, state.clip);
    for (const word of state.cutBy)
      if (isVisibleOnPaper(colour, ink) && word.points.some((point) => holds(shown, point))) word.isCutOut = true;
    const isOpaque = isPlain && (colour !== null || isGradient);
    this.areas.add({
      rect: shown,
      colour: isPlain ? colour : null,
      isOpaque,
      ...(isAt === undefined ? {} : { isAt }),
      order,
    });
  }

  /** Where the next line of text begins, and in which coordinates where they are set anew. */
  beginLine(matrix?: Matrix): void {
    if (matrix !== undefined) this.#textMatrix = matrix;
    this.#line = [0, 0];
    this.#at = this.#line;
  }

  moveLine(x: number, y: number): void {
    this.#line = [this.#line[0] + x, this.#line[1] + y];
    this.#at = this.#line;
  }

  show(glyphs: readonly unknown[]): void {
    const { state, page, order } = this;
    const whole = combine(state.matrix, this.#textMatrix);
    const unseen: Unseen | null = this.layers.includes(false)
      ? 'in a layer that is switched off'
      : isTiny(state, whole, page.userUnit)
        ? 'smaller than 1 pt'
        : null;
    const { clip, mode } = state;
    const outside = (point: Point): Unseen | null =>
      holds(page.view, point) ? (holds(clip, point) ? null : 'clipped away') : 'off the page';
    const isMasked = state.isMasked || state.isMixed || state.font.isColoured;
    const shared = { order, unseen, outside, inks: inksOf(state), isMasked };
    const shown = placeGlyphs(glyphs, state, whole, this.#at);
    this.#at = shown.at;
    const met = shown.words.map((word): MetWord => ({ ...word, ...shared, isCutOut: false }));
    for (const word of met) this.words.push(word);
    if (mode >= 4) state.cutBy = [...state.cutBy, ...met];
  }

  setFont([name, size]: readonly unknown[]): void {
    if (typeof name === 'string') this.state.font = this.page.font(name) ?? plainFont;
    if (typeof size === 'number') this.state.fontSize = size;
  }
}
