import { heightOf, widthOf } from './paint-boxes.ts';
import { metrics } from './metrics.ts';
import { roomForWords, type Arrivals } from './arrivals.ts';
import type { Drafts, LinkDraft } from './boxes.ts';
import type { Frame } from './curves.ts';
import type { Lanes } from './lanes.ts';

/** How many edges may run from one band to the next before a broad picture reads better than a broken one. */
const mostCrossing = 8;

/** Where every slot stands, and the ways by which edges get from one band of columns to the next. */
export interface Placement {
  readonly frames: readonly Frame[];
  /** After each column; null within a band. */
  readonly passages: readonly (Passage | null)[];
}

/** The way from the end of a band around to the start of the next: down at the right, back to the left, down, in. */
export interface Passage {
  readonly right: number;
  readonly between: number;
  readonly left: number;
  /** The edges that use it, each with its own track. */
  readonly edges: readonly LinkDraft[];
}

/**
 * Sets the columns side by side; where they would grow wider than `wrapAt`, a new band begins below, like a line of
 * text. A column is as wide as its widest box and leaves room for the words beside it.
 */
export function placeAcross(
  drafts: Drafts,
  lanes: Lanes,
  columns: readonly (readonly number[])[],
  arrivals: Arrivals,
  tops: readonly number[],
  rows: readonly (readonly string[])[],
  wrapAt: number,
): Placement {
  const widths = columns.map((column) =>
    Math.max(metrics.smallest, ...column.flatMap((slot) => drafts.boxes[slot] ?? []).map(widthOf)),
  );
  const before = columns.map((column) => roomForWords(drafts, column, 'left', arrivals));
  const after = columns.map((column) => roomForWords(drafts, column, 'right', arrivals));
  const heights = lanes.carried.map((carried, slot) => {
    const draft = drafts.boxes[slot];
    return draft === undefined ? 4 + carried * 3 : heightOf(draft);
  });
  const level = ({ to }: LinkDraft): number => (tops[to.box] ?? 0) + (rows[to.box]?.indexOf(to.row ?? '') ?? 0);
  // The topmost takes the innermost way, so that none crosses another at a corner.
  const crossing = crossingEdges(drafts, columns).map((edges) => edges.sort((a, b) => level(b) - level(a)));

  const frames: Frame[] = [];
  const passages: (Passage | null)[] = columns.map(() => null);
  let y: number = metrics.margin;
  for (let first = 0; first < columns.length;) {
    const tracks = (crossing[first - 1] ?? []).length * metrics.track;
    let x = metrics.margin + (first > 0 ? tracks + metrics.margin : 0) + (before[first] ?? 0);
    let last = first;
    const left: number[] = [x];
    for (; last + 1 < columns.length; last++) {
      const step = (widths[last] ?? 0) + metrics.gutter + (after[last] ?? 0) + (before[last + 1] ?? 0);
      const tooWide = x + step + (widths[last + 1] ?? 0) + metrics.margin > wrapAt;
      if (tooWide && (crossing[last] ?? []).length <= mostCrossing) break;
      x += step;
      left.push(x);
    }
    const slots = columns.slice(first, last + 1);
    const highest = Math.min(...slots.flat().map((slot) => tops[slot] ?? 0));
    for (const [place, column] of slots.entries())
      for (const slot of column)
        frames[slot] = {
          x: left[place] ?? 0,
          y: y + (tops[slot] ?? 0) - highest,
          width: widths[first + place] ?? 0,
          height: heights[slot] ?? 0,
        };
    const bottom = Math.max(...slots.flat().map((slot) => (frames[slot]?.y ?? 0) + (heights[slot] ?? 0)));
    const edges = crossing[last] ?? [];
    if (last + 1 < columns.length)
      passages[last] = {
        right: x + (widths[last] ?? 0) + (after[last] ?? 0) + metrics.margin,
        between: bottom + metrics.space,
        left: metrics.margin,
        edges,
      };
    y = bottom + metrics.space * 2 + edges.length * metrics.track;
    first = last + 1;
  }
  return { frames, passages };
}

/** The edges that run between each column and the next, in the order of their tracks. */
function crossingEdges({ boxes, links }: Drafts, columns: readonly (readonly number[])[]): LinkDraft[][] {
  const columnOf = new Map<number, number>();
  for (const [index, column] of columns.entries())
    for (const slot of column) if (slot < boxes.length) columnOf.set(slot, index);
  const found: LinkDraft[][] = columns.map(() => []);
  for (const link of links) {
    const ends = [columnOf.get(link.from.box) ?? 0, columnOf.get(link.to.box) ?? 0];
    for (let column = Math.min(...ends); column < Math.max(...ends); column++) found[column]?.push(link);
  }
  return found;
}
