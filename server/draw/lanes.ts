import type { Drafts, LinkDraft } from './boxes.ts';
import type { Layered, Segment } from './order.ts';
import type { Ranking } from './ranks.ts';

/** The columns of a picture: boxes, and lanes that carry bundles of long edges past the columns between their ends. */
export interface Lanes extends Layered {
  /** How many curves a lane carries; 0 for boxes. By slot. */
  readonly carried: readonly number[];
  /** The lanes of a pair of boxes, from left to right. */
  readonly through: (a: number, b: number) => readonly number[];
  /** A curve's place within the bundle of its pair, from 0. */
  readonly placeInBundle: (link: LinkDraft) => number;
}

/** Splits edges that span several columns into segments between neighbouring columns; edges of one pair of boxes share a lane. */
export function cutLanes({ boxes, links }: Drafts, { ranks }: Ranking): Lanes {
  const lowest = Math.min(0, ...ranks);
  const columnOf = (box: number): number => (ranks[box] ?? 0) - lowest;
  const columns: number[][] = [];
  const put = (column: number, slot: number): void => {
    while (columns.length <= column) columns.push([]);
    columns[column]?.push(slot);
  };
  for (const box of boxes.keys()) put(columnOf(box), box);

  const bundles = Map.groupBy(
    links.filter((link) => link.from.box !== link.to.box),
    (link) => pairKey(link.from.box, link.to.box, columnOf),
  );
  const carried = boxes.map(() => 0);
  const segments: Segment[] = [];
  const lanes = new Map<string, number[]>();
  const places = new Map<LinkDraft, number>();
  for (const [key, bundle] of bundles) {
    const [left = 0, right = 0] = key.split(':').map(Number);
    const own: number[] = [];
    for (const [place, link] of bundle.entries()) places.set(link, place);
    let previous = left;
    for (let column = columnOf(left) + 1; column < columnOf(right); column++) {
      const lane = carried.push(bundle.length) - 1;
      put(column, lane);
      own.push(lane);
      segments.push({ from: previous, to: lane, weight: bundle.length });
      previous = lane;
    }
    segments.push({ from: previous, to: right, weight: bundle.length });
    lanes.set(key, own);
  }
  return {
    columns,
    segments,
    carried,
    through: (a, b) => lanes.get(pairKey(a, b, columnOf)) ?? [],
    placeInBundle: (link) => places.get(link) ?? 0,
  };
}

/** Names a pair by its left box first, so that an edge that closes a cycle shares the bundle of those it closes. */
function pairKey(a: number, b: number, columnOf: (box: number) => number): string {
  return columnOf(a) <= columnOf(b) ? `${String(a)}:${String(b)}` : `${String(b)}:${String(a)}`;
}
