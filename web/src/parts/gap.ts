import { breakable, h, type Child } from '../dom.ts';
import type { Gap } from '../answers.ts';

/** A gap with what to do about it, ready to paste. */
export function gapBox(gap: Gap): HTMLElement {
  return h(
    'div',
    { class: 'gap-box' },
    h('strong', {}, `Gap: ${gap.reason}`),
    gap.remedy === null ? null : h('pre', {}, gap.remedy),
  );
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
  const remedy: Child = gap.remedy === null ? null : h('pre', {}, gap.remedy);
  return h(
    'tr',
    {},
    h('td', { class: 'mono' }, ...breakable(gap.what)),
    h('td', {}, gap.reason, ' ', h('span', { class: 'muted' }, `(${gap.kind.toLowerCase().replaceAll('_', ' ')})`)),
    h('td', {}, remedy),
  );
}
