import { breakable, h } from '../dom.ts';
import type { Gap } from '../answers.ts';

/** A gap with what to do about it, ready to paste. */
export function gapBox(gap: Gap): HTMLElement {
  return h('div', { class: 'gap-box' }, h('strong', {}, `Gap: ${gap.reason}`), h('pre', {}, remedyOf(gap)));
}

/** Gaps in a table. */
export function gapTable(gaps: readonly Gap[]): HTMLTableElement {
  return h(
    'table',
    {},
    h('thead', {}, h('tr', {}, ...['What', 'Why', 'What to do'].map((title) => h('th', { scope: 'col' }, title)))),
    h('tbody', {}, ...gaps.map((gap) => gapRow(gap))),
  );
}

/** One row of {@link gapTable}. */
export function gapRow(gap: Gap): HTMLElement {
  return h(
    'tr',
    {},
    h('td', { class: 'mono' }, ...breakable(gap.what)),
    h('td', {}, gap.reason, ' ', h('span', { class: 'muted' }, `(${gap.kind.toLowerCase().replaceAll('_', ' ')})`)),
    h('td', { 'data-label': 'What to do' }, h('pre', {}, remedyOf(gap))),
  );
}

/** Reads of before advice was kept have none. */
function remedyOf({ remedy }: Gap): string {
  return remedy ?? 'Sync the source again: this read is from before advice was kept.';
}
