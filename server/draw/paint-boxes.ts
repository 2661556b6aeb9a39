import { columnsOf, fitText, visibleText } from './text.ts';
import { metrics } from './metrics.ts';
import { portName, type Arrivals } from './arrivals.ts';
import { stateWords } from './words.ts';
import type { Arrival, Box, Row } from './picture.ts';
import type { BoxDraft } from './boxes.ts';
import type { Frame } from './curves.ts';
import type { LineageNode } from '../model/lineage-graph.ts';

/** Width that a box's texts ask for. */
export function widthOf(draft: BoxDraft): number {
  if (draft.hidden) return metrics.smallest;
  const header = Math.min(columnsOf(nameOf(draft)), metrics.titleColumns) * metrics.nameChar + 24;
  const names = draft.rows.map((node) => Math.min(columnsOf(visibleText(node.path ?? '')), metrics.nameColumns));
  const labels = draft.rows.map((node) => columnsOf(fitLabel(labelOf(node), metrics.labelColumns)));
  const row = Math.max(0, ...names) * metrics.nameChar + Math.max(0, ...labels) * metrics.labelChar + 48;
  return Math.ceil(Math.max(metrics.smallest, header, row));
}

/** Height of a box with its rows. */
export function heightOf(draft: BoxDraft): number {
  return metrics.header + draft.rows.length * metrics.row + (draft.rows.length > 0 ? 6 : 0);
}

/** Puts a draft at its place, its rows in the order given. */
export function paintBox(
  draft: BoxDraft,
  index: number,
  { x, y, width, height }: Frame,
  rows: readonly string[],
  arrivals: Arrivals,
): Box {
  const arriving = (row: string | null, at: number): readonly Arrival[] =>
    (arrivals.get(portName({ box: index, row })) ?? []).map((one) => ({ ...one, y: at }));
  const fullName = draft.hidden ? 'hidden' : nameOf(draft);
  return {
    key: draft.key,
    x,
    y,
    width,
    height,
    name: fitText(fullName, Math.floor((width - 24) / metrics.nameChar)),
    fullName,
    platform: draft.dataset?.platform ?? null,
    hidden: draft.hidden,
    isOrigin: draft.isOrigin,
    dataset: draft.dataset?.uid ?? null,
    state: draft.self?.state ?? null,
    rows: rows.flatMap((key, place): Row[] => {
      const node = draft.rows.find((one) => one.key === key);
      if (node === undefined) return [];
      const top = y + metrics.header + place * metrics.row;
      const name = visibleText(node.path ?? '');
      const label = labelOf(node);
      return [
        {
          key,
          y: top,
          name: fitText(name, metrics.nameColumns),
          fullName: name,
          label: fitLabel(label, metrics.labelColumns),
          fullLabel: label,
          state: node.state,
          isOrigin: node.depth === 0,
          arriving: arriving(key, top + metrics.row / 2),
        },
      ];
    }),
    arriving: arriving(null, y + metrics.header / 2),
  };
}

/** Of several categories that do not fit together, as many as fit and the number of the others. */
function fitLabel(label: string, columns: number): string {
  const [first = '', ...others] = label.split(', ');
  if (columnsOf(label) <= columns || others.length === 0) return fitText(label, columns);
  for (let count = others.length; count > 1; count--) {
    const short = `${[first, ...others.slice(0, count - 1)].join(', ')} +${String(others.length - count + 1)}`;
    if (columnsOf(short) <= columns) return short;
  }
  return `${fitText(first, columns - 3)} +${String(others.length)}`;
}

function nameOf(draft: BoxDraft): string {
  return visibleText(draft.dataset?.name ?? '');
}

function labelOf(node: LineageNode): string {
  if (node.label !== null && node.label !== '') return visibleText(node.label);
  return node.state === null ? '' : stateWords[node.state];
}
