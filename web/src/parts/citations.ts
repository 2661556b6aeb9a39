import { h } from '../dom.ts';
import { inWords } from '../words.ts';
import type { Citation } from '../answers.ts';

/** Provisions that speak of a judgement, open where one is quoted. */
export function citationsPart(citations: readonly Citation[]): HTMLElement | null {
  if (citations.length === 0) return null;
  return h(
    'details',
    { open: citations.some((citation) => citation.quote !== null) },
    h('summary', {}, h('b', {}, 'Citations: '), citations.map((citation) => citation.provision).join(', ')),
    h('ul', { class: 'citations' }, ...citations.map((citation) => citationItem(citation))),
  );
}

/** A quotation is shown as one only when it was cut from the official text. */
function citationItem({ provision, edition, check, quote, ownWords }: Citation): HTMLElement {
  return h(
    'li',
    {},
    h('b', {}, provision),
    h('span', { class: check === 'UNSUPPORTED' ? 'gap' : 'muted' }, ` ${edition}; ${inWords(check)}`),
    quote === null ? null : h('blockquote', {}, quote),
    quote !== null || ownWords === null ? null : h('p', {}, h('span', { class: 'muted' }, 'In our words: '), ownWords),
  );
}
