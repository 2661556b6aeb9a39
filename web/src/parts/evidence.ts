import { h } from '../dom.ts';
import type { Evidence } from '../answers.ts';

/** Reasons for and against, the weightiest first, with a bar for each one's weight. */
export function evidenceList(evidence: readonly Evidence[]): HTMLElement | null {
  if (evidence.length === 0) return null;
  const most = Math.max(...evidence.map((one) => Math.abs(one.weight)), 0.01);
  return h(
    'ul',
    { class: 'evidence' },
    ...[...evidence]
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .map(({ signal, detail, weight }) =>
        h(
          'li',
          {},
          h('span', { class: weight < 0 ? 'against' : 'for' }, weight < 0 ? 'against' : 'for'),
          h('meter', {
            min: '0',
            max: '1',
            value: String(Math.abs(weight) / most),
            title: `weight ${weight.toFixed(2)}`,
          }),
          h('span', {}, h('b', {}, signal), `: ${detail}`),
        ),
      ),
  );
}
