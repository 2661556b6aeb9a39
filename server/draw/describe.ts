import { stateWords } from './words.ts';
import { visibleText } from './text.ts';
import type { Drafts } from './boxes.ts';
import type { FieldState } from '../model/effective.ts';
import type { LegendEntry } from './picture.ts';
import type { LineageGraph } from '../model/lineage-graph.ts';

const directionWords = {
  UPSTREAM: 'Where it comes from',
  DOWNSTREAM: 'Where it goes',
  BOTH: 'Where it comes from and goes',
};
const reasonWords = {
  FIRST: 'only the nearest are shown',
  DEPTH: 'the depth asked for ends here',
  BUDGET: 'the walk ran into its budget',
};

/** `shop.public.customers.email`, a dataset alone or with several fields; `a hidden place` when the viewer may not see it. */
export function originName(graph: LineageGraph): string {
  const origins = graph.nodes.filter((one) => one.depth === 0 && one.dataset !== null);
  const name = (origins.find((one) => one.key === graph.origin) ?? origins[0])?.dataset?.name;
  if (name === undefined) return 'a hidden place';
  const paths = origins.flatMap((one) => (one.dataset?.name === name && one.path !== null ? [one.path] : []));
  if (paths.length === 1) return visibleText(`${name}.${paths[0] ?? ''}`);
  const more = paths.length > 4 ? ` and ${String(paths.length - 4)} more` : '';
  return visibleText(paths.length === 0 ? name : `${name} (${paths.sort().slice(0, 4).join(', ')}${more})`);
}

/** The heading of a picture. */
export function titleOf(graph: LineageGraph): string {
  return `${directionWords[graph.direction]}: ${originName(graph)}`;
}

/** The picture in one sentence, for those who cannot see it. */
export function describePicture(graph: LineageGraph, drafts: Drafts): string {
  const fields = graph.nodes.filter((node) => node.path !== null).length;
  const datasets = drafts.boxes.filter((box) => !box.hidden).length;
  const stepDowns = drafts.links.filter((link) => link.style === 'step-down').length;
  const sensitive = graph.nodes.filter((node) => node.state === 'SENSITIVE').length;
  return [
    `${count(fields, 'field')} in ${count(datasets, 'dataset')}, ${count(drafts.links.length, 'connection')}`,
    `${String(sensitive)} sensitive`,
    `${count(stepDowns, 'connection')} on which the value is masked, hashed or otherwise stepped down`,
  ].join('; ');
}

/** What the picture leaves out, each with its reason: no path may look shorter or cleaner than it is. */
export function notesOf(graph: LineageGraph, drafts: Drafts): readonly string[] {
  const notes: string[] = [];
  if (graph.truncated !== null) {
    const { reason, remaining } = graph.truncated;
    notes.push(`Cut short: ${reasonWords[reason]}${remaining === null ? '' : `; ${String(remaining)} more`}.`);
  }
  if (graph.hiddenNodes > 0) notes.push(`${count(graph.hiddenNodes, 'place')} on the way you may not see.`);
  if (graph.unparsedStatements > 0)
    notes.push(
      `Gap: ${count(graph.unparsedStatements, 'statement')} on the way not understood in full; flows may be missing.`,
    );
  if (drafts.dangling > 0) notes.push(`Leading out of this picture: ${count(drafts.dangling, 'connection')}.`);
  if (drafts.links.length === 0) notes.push('No flow is known here.');
  return notes;
}

/** Explains what the picture uses, and nothing else. */
export function legendOf(graph: LineageGraph, drafts: Drafts): readonly LegendEntry[] {
  const styles = new Set(drafts.links.map((link) => link.style));
  const states = new Set(graph.nodes.flatMap((node): FieldState[] => (node.state === null ? [] : [node.state])));
  const legend: LegendEntry[] = [];
  for (const state of ['SENSITIVE', 'NOT_SENSITIVE', 'UNDECIDED', 'GAP'] as const)
    if (states.has(state)) legend.push({ sample: state, words: stateWords[state] });
  if (styles.has('direct')) legend.push({ sample: 'direct', words: 'value flows' });
  if (styles.has('step-down')) legend.push({ sample: 'step-down', words: 'value stepped down, as the word says' });
  if (styles.has('indirect')) legend.push({ sample: 'indirect', words: 'steers rows, carries no value' });
  if (styles.has('dataset')) legend.push({ sample: 'dataset', words: 'dataset flows, columns not told' });
  if (graph.nodes.some((node) => node.hidden)) legend.push({ sample: 'hidden', words: 'hidden from you' });
  return legend;
}

/** `1 field`, `2 fields`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
