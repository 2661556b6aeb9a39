import { holds, keepsUpright, mapPoint, overlap, type Matrix, type Point, type Rect } from './geometry.ts';

/** Red, green, blue, each from 0 to 255. */
export type Colour = readonly [number, number, number];

/** Something painted on a page that covers what lies below it. */
export interface PaintedArea {
  readonly rect: Rect;
  /** Null: a picture, a gradient or something half transparent; which colour is at a point nobody tells here. */
  readonly colour: Colour | null;
  /** Whatever its colour is, nothing below it is seen. */
  readonly isOpaque: boolean;
  /** Of what lies in the box, where it is painted; absent: everywhere. */
  readonly isAt?: (point: Point) => boolean;
  /** Counts the drawings of a page. */
  readonly order: number;
}

/** Pages with more areas are not told from. */
const mostAreas = 5_000;
const paper: Colour = [255, 255, 255];

/** What was painted on a page, in order. */
export interface PaintedAreas {
  add(area: PaintedArea): void;
  /** The colour below a drawing at a point; null when it cannot be told. Where nothing was painted it is paper. */
  below(point: Point, order: number): Colour | null;
  /** What was painted over a drawing at a point: `opaque` hides it, of `other` nobody can tell. */
  over(point: Point, order: number): 'nothing' | 'opaque' | 'other';
  /** The share of a box that the largest picture covers. */
  largestShare(box: Rect): number;
}

/** A page on which nothing is painted yet. */
export function createPaintedAreas(): PaintedAreas {
  const areas: PaintedArea[] = [];
  let isTooMuch = false;
  return {
    add(area) {
      const [left, bottom, right, top] = area.rect;
      if (left >= right || bottom >= top) return;
      if (areas.length < mostAreas) areas.push(area);
      else isTooMuch = true;
    },
    below(point, order) {
      if (isTooMuch) return null;
      const area = areas.findLast((one) => one.order < order && covers(one, point));
      return area === undefined ? paper : area.colour;
    },
    over(point, order) {
      if (isTooMuch) return 'other';
      const over = areas.filter((one) => one.order > order && covers(one, point));
      if (over.some(({ isOpaque }) => isOpaque)) return 'opaque';
      return over.length > 0 ? 'other' : 'nothing';
    },
    largestShare(box) {
      const size = (box[2] - box[0]) * (box[3] - box[1]);
      const shares = areas.flatMap(({ rect, colour }) => {
        if (colour !== null) return [];
        const [left, bottom, right, top] = overlap(rect, box);
        return left < right && bottom < top ? [((right - left) * (top - bottom)) / size] : [];
      });
      return Math.max(0, ...shares);
    },
  };
}

function covers({ rect, isAt }: PaintedArea, point: Point): boolean {
  return holds(rect, point) && (isAt === undefined || isAt(point));
}

const steps = { move: 0, line: 1, curve: 2, close: 3 } as const;

/** A part of a path on the page: the box around it, and whether it is one. */
export interface PathPart {
  readonly rect: Rect;
  readonly isBox: boolean;
  /** Its corners; of a curve points along it. */
  readonly outline: readonly Point[];
}

/** The parts of a path on the page. */
export function partsOf(path: ArrayLike<number>, matrix: Matrix): readonly PathPart[] {
  const parts: { points: Point[]; isStraight: boolean }[] = [];
  let at = 0;
  const take = (): Point => mapPoint(matrix, [path[at++] ?? 0, path[at++] ?? 0]);
  while (at < path.length) {
    const step = path[at++];
    let part = parts.at(-1);
    if (step === steps.move || part === undefined) {
      part = { points: [], isStraight: true };
      parts.push(part);
    }
    if (step === steps.close) continue;
    if (step === steps.curve) {
      part.isStraight = false;
      part.points.push(...alongCurve(part.points.at(-1) ?? [0, 0], [take(), take(), take()]));
    } else part.points.push(take());
  }
  return parts.map(({ points, isStraight }) => {
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const rect: Rect = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    const isAtCorner = ([x, y]: Point): boolean =>
      (near(x, rect[0]) || near(x, rect[2])) && (near(y, rect[1]) || near(y, rect[3]));
    const isBox =
      isStraight && points.length >= 4 && points.length <= 5 && keepsUpright(matrix) && points.every(isAtCorner);
    return { rect, isBox, outline: points };
  });
}

/** Straight pieces that stand for a curve. */
const pieces = 16;

function alongCurve(start: Point, [first, second, end]: readonly [Point, Point, Point]): readonly Point[] {
  return Array.from({ length: pieces }, (_, i): Point => {
    const t = (i + 1) / pieces;
    const at = (axis: 0 | 1): number =>
      (1 - t) ** 3 * start[axis] +
      3 * (1 - t) ** 2 * t * first[axis] +
      3 * (1 - t) * t ** 2 * second[axis] +
      t ** 3 * end[axis];
    return [at(0), at(1)];
  });
}

/**
 * Where a filled path of any shape is painted: by the winding of its parts around a point, or with `evenOdd` by how often they
 * go around it (PDF 32000-1, 8.5.3.3).
 */
export function insideOf(parts: readonly PathPart[], evenOdd: boolean): (point: Point) => boolean {
  return ([x, y]) => {
    let winding = 0;
    let crossings = 0;
    for (const { outline } of parts)
      for (const [i, [ax, ay]] of outline.entries()) {
        const [bx, by] = outline[(i + 1) % outline.length] ?? [ax, ay];
        if (ay > y === by > y || x >= ax + ((y - ay) / (by - ay)) * (bx - ax)) continue;
        crossings += 1;
        winding += by > ay ? 1 : -1;
      }
    return evenOdd ? crossings % 2 === 1 : winding !== 0;
  };
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.01;
}
