import { cutLanes } from './lanes.ts';
import { describePicture, legendOf, notesOf, titleOf } from './describe.ts';
import { draftBoxes } from './boxes.ts';
import { drawCurves } from './curves.ts';
import { gatherArrivals, roomForWords } from './arrivals.ts';
import { paintBox } from './paint-boxes.ts';
import { placeAcross } from './bands.ts';
import { metrics } from './metrics.ts';
import { orderColumns } from './order.ts';
import { orderRows } from './rows.ts';
import { rankBoxes } from './ranks.ts';
import type { LineageGraph } from '../model/lineage-graph.ts';
import type { Picture } from './picture.ts';

/**
 * Lays a lineage answer out from left to right: one box a dataset, one row a field, columns by distance, few crossings.
 * Pure and deterministic: the same answer gives the same picture, in whatever order its nodes and edges come.
 * A picture wider than `wrapAt` pixels goes on below, unless too many edges would run around the corner.
 */
export function layOut(graph: LineageGraph, wrapAt = Infinity): Picture {
  const drafts = draftBoxes(graph);
  const ranking = rankBoxes(
    drafts.boxes.length,
    drafts.links.map((link) => ({ from: link.from.box, to: link.to.box })),
    drafts.boxes.flatMap((box, index) => (box.isOrigin ? [index] : [])),
  );
  const lanes = cutLanes(drafts, ranking);
  const columns = orderColumns(lanes);
  const rows = orderRows(drafts, columns);
  const arrivals = gatherArrivals(drafts, ranking);
  const { frames, passages } = placeAcross(drafts, lanes, columns, rows, arrivals, wrapAt);
  const boxes = drafts.boxes.flatMap((draft, index) => {
    const frame = frames[index];
    return frame === undefined ? [] : [paintBox(draft, index, frame, rows[index] ?? [], arrivals)];
  });
  const lastColumn = roomForWords(drafts, columns.at(-1) ?? [], 'right', arrivals);
  const loops = drafts.links.some((link) => link.from.box === link.to.box) ? metrics.loop : 0;
  const room = Math.max(loops, lastColumn);
  const turns = passages.map((one) => (one === null ? 0 : one.right + one.edges.length * metrics.track));
  const right = Math.max(0, ...frames.map((one) => one.x + one.width + room), ...turns);
  return {
    width: Math.ceil(right + metrics.margin),
    height: Math.ceil(Math.max(0, ...frames.map((one) => one.y + one.height)) + metrics.margin),
    title: titleOf(graph),
    description: describePicture(graph, drafts),
    boxes,
    curves: drawCurves({ drafts, boxes, frames, passages, columns, lanes, ranking }),
    notes: notesOf(graph, drafts),
    legend: legendOf(graph, drafts),
  };
}
