/** Maps a point (x, y) to (ax + cy + e, bx + dy + f), as PDF writes it. */
export type Matrix = readonly [number, number, number, number, number, number];
/** Left, bottom, right, top. */
export type Rect = readonly [number, number, number, number];
/** x, then y. */
export type Point = readonly [number, number];

/** Maps each point to itself. */
export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function combine(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Where a matrix puts a point. */
export function mapPoint([a, b, c, d, e, f]: Matrix, [x, y]: Point): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** The box around a mapped box. */
export function mapRect(matrix: Matrix, [left, bottom, right, top]: Rect): Rect {
  const corners = [
    mapPoint(matrix, [left, bottom]),
    mapPoint(matrix, [right, bottom]),
    mapPoint(matrix, [left, top]),
    mapPoint(matrix, [right, top]),
  ];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** What lies in both; where nothing does, its left is right of its right. */
export function overlap(a: Rect, b: Rect): Rect {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
}

/** True when a point lies in a box or on its edge. */
export function holds([left, bottom, right, top]: Rect, [x, y]: Point): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}

/** True when a matrix turns upright boxes into upright boxes. */
export function keepsUpright([a, b, c, d]: Matrix): boolean {
  const isNought = (n: number): boolean => Math.abs(n) < 1e-6;
  return (isNought(b) && isNought(c)) || (isNought(a) && isNought(d));
}
