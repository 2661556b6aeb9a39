import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { firstState, plainFont, type DrawingState, type DrawnFont } from './drawing-state.ts';
import { combine, holds, identity, mapRect, overlap, type Matrix, type Point, type Rect } from './geometry.ts';
import { asRecord, boxAround, firstOf, isNumbers, toColour, toMatrix, toRect } from './operands.ts';
import { boxesOf, createPaintedAreas, type Colour } from './painted-areas.ts';
import { placeGlyphs } from './place-glyphs.ts';
import {
  inksOf,
  isTiny,
  isVisibleOnPaper,
  judgeWord,
  type DrawnWord,
  type MetWord,
  type Unseen,
} from './seen-words.ts';

/** What a page draws. `pictureShare`: how much of it the largest picture covers. */
export interface DrawnPage {
  readonly words: readonly DrawnWord[];
  readonly pictureShare: number;
}

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
/** Follows the operators of a page and tells of each word whether it is seen. */
export function drawnPage(page: PageOperators): DrawnPage {
  const areas = createPaintedAreas();
  const words: MetWord[] = [];
  const kept: DrawingState[] = [];
  const layers: boolean[] = [];
  let state = firstState(page.view);
  let textMatrix: Matrix = identity;
  let line: Point = [0, 0];
  let at: Point = [0, 0];
  let isClipPending = false;
  /** Inside the drawing of a mask nothing is painted on the page. */
  let maskDepth = 0;
  let order = 0;

  const save = (): void => void kept.push({ ...state });
  const restore = (): void => void (state = kept.pop() ?? state);
  const enter = (matrix: unknown, box: unknown): void => {
    if (isNumbers(matrix, 6)) state.matrix = combine(state.matrix, toMatrix(matrix));
    if (isNumbers(box, 4)) state.clip = overlap(state.clip, mapRect(state.matrix, toRect(box)));
  };
  const paint = (rect: Rect, colour: Colour | null, alpha = state.fillAlpha): void => {
    const ink = alpha * state.groupAlpha;
    if (ink < leastAlpha) return;
    const isPlain = ink > 0.95 && !state.isMasked && !state.isMixed && state.cutBy.length === 0;
    const shown = overlap(rect, state.clip);
    for (const word of state.cutBy)
      if (isVisibleOnPaper(colour, ink) && word.points.some((point) => holds(shown, point))) word.isCutOut = true;
    areas.add({ rect: shown, colour: isPlain ? colour : null, order });
  };
  const moveLine = (x: number, y: number): void => {
    line = [line[0] + x, line[1] + y];
    at = line;
  };

  const show = (glyphs: readonly unknown[]): void => {
    const whole = combine(state.matrix, textMatrix);
    const unseen: Unseen | null = layers.includes(false)
      ? 'in a layer that is switched off'
      : isTiny(state, whole, page.userUnit)
        ? 'smaller than 1 pt'
        : null;
    const { clip, mode } = state;
    const outside = (point: Point): Unseen | null =>
      holds(page.view, point) ? (holds(clip, point) ? null : 'clipped away') : 'off the page';
    const shared = {
      order,
      unseen,
      outside,
      inks: inksOf(state),
      isMasked: state.isMasked || state.isMixed || state.font.isColoured,
    };
    const shown = placeGlyphs(glyphs, state, whole, at);
    at = shown.at;
    const met = shown.words.map((word): MetWord => ({ ...word, ...shared, isCutOut: false }));
    for (const word of met) words.push(word);
    if (mode >= 4) state.cutBy = [...state.cutBy, ...met];
  };

  for (const [i, operator] of page.fnArray.entries()) {
    const given = page.argsArray[i];
    const args: readonly unknown[] = Array.isArray(given) ? given : [];
    const n = (index: number): number => (typeof args[index] === 'number' ? args[index] : 0);
    order = i;
    if (maskDepth > 0 && operator !== OPS.beginGroup && operator !== OPS.endGroup) continue;
    switch (operator) {
      case OPS.save:
        save();
        break;
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
        restore();
        break;
      case OPS.transform:
        enter(args, null);
        break;
      case OPS.paintFormXObjectBegin:
        save();
        enter(args[0], args[1]);
        break;
      case OPS.beginGroup: {
        const group = asRecord(args[0]);
        if (maskDepth > 0 || (group['smask'] ?? null) !== null) {
          maskDepth += 1;
          break;
        }
        save();
        // Its matrix comes once more with the form that it holds.
        const before = state.matrix;
        enter(group['matrix'], group['bbox']);
        state.matrix = before;
        state.groupAlpha *= state.fillAlpha;
        state.fillAlpha = 1;
        state.strokeAlpha = 1;
        break;
      }
      case OPS.endGroup:
        if (maskDepth > 0) maskDepth -= 1;
        else restore();
        break;
      case OPS.setGState:
        applySettings(state, args[0], page);
        break;
      case OPS.setFillRGBColor:
        state.fill = toColour(args[0]);
        break;
      case OPS.setStrokeRGBColor:
        state.stroke = toColour(args[0]);
        break;
      case OPS.setFillColorN:
        state.fill = null;
        break;
      case OPS.setStrokeColorN:
        state.stroke = null;
        break;
      case OPS.setFillTransparent:
        state.fill = 'none';
        break;
      case OPS.setStrokeTransparent:
        state.stroke = 'none';
        break;
      case OPS.clip:
      case OPS.eoClip:
        isClipPending = true;
        break;
      case OPS.constructPath: {
        const path = firstOf(args[1]);
        const boxes = boxesOf(path ?? [], state.matrix);
        if (fills.has(n(0)) && state.fill !== 'none')
          for (const { rect, isBox } of boxes) paint(rect, isBox ? state.fill : null);
        if (strokes.has(n(0)) && state.stroke !== 'none')
          for (const rect of thickLines(boxes, state)) paint(rect, state.stroke, state.strokeAlpha);
        if (isClipPending)
          state.clip = boxes.length === 0 ? nowhere : overlap(state.clip, boxAround(boxes.map(({ rect }) => rect)));
        isClipPending = false;
        break;
      }
      case OPS.shadingFill:
      case OPS.paintImageXObjectRepeat:
      case OPS.paintImageMaskXObjectRepeat:
      case OPS.paintImageMaskXObjectGroup:
      case OPS.paintInlineImageXObjectGroup:
        paint(state.clip, null);
        break;
      case OPS.paintImageXObject:
      case OPS.paintInlineImageXObject:
      case OPS.paintImageMaskXObject:
      case OPS.paintSolidColorImageMask:
        paint(mapRect(state.matrix, [0, 0, 1, 1]), null);
        break;
      case OPS.beginMarkedContent:
        layers.push(true);
        break;
      case OPS.beginMarkedContentProps:
        layers.push(args[0] !== 'OC' || page.isShown(args[1]));
        break;
      case OPS.endMarkedContent:
        layers.pop();
        break;
      case OPS.beginText:
        textMatrix = identity;
        line = [0, 0];
        at = line;
        break;
      case OPS.setTextMatrix: {
        const matrix: unknown = args.length === 1 ? args[0] : args;
        if (isNumbers(matrix, 6)) textMatrix = toMatrix(matrix);
        line = [0, 0];
        at = line;
        break;
      }
      case OPS.setCharSpacing:
        state.characterSpace = n(0);
        break;
      case OPS.setWordSpacing:
        state.wordSpace = n(0);
        break;
      case OPS.setHScale:
        state.stretch = n(0) / 100;
        break;
      case OPS.setLeading:
        state.leading = -n(0);
        break;
      case OPS.setTextRise:
        state.rise = n(0);
        break;
      case OPS.setTextRenderingMode:
        state.mode = n(0);
        break;
      case OPS.setLineWidth:
        state.lineWidth = n(0);
        break;
      case OPS.setFont:
        setFont(state, args, page);
        break;
      case OPS.moveText:
        moveLine(n(0), n(1));
        break;
      case OPS.setLeadingMoveText:
        state.leading = n(1);
        moveLine(n(0), n(1));
        break;
      case OPS.nextLine:
        moveLine(0, state.leading);
        break;
      case OPS.showText:
        show(Array.isArray(args[0]) ? args[0] : []);
        break;
      default:
    }
  }
  return { words: words.map((word) => judgeWord(word, areas)), pictureShare: areas.largestShare(page.view) };
}

const fills: ReadonlySet<number> = new Set([
  OPS.fill,
  OPS.eoFill,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
]);
const strokes: ReadonlySet<number> = new Set([OPS.stroke, OPS.closeStroke]);
/** Points: a thinner line strikes words through and hides none. */
const thick = 4;

/** Upright lines so thick that they hide words, as boxes. */
function thickLines(boxes: readonly { readonly rect: Rect }[], { matrix, lineWidth }: DrawingState): readonly Rect[] {
  const half = (lineWidth * Math.hypot(matrix[0], matrix[1])) / 2;
  if (half * 2 < thick) return [];
  return boxes.flatMap(({ rect: [left, bottom, right, top] }): Rect[] => {
    if (top - bottom < 0.01) return [[left, bottom - half, right, top + half]];
    return right - left < 0.01 ? [[left - half, bottom, right + half, top]] : [];
  });
}

const nowhere: Rect = [1, 1, 0, 0];

function applySettings(state: DrawingState, settings: unknown, page: PageOperators): void {
  if (!Array.isArray(settings)) return;
  for (const setting of settings as readonly unknown[]) {
    if (!Array.isArray(setting)) continue;
    const [key, value] = setting as readonly unknown[];
    if (key === 'ca' && typeof value === 'number') state.fillAlpha = value;
    if (key === 'CA' && typeof value === 'number') state.strokeAlpha = value;
    if (key === 'BM') state.isMixed = value !== 'source-over';
    if (key === 'SMask') state.isMasked = value !== false && value !== null;
    if (key === 'Font' && Array.isArray(value)) setFont(state, value, page);
  }
}

function setFont(state: DrawingState, [name, size]: readonly unknown[], page: PageOperators): void {
  if (typeof name === 'string') state.font = page.font(name) ?? plainFont;
  if (typeof size === 'number') state.fontSize = size;
}
