import { draftBoxes, type BoxDraft, type LinkDraft, type Port } from './boxes.ts';
import { notesOf, titleOf } from './describe.ts';
import { stateWords } from './words.ts';
import { visibleText } from './text.ts';
import type { LineageGraph } from '../model/lineage-graph.ts';

/**
 * A lineage answer as Mermaid flowchart text, for pages that cannot show SVG (a pull request, a wiki). The same boxes,
 * rows, words and notes as the drawing; names are quoted so that none can end its label.
 */
export function drawMermaid(graph: LineageGraph): string {
  const drafts = draftBoxes(graph);
  const lines = ['flowchart LR', `%% ${comment(titleOf(graph))}`];
  for (const [index, box] of drafts.boxes.entries()) lines.push(...boxLines(box, index));
  for (const link of drafts.links) lines.push(`  ${linkLine(link, drafts.boxes)}`);
  for (const [index, note] of notesOf(graph, drafts).entries())
    lines.push(`  note${String(index)}[/"${quoted(note)}"/]`);
  lines.push(
    '  classDef sensitive stroke:#b42318,stroke-width:2px',
    '  classDef gap stroke:#6d28d9,stroke-dasharray:3 3',
    '  classDef hidden stroke-dasharray:4 3',
  );
  return `${lines.join('\n')}\n`;
}

function boxLines(box: BoxDraft, index: number): readonly string[] {
  const id = `b${String(index)}`;
  if (box.hidden) return [`  ${id}["hidden"]:::hidden`];
  const name = quoted(box.dataset?.name ?? '');
  if (box.rows.length === 0) return [`  ${id}["${name}"]`];
  return [
    `  subgraph ${id}["${name}"]`,
    ...box.rows.map((node, row) => {
      const label = node.label ?? (node.state === null ? '' : stateWords[node.state]);
      const state = node.state === 'SENSITIVE' ? ':::sensitive' : node.state === 'GAP' ? ':::gap' : '';
      return `    ${id}_${String(row)}["${quoted(node.path ?? '')}${label === '' ? '' : `<br/><small>${quoted(label)}</small>`}"]${state}`;
    }),
    '  end',
  ];
}

function linkLine({ from, to, style, words }: LinkDraft, boxes: readonly BoxDraft[]): string {
  const arrow = style === 'direct' ? '-->' : '-.->';
  const text = words === null ? '' : `|"${quoted(words)}"|`;
  return `${portId(from, boxes)} ${arrow}${text} ${portId(to, boxes)}`;
}

function portId({ box, row }: Port, boxes: readonly BoxDraft[]): string {
  const place = boxes[box]?.rows.findIndex((node) => node.key === row) ?? -1;
  return place === -1 ? `b${String(box)}` : `b${String(box)}_${String(place)}`;
}

/** Mermaid's entity codes for everything that could end a label or start markup. */
function quoted(text: string): string {
  return visibleText(text).replaceAll(/["#<>&;`\\]/g, (char) => `#${String(char.charCodeAt(0))};`);
}

/** A comment ends with its line; braces would make it a directive. */
function comment(text: string): string {
  return visibleText(text).replaceAll(/[^\p{L}\p{N}.,:_()/ -]/gu, ' ');
}
