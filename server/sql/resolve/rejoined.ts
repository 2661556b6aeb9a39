import type { CallExpr, Expr } from '../ast/nodes.ts';

/** Functions and operators that put texts one behind the other, or beside each other. */
const joining: ReadonlySet<string> = new Set(
  '|| + CONCAT CONCAT_WS CONCATWS FORMAT FORMAT_STRING FORMATSTRING PRINTF ARRAY ARRAY_CONSTRUCT LIST_VALUE ARRAY_JOIN ARRAY_TO_STRING TUPLE'.split(
    ' ',
  ),
);

/** Characters of the beginning and of the end of one value that are no part of it any longer: first eight and last four of a card are one (PCI DSS 3.5.1 speaks of truncation up to there). */
const mostOfBothEnds = 12;
/** Pieces of one expression that are looked at. */
const mostPieces = 64;

/** What a piece keeps of its value: characters from one on, or so many of the end. */
interface Piece {
  readonly expr: CallExpr;
  readonly of: Expr;
  readonly from: number | 'end';
  readonly length: number;
}

/**
 * A value that was cut into pieces and put together again is whole: `substr(x,1,4) || '-' || substr(x,5,4)`. Gives the
 * expression with the value itself in place of such pieces, whose characters lie one behind the other from the first on.
 */
export function rejoined(expr: CallExpr): CallExpr {
  if (!joining.has(expr.name)) return expr;
  const found: Piece[] = [];
  collect(expr, found);
  const whole = new Set(
    [...Map.groupBy(found, ({ of }) => JSON.stringify(of)).values()]
      .filter(isWhole)
      .flatMap((pieces) => pieces.map((piece) => piece.expr)),
  );
  return whole.size === 0 ? expr : withValues(expr, new Map(found.map((piece) => [piece.expr, piece.of])), whole);
}

function collect(expr: CallExpr, found: Piece[]): void {
  for (const arg of expr.args) {
    if (arg.kind !== 'call' || found.length >= mostPieces) continue;
    if (joining.has(arg.name)) collect(arg, found);
    else {
      const piece = pieceOf(arg);
      if (piece !== null) found.push(piece);
    }
  }
}

function withValues(expr: CallExpr, values: ReadonlyMap<CallExpr, Expr>, whole: ReadonlySet<CallExpr>): CallExpr {
  const args = expr.args.map((arg) => {
    if (arg.kind !== 'call') return arg;
    if (whole.has(arg)) return values.get(arg) ?? arg;
    return joining.has(arg.name) ? withValues(arg, values, whole) : arg;
  });
  return { ...expr, args };
}

/** `LEFT(x, 4)`, `RIGHT(x, 4)`, `SUBSTR(x, 5, 4)`, `SUBSTR(x, 5)`, with figures. */
function pieceOf(expr: CallExpr): Piece | null {
  const [of, first, second] = expr.args;
  const [a, b] = [figure(first), figure(second)];
  if (of === undefined || of.kind === 'literal' || a === null) return null;
  const name = expr.name.replaceAll('_', '');
  if (/^(?:LEFT|STRLEFT|LEFTUTF8)$/.test(name)) return { expr, of, from: 1, length: a };
  if (/^(?:RIGHT|STRRIGHT|RIGHTUTF8)$/.test(name)) return { expr, of, from: 'end', length: a };
  if (!/^(?:SUBSTR|SUBSTRING|SUBSTRB|MID|SUBSTRINGUTF8)$/.test(name)) return null;
  if (second !== undefined && b === null) return null;
  return { expr, of, from: Math.max(1, a), length: b ?? Number.POSITIVE_INFINITY };
}

function figure(expr: Expr | undefined): number | null {
  if (expr?.kind !== 'literal' || !/^\d{1,4}$/.test(expr.value)) return null;
  return Number(expr.value);
}

/** Several pieces that follow each other from the first character on, or the better part of both ends. */
function isWhole(pieces: readonly Piece[]): boolean {
  const ends = Math.max(0, ...pieces.map(({ from, length }) => (from === 'end' ? length : 0)));
  const ahead = pieces
    .flatMap(({ from, length }) => (from === 'end' ? [] : [{ from, length }]))
    .toSorted((a, b) => a.from - b.from);
  let next = 1;
  let count = 0;
  for (const { from, length } of ahead) {
    if (from > next || from + length <= next) continue;
    next = from + length;
    count += 1;
  }
  return count > 1 || next - 1 + ends > mostOfBothEnds;
}
