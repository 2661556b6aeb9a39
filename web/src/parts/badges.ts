import { h } from '../dom.ts';
import { inWords } from '../words.ts';
import type { State } from '../answers.ts';

/** A state, in words and colour. */
export function stateBadge(state: State, label: string): HTMLElement {
  return h('span', { class: `state-badge ${state.toLowerCase().replaceAll('_', '-')}`, title: inWords(state) }, label);
}

/** The coarse classes as small badges. */
export function classBadges(classes: readonly string[]): readonly HTMLElement[] {
  return [...new Set(classes)].sort().map((name) => h('span', { class: `badge ${name.toLowerCase()}` }, name));
}
