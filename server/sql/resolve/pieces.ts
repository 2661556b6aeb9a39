import type { CallExpr, Expr } from '../ast/nodes.ts';

/** What is kept of a value: characters from one on, or so many of its end. */
export interface Piece {
  readonly from: number | 'end';
  readonly length: number;
}

/** Characters of the beginning and of the end of one value that are no part of it any longer: first eight and last four of a card are one (PCI DSS 3.5.1 speaks of truncation up to there). */
const mostOfBothEnds = 12;
/** Pieces of one value that are kept in mind. */
const mostPieces = 64;

/** `LEFT(x, 4)`, `RIGHT(x, 4)`, `SUBSTR(x, 5, 4)`, `SUBSTR(x, 5)`, `SUBSTR(x, -4)`, with figures. */
export function pieceOf({ name: called, args }: CallExpr): Piece | null {
  const [, first, second] = args;
  const [a, b] = [figure(first), figure(second)];
  if (a === null) return null;
  const name = called.replaceAll('_', '');
  if (/^(?:LEFT|STRLEFT|LEFTUTF8)$/.test(name)) return { from: 1, length: a };
  if (/^(?:RIGHT|STRRIGHT|RIGHTUTF8)$/.test(name)) return { from: 'end', length: a };
  if (!/^(?:SUBSTR|SUBSTRING|SUBSTRB|MID|SUBSTRINGUTF8)$/.test(name)) return null;
  if (second !== undefined && b === null) return null;
  if (a < 0) return { from: 'end', length: Math.min(-a, b ?? -a) };
  return { from: Math.max(1, a), length: b ?? Number.POSITIVE_INFINITY };
}

function figure(expr: Expr | undefined): number | null {
  if (expr?.kind !== 'literal' || !/^-?\d{1,4}$/.test(expr.value)) return null;
  return Number(expr.value);
}

/** Both lists, each piece once. */
export function bothPieces(
  one: readonly Piece[] | undefined,
  other: readonly Piece[] | undefined,
): readonly Piece[] | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other;
  const found = [...one];
  for (const piece of other)
    if (found.length < mostPieces && !found.some(({ from, length }) => from === piece.from && length === piece.length))
      found.push(piece);
  return found;
}

/** Several pieces that follow each other from the first character on, or the better part of both ends. */
export function areWhole(pieces: readonly Piece[]): boolean {
  const ends = Math.max(0, ...pieces.map(({ from, length }) => (from === 'end' ? length : 0)));
  const ahead = pieces
    .flatMap(({ from, length }) => (from === 'end' ? [] : [{ from, length }]))
    .toSorted((a, b) => a.from - b.from || b.length - a.length);
  let next = 1;
  let count = 0;
  for (const { from, length } of ahead) {
    if (from > next || from + length <= next) continue;
    next = from + length;
    count += 1;
  }
  return count > 1 || next - 1 + ends > mostOfBothEnds;
}
