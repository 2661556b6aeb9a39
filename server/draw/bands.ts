import { heightOf, widthOf } from './paint-boxes.ts';
import { metrics } from './metrics.ts';
import { placeSlots } from './positions.ts';
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

/** What is needed to know how broad columns are. */
interface Sizes {
  readonly widths: readonly number[];
  /** Room for words at the left and right of each column. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Edges that run from each column to the next. */
  readonly crossing: readonly LinkDraft[][];
}

/**
 * Sets the columns side by side; where they would grow wider than `wrapAt`, a new band begins below, like a line of
 * text. A column is as wide as its widest box and leaves room for the words beside it. Slots of one band are levelled
 * among themselves.
 */
export function placeAcross(
  drafts: Drafts,
  lanes: Lanes,
  columns: readonly (readonly number[])[],
  rows: readonly (readonly string[])[],
  arrivals: Arrivals,
  wrapAt: number,
): Placement {
  const heights = lanes.carried.map((carried, slot) => {
    const draft = drafts.boxes[slot];
    return draft === undefined ? 4 + carried * 3 : heightOf(draft);
  });
  const sizes: Sizes = {
    widths: columns.map((column) =>
      Math.max(metrics.smallest, ...column.flatMap((slot) => drafts.boxes[slot] ?? []).map(widthOf)),
    ),
    before: columns.map((column) => roomForWords(drafts, column, 'left', arrivals)),
    after: columns.map((column) => roomForWords(drafts, column, 'right', arrivals)),
    crossing: crossingEdges(drafts, columns),
  };
  const frames: Frame[] = [];
  const passages: (Passage | null)[] = columns.map(() => null);
  let y: number = metrics.margin;
  for (let first = 0; first < columns.length;) {
    const left = bandFrom(first, sizes, wrapAt);
    const last = first + left.length - 1;
    const band = columns.slice(first, last + 1);
    const tops = placeSlots(band, within(lanes, band), heights, metrics.space);
    let bottom = y;
    for (const [place, column] of band.entries())
      for (const slot of column) {
        const [top, height] = [y + (tops[slot] ?? 0), heights[slot] ?? 0];
        frames[slot] = { x: left[place] ?? 0, y: top, width: sizes.widths[first + place] ?? 0, height };
        bottom = Math.max(bottom, top + height);
      }
    const edges = last + 1 < columns.length ? (sizes.crossing[last] ?? []) : [];
    if (last + 1 < columns.length)
      passages[last] = {
        right: (left.at(-1) ?? 0) + (sizes.widths[last] ?? 0) + (sizes.after[last] ?? 0) + metrics.margin,
        between: bottom + metrics.space,
        left: metrics.margin,
        edges,
      };
    y = bottom + metrics.space * 2 + edges.length * metrics.track;
    first = last + 1;
  }
  return { frames, passages: passages.map((passage) => nested(passage, frames, rows)) };
}

/** The left edges of the columns of the band that begins with column `first`. */
function bandFrom(first: number, { widths, before, after, crossing }: Sizes, wrapAt: number): readonly number[] {
  const tracks = (crossing[first - 1] ?? []).length * metrics.track;
  let x = metrics.margin + (first > 0 ? tracks + metrics.margin : 0) + (before[first] ?? 0);
  const left = [x];
  for (let last = first; last + 1 < widths.length; last++) {
    const step = (widths[last] ?? 0) + metrics.gutter + (after[last] ?? 0) + (before[last + 1] ?? 0);
    const tooWide = x + step + (widths[last + 1] ?? 0) + metrics.margin > wrapAt;
    if (tooWide && (crossing[last] ?? []).length <= mostCrossing) break;
    x += step;
    left.push(x);
  }
  return left;
}

function within({ segments }: Lanes, band: readonly (readonly number[])[]): Lanes['segments'] {
  const slots = new Set(band.flat());
  return segments.filter((segment) => slots.has(segment.from) && slots.has(segment.to));
}

/** Orders the tracks of a passage so that none crosses another at a corner: the topmost end takes the innermost. */
function nested(
  passage: Passage | null,
  frames: readonly Frame[],
  rows: readonly (readonly string[])[],
): Passage | null {
  if (passage === null) return null;
  const level = ({ to }: LinkDraft): number =>
    (frames[to.box]?.y ?? 0) + (rows[to.box]?.indexOf(to.row ?? '') ?? 0) * metrics.row;
  return { ...passage, edges: [...passage.edges].sort((a, b) => level(b) - level(a)) };
}

/** The edges that run between each column and the next. */
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
