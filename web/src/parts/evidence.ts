import { h } from '../dom.ts';
import type { Evidence } from '../answers.ts';

/** What a reason does: speaks for the verdict, against it, or only says what else is true. */
type Side = 'for' | 'against' | 'note';

const signs: Readonly<Record<Side, string>> = { for: '+', against: '−', note: '' };

/** Reasons for and against, the weightiest first, each with its weight as a bar and as a figure. Sign and word say the side, colour only repeats it. */
export function evidenceList(evidence: readonly Evidence[]): HTMLElement | null {
  if (evidence.length === 0) return null;
  const most = Math.max(...evidence.map((one) => Math.abs(one.weight)), 0.01);
  return h(
    'ul',
    { class: 'evidence' },
    ...[...evidence]
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .map(({ signal, detail, weight }) => {
        const side = sideOf(weight);
        return h(
          'li',
          { class: side },
          h('span', { class: 'side' }, `${signs[side]} ${side}`.trim()),
          weightBar(side, Math.abs(weight) / most),
          h('span', { class: 'weight' }, `${signs[side]}${Math.abs(weight).toFixed(2)}`),
          h('span', {}, h('b', {}, signal), `: ${detail}`),
        );
      }),
  );
}

function sideOf(weight: number): Side {
  if (weight === 0) return 'note';
  return weight < 0 ? 'against' : 'for';
}

/** `share` of the weightiest reason, 0 to 1. The figure beside it says the same. */
function weightBar(side: Side, share: number): Element {
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const part = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const attributes = { class: 'weight-bar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries(attributes)) picture.setAttribute(name, value);
  for (const [name, value] of Object.entries({ width: share * 100, height: 10, class: `bar-${side}` }))
    part.setAttribute(name, String(value));
  picture.append(part);
  return picture;
}
