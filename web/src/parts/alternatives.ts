import { h } from '../dom.ts';
import type { Alternative } from '../answers.ts';

/** What else a judge considered, and why it was not that. */
export function alternativesPart(alternatives: readonly Alternative[]): HTMLElement | null {
  if (alternatives.length === 0) return null;
  return h(
    'p',
    { class: 'muted' },
    `Weighed and not taken: ${alternatives.map((one) => `${one.category} (${one.confidence.toFixed(2)}: ${one.rejectedBecause})`).join('; ')}`,
  );
}
