import { edgeWords, stepsDown } from './words.ts';
import type { CurveStyle } from './picture.ts';
import type { LineageGraph, LineageLink, LineageNode } from '../model/lineage-graph.ts';

/** A dataset with those of its fields that a lineage answer holds; a hidden node is a box of its own. */
export interface BoxDraft {
  readonly key: string;
  /** The dataset's own node, where the answer has one. */
  readonly self: LineageNode | null;
  readonly dataset: LineageNode['dataset'];
  readonly hidden: boolean;
  readonly isOrigin: boolean;
  readonly rows: readonly LineageNode[];
}

/** A place where an edge begins or ends: a row of a box, or (`row` null) the box as a whole. */
export interface Port {
  readonly box: number;
  readonly row: string | null;
}

/** All claims between two ports that look the same, drawn as one curve. */
export interface LinkDraft {
  readonly from: Port;
  readonly to: Port;
  readonly style: CurveStyle;
  readonly words: string | null;
  readonly links: readonly LineageLink[];
}

export interface Drafts {
  readonly boxes: readonly BoxDraft[];
  readonly links: readonly LinkDraft[];
  /** Edges whose other end is not part of the answer. */
  readonly dangling: number;
}

/** Gathers the nodes of a lineage answer into boxes and its edges into curves, in an order that depends on names alone. */
export function draftBoxes(graph: LineageGraph): Drafts {
  const nodes = [...graph.nodes].sort(byPlace);
  const groups = Map.groupBy(nodes, (node) =>
    node.hidden || node.dataset === null ? `hidden:${node.key}` : `dataset:${node.dataset.uid}`,
  );
  const boxes = [...groups].map(([key, members]): BoxDraft => {
    const self = members.find((node) => node.path === null) ?? null;
    return {
      key,
      self,
      dataset: members[0]?.dataset ?? null,
      hidden: key.startsWith('hidden:'),
      isOrigin: members.some((node) => node.depth === 0),
      rows: key.startsWith('hidden:') ? [] : members.filter((node) => node.path !== null),
    };
  });
  const ports = portsOf(boxes);
  const known = graph.edges.flatMap((link) => {
    const from = ports.get(link.from);
    const to = ports.get(link.to);
    return from === undefined || to === undefined ? [] : [{ link, from, to }];
  });
  const merged = Map.groupBy(known, ({ link }) => JSON.stringify([link.from, link.to, styleOf(link), edgeWords(link)]));
  const links = [...merged.entries()]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([, same]): LinkDraft[] => {
      const first = same[0];
      if (first === undefined) return [];
      const { link, from, to } = first;
      return [{ from, to, style: styleOf(link), words: edgeWords(link), links: same.map((one) => one.link) }];
    });
  return { boxes, links, dangling: graph.edges.length - known.length };
}

function portsOf(boxes: readonly BoxDraft[]): ReadonlyMap<string, Port> {
  const ports = new Map<string, Port>();
  for (const [box, draft] of boxes.entries()) {
    if (draft.dataset !== null) ports.set(draft.dataset.uid, { box, row: null });
    if (draft.hidden) ports.set(draft.key.slice('hidden:'.length), { box, row: null });
    if (draft.self !== null) ports.set(draft.self.key, { box, row: null });
    for (const node of draft.rows) ports.set(node.key, { box, row: node.key });
  }
  return ports;
}

function styleOf(link: LineageLink): CurveStyle {
  if (link.kind === 'INDIRECT') return 'indirect';
  if (link.kind === 'DATASET') return 'dataset';
  return stepsDown(link) ? 'step-down' : 'direct';
}

/** Code unit order: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byPlace(a: LineageNode, b: LineageNode): number {
  return (
    compare(a.dataset?.name ?? '\uFFFF', b.dataset?.name ?? '\uFFFF') ||
    compare(a.dataset?.namespace ?? '', b.dataset?.namespace ?? '') ||
    compare(a.path ?? '', b.path ?? '') ||
    compare(a.key, b.key)
  );
}
