import type { Matrix, Rect } from './geometry.ts';
import type { Colour } from './painted-areas.ts';

/** A value as far as its members are asked for. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Is a value a list of so many numbers? */
export function isNumbers(value: unknown, length: number): value is ArrayLike<number> {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && (value as ArrayLike<unknown>).length === length;
}

/** Six numbers of an operator. */
export function toMatrix(v: ArrayLike<number>): Matrix {
  return [v[0] ?? 1, v[1] ?? 0, v[2] ?? 0, v[3] ?? 1, v[4] ?? 0, v[5] ?? 0];
}

/** Four numbers of an operator, whichever corners they name. */
export function toRect(v: ArrayLike<number>): Rect {
  const [a = 0, b = 0, c = 0, d = 0] = Array.from(v);
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** `#rrggbb`; null when it is none. */
export function toColour(value: unknown): Colour | null {
  const hex = typeof value === 'string' ? /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/iu.exec(value) : null;
  return hex === null ? null : [parseInt(hex[1] ?? '', 16), parseInt(hex[2] ?? '', 16), parseInt(hex[3] ?? '', 16)];
}

/** The numbers of a path; null where it has none. */
export function firstOf(value: unknown): ArrayLike<number> | null {
  const first: unknown = Array.isArray(value) ? value[0] : null;
  return ArrayBuffer.isView(first) ? (first as unknown as ArrayLike<number>) : null;
}

/** The box around several. */
export function boxAround(rects: readonly Rect[]): Rect {
  return [
    Math.min(...rects.map(([left]) => left)),
    Math.min(...rects.map(([, bottom]) => bottom)),
    Math.max(...rects.map(([, , right]) => right)),
    Math.max(...rects.map(([, , , top]) => top)),
  ];
}
