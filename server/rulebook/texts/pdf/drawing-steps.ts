import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DrawingState } from './drawing-state.ts';
import type { Drawing } from './drawing.ts';
import { identity, mapRect, overlap, type Rect } from './geometry.ts';
import { asRecord, boxAround, firstOf, isNumbers, toColour, toMatrix } from './operands.ts';
import { insideOf, partsOf, type PathPart } from './painted-areas.ts';

/** What an operator with its operands does to a drawing. */
export type Step = (drawing: Drawing, args: readonly unknown[]) => void;

/** An operand as a number; 0 where it is none. */
const n = (args: readonly unknown[], index: number): number => (typeof args[index] === 'number' ? args[index] : 0);
const nothing: Step = () => {};

/** Where things are drawn: what is kept and brought back, forms, groups, and layers that are shown or not. */
const places: readonly (readonly [number, Step])[] = [
  [OPS.save, (drawing) => drawing.save()],
  [OPS.restore, (drawing) => drawing.restore()],
  [OPS.paintFormXObjectEnd, (drawing) => drawing.restore()],
  [OPS.transform, (drawing, args) => drawing.enter(args, null)],
  [
    OPS.paintFormXObjectBegin,
    (drawing, args) => {
      drawing.save();
      drawing.enter(args[0], args[1]);
    },
  ],
  [OPS.beginGroup, beginGroup],
  [OPS.endGroup, (drawing) => (drawing.maskDepth > 0 ? void (drawing.maskDepth -= 1) : drawing.restore())],
  [OPS.beginMarkedContent, (drawing) => void drawing.layers.push(true)],
  [
    OPS.beginMarkedContentProps,
    (drawing, args) => void drawing.layers.push(args[0] !== 'OC' || drawing.page.isShown(args[1])),
  ],
  [OPS.endMarkedContent, (drawing) => void drawing.layers.pop()],
];

/** With what is painted. */
const inks: readonly (readonly [number, Step])[] = [
  [OPS.setGState, applySettings],
  [OPS.setFillRGBColor, ({ state }, args) => void (state.fill = toColour(args[0]))],
  [OPS.setStrokeRGBColor, ({ state }, args) => void (state.stroke = toColour(args[0]))],
  [OPS.setFillColorN, ({ state }) => void (state.fill = null)],
  [OPS.setStrokeColorN, ({ state }) => void (state.stroke = null)],
  [OPS.setFillTransparent, ({ state }) => void (state.fill = 'none')],
  [OPS.setStrokeTransparent, ({ state }) => void (state.stroke = 'none')],
  [OPS.setLineWidth, ({ state }, args) => void (state.lineWidth = n(args, 0))],
];

const paintClip: Step = (drawing) => drawing.paint(drawing.state.clip, null);
const paintPicture: Step = (drawing) => drawing.paint(mapRect(drawing.state.matrix, [0, 0, 1, 1]), null);
const awaitClip: Step = (drawing) => void (drawing.isClipPending = true);

/** What is painted: paths, shadings and pictures. */
const paints: readonly (readonly [number, Step])[] = [
  [OPS.clip, awaitClip],
  [OPS.eoClip, awaitClip],
  [OPS.constructPath, constructPath],
  [OPS.shadingFill, (drawing) => drawing.paint(drawing.state.clip, null, { isGradient: true })],
  [OPS.paintImageXObjectRepeat, paintClip],
  [OPS.paintImageMaskXObjectRepeat, paintClip],
  [OPS.paintImageMaskXObjectGroup, paintClip],
  [OPS.paintInlineImageXObjectGroup, paintClip],
  [OPS.paintImageXObject, paintPicture],
  [OPS.paintInlineImageXObject, paintPicture],
  [OPS.paintImageMaskXObject, paintPicture],
  [OPS.paintSolidColorImageMask, paintPicture],
];

/** What is written, and how. */
const texts: readonly (readonly [number, Step])[] = [
  [OPS.beginText, (drawing) => drawing.beginLine(identity)],
  [
    OPS.setTextMatrix,
    (drawing, args) => {
      const matrix: unknown = args.length === 1 ? args[0] : args;
      drawing.beginLine(isNumbers(matrix, 6) ? toMatrix(matrix) : undefined);
    },
  ],
  [OPS.setCharSpacing, ({ state }, args) => void (state.characterSpace = n(args, 0))],
  [OPS.setWordSpacing, ({ state }, args) => void (state.wordSpace = n(args, 0))],
  [OPS.setHScale, ({ state }, args) => void (state.stretch = n(args, 0) / 100)],
  [OPS.setLeading, ({ state }, args) => void (state.leading = -n(args, 0))],
  [OPS.setTextRise, ({ state }, args) => void (state.rise = n(args, 0))],
  [OPS.setTextRenderingMode, ({ state }, args) => void (state.mode = n(args, 0))],
  [OPS.setFont, (drawing, args) => drawing.setFont(args)],
  [OPS.moveText, (drawing, args) => drawing.moveLine(n(args, 0), n(args, 1))],
  [
    OPS.setLeadingMoveText,
    (drawing, args) => {
      drawing.state.leading = n(args, 1);
      drawing.moveLine(n(args, 0), n(args, 1));
    },
  ],
  [OPS.nextLine, (drawing) => drawing.moveLine(0, drawing.state.leading)],
  [OPS.showText, (drawing, args) => drawing.show(Array.isArray(args[0]) ? args[0] : [])],
];

const steps: ReadonlyMap<number, Step> = new Map([...places, ...inks, ...paints, ...texts]);

/** What an operator does; those that draw nothing and change nothing that counts do nothing. */
export function stepOf(operator: number): Step {
  return steps.get(operator) ?? nothing;
}

function beginGroup(drawing: Drawing, args: readonly unknown[]): void {
  const group = asRecord(args[0]);
  if (drawing.maskDepth > 0 || (group['smask'] ?? null) !== null) {
    drawing.maskDepth += 1;
    return;
  }
  drawing.save();
  const { state } = drawing;
  // Its matrix comes once more with the form that it holds.
  const before = state.matrix;
  drawing.enter(group['matrix'], group['bbox']);
  state.matrix = before;
  state.groupAlpha *= state.fillAlpha;
  state.fillAlpha = 1;
  state.strokeAlpha = 1;
}

const fills: ReadonlySet<number> = new Set([
  OPS.fill,
  OPS.eoFill,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
]);
const evenOdd: ReadonlySet<number> = new Set([OPS.eoFill, OPS.eoFillStroke, OPS.closeEOFillStroke]);
const strokes: ReadonlySet<number> = new Set([OPS.stroke, OPS.closeStroke]);
/** Points: a thinner line strikes words through and hides none. */
const thick = 4;
const nowhere: Rect = [1, 1, 0, 0];

function constructPath(drawing: Drawing, args: readonly unknown[]): void {
  const { state } = drawing;
  const boxes = partsOf(firstOf(args[1]) ?? [], state.matrix);
  if (fills.has(n(args, 0)) && state.fill !== 'none') fillPath(drawing, boxes, evenOdd.has(n(args, 0)));
  if (strokes.has(n(args, 0)) && state.stroke !== 'none')
    for (const rect of thickLines(boxes, state)) drawing.paint(rect, state.stroke, { alpha: state.strokeAlpha });
  if (drawing.isClipPending)
    state.clip = boxes.length === 0 ? nowhere : overlap(state.clip, boxAround(boxes.map(({ rect }) => rect)));
  drawing.isClipPending = false;
}

/** Of a page with more corners of shapes than this nobody looks up what they cover. */
const mostCorners = 50_000;

/** One box is painted as it is; of any other path it is looked up where it is painted, holes left out. */
function fillPath(drawing: Drawing, parts: readonly PathPart[], isEvenOdd: boolean): void {
  const { fill } = drawing.state;
  if (fill === 'none' || parts.length === 0) return;
  const [only] = parts;
  if (parts.length === 1 && only?.isBox === true) return drawing.paint(only.rect, fill);
  const around = boxAround(parts.map(({ rect }) => rect));
  drawing.corners += parts.reduce((sum, { outline }) => sum + outline.length, 0);
  if (drawing.corners > mostCorners) return drawing.paint(around, null);
  return drawing.paint(around, fill, { isAt: insideOf(parts, isEvenOdd) });
}

/** Upright lines so thick that they hide words, as boxes. */
function thickLines(boxes: readonly { readonly rect: Rect }[], { matrix, lineWidth }: DrawingState): readonly Rect[] {
  const half = (lineWidth * Math.hypot(matrix[0], matrix[1])) / 2;
  if (half * 2 < thick) return [];
  return boxes.flatMap(({ rect: [left, bottom, right, top] }): Rect[] => {
    if (top - bottom < 0.01) return [[left, bottom - half, right, top + half]];
    return right - left < 0.01 ? [[left - half, bottom, right + half, top]] : [];
  });
}

function applySettings(drawing: Drawing, [settings]: readonly unknown[]): void {
  if (!Array.isArray(settings)) return;
  const { state } = drawing;
  for (const setting of settings as readonly unknown[]) {
    if (!Array.isArray(setting)) continue;
    const [key, value] = setting as readonly unknown[];
    if (key === 'ca' && typeof value === 'number') state.fillAlpha = value;
    if (key === 'CA' && typeof value === 'number') state.strokeAlpha = value;
    if (key === 'BM') state.isMixed = value !== 'source-over';
    if (key === 'SMask') state.isMasked = value !== false && value !== null;
    if (key === 'Font' && Array.isArray(value)) drawing.setFont(value);
  }
}
