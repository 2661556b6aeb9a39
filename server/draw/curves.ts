import { metrics, wordsWidth } from './metrics.ts';
import { visibleText } from './text.ts';
import type { Box, Curve, Point } from './picture.ts';
import type { Drafts, LinkDraft, Port } from './boxes.ts';
import type { Lanes } from './lanes.ts';
import type { Passage } from './bands.ts';
import type { Ranking } from './ranks.ts';

/** Where a slot stands, in pixels. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Runs every edge from its port through its lanes to its other port. */
export function drawCurves(given: {
  readonly drafts: Drafts;
  readonly boxes: readonly Box[];
  readonly frames: readonly Frame[];
  readonly passages: readonly (Passage | null)[];
  readonly columns: readonly (readonly number[])[];
  readonly lanes: Lanes;
  readonly ranking: Ranking;
}): readonly Curve[] {
  const { drafts, boxes, frames, passages, columns, lanes, ranking } = given;
  const columnOf = (box: number): number => columns.findIndex((column) => column.includes(box));
  /** Lanes and passages between the two boxes of an edge, from left to right. */
  const between = (link: LinkDraft): readonly (Point | Passage)[] => {
    const ends = [columnOf(link.from.box), columnOf(link.to.box)];
    const passageAfter = (column: number): readonly Passage[] => [passages[column] ?? []].flat();
    return [
      ...lanes.through(link.from.box, link.to.box).flatMap((lane, place) => {
        const frame = frames[lane] ?? { x: 0, y: 0, width: 0 };
        const y = frame.y + 2 + lanes.placeInBundle(link) * 3;
        return [...passageAfter(Math.min(...ends) + place), { x: frame.x, y }, { x: frame.x + frame.width, y }];
      }),
      ...passageAfter(Math.max(...ends) - 1),
    ];
  };
  return drafts.links.map((link): Curve => {
    const isBack = ranking.isBack(link.from.box, link.to.box);
    const isLoop = link.from.box === link.to.box;
    const start = portAt(boxes, link.from, isBack ? 'left' : 'right');
    const end = portAt(boxes, link.to, isBack || isLoop ? 'right' : 'left');
    const stub = stubBefore(end, boxes, link.to, isBack || isLoop);
    const middle = isLoop ? [] : between(link);
    const way = isBack ? [end, ...stub, ...middle, start] : [start, ...middle, ...stub, end];
    const points = turnCorners(way, link);
    return {
      from: portKey(boxes, link.from),
      to: portKey(boxes, link.to),
      style: link.style,
      isBack: isBack || isLoop,
      points: isBack ? points.reverse() : points,
      about: about(link, boxes),
    };
  });
}

/** Takes an edge through its passages: right, down, back to the left, down, and on. */
function turnCorners(way: readonly (Point | Passage)[], link: LinkDraft): Point[] {
  return way.flatMap((step, index): readonly Point[] => {
    if (!('edges' in step)) return [step];
    const [before, after] = [way[index - 1], way[index + 1]];
    if (before === undefined || after === undefined || 'edges' in before || 'edges' in after) return [];
    const track = step.edges.indexOf(link) * metrics.track;
    const y = step.between + track;
    return [
      { x: step.right + track, y: before.y },
      { x: step.right + track, y },
      { x: step.left + track, y },
      { x: step.left + track, y: after.y },
    ];
  });
}

function portAt(boxes: readonly Box[], port: Port, side: 'left' | 'right'): Point {
  const box = boxes[port.box];
  if (box === undefined) return { x: 0, y: 0 };
  const row = box.rows.find((one) => one.key === port.row);
  return {
    x: side === 'left' ? box.x : box.x + box.width,
    y: row === undefined ? box.y + metrics.header / 2 : row.y + metrics.row / 2,
  };
}

/** Where an edge turns level, so that the words at its end stand on a straight piece. */
function stubBefore(end: Point, boxes: readonly Box[], port: Port, fromRight: boolean): readonly Point[] {
  const box = boxes[port.box];
  const arriving = box?.rows.find((one) => one.key === port.row)?.arriving ?? (port.row === null ? box?.arriving : []);
  const side = fromRight ? 'right' : 'left';
  const words = arriving?.find((arrival) => arrival.side === side)?.words;
  if (words === undefined) return [];
  const length = wordsWidth(words) + 18;
  return [{ x: end.x + (fromRight ? length : -length), y: end.y }];
}

function portKey(boxes: readonly Box[], port: Port): string {
  return port.row ?? boxes[port.box]?.dataset ?? boxes[port.box]?.key ?? '';
}

function portName(boxes: readonly Box[], port: Port): string {
  const box = boxes[port.box];
  const row = box?.rows.find((one) => one.key === port.row);
  return row === undefined ? (box?.fullName ?? '') : `${box?.fullName ?? ''}.${row.fullName}`;
}

function about(link: LinkDraft, boxes: readonly Box[]): string {
  const functions = [...new Set(link.links.map((one) => one.fn).filter((fn) => fn !== ''))].sort();
  const jobs = [...new Set(link.links.flatMap((one) => (one.job === null ? [] : [one.job.name])))].sort();
  const parts = [
    `${portName(boxes, link.from)} → ${portName(boxes, link.to)}`,
    link.words ?? 'unchanged',
    ...(functions.length > 0 ? [functions.join(' | ')] : []),
    ...(jobs.length > 0
      ? [`by ${jobs.slice(0, 3).join(', ')}${jobs.length > 3 ? ` and ${String(jobs.length - 3)} more` : ''}`]
      : []),
  ];
  return visibleText(parts.join('; '));
}
