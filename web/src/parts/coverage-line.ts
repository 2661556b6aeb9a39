import { addressOf } from '../route.ts';
import { ask } from '../graphql.ts';
import { countOf } from '../words.ts';
import { fill, h } from '../dom.ts';
import type { CoverageAnswer } from '../answers.ts';
import type { PageContext } from '../context.ts';

/** How much is known, above the list. Comes when it comes: the list does not wait for it. */
export function coverageLine(context: PageContext): HTMLElement {
  const place = h('ul', { class: 'figures' });
  showCoverage(place, context).catch(() => place.remove());
  return place;
}

async function showCoverage(place: HTMLElement, { route, signal }: PageContext): Promise<void> {
  const { coverage } = await ask<CoverageAnswer>('coverage', { asOf: route.asOf, firstGaps: 1 }, signal);
  const open = coverage.undecided + coverage.notRead;
  const figure = (value: number, words: string, look: string, href: string): HTMLElement => {
    const content = [h('b', { class: value > 0 ? look : '' }, value.toLocaleString('en')), words];
    return h('li', {}, h('a', { href: addressOf(href, route.asOf) }, ...content));
  };
  fill(
    place,
    figure(coverage.sensitive, `of ${countOf(coverage.fields, 'field')} sensitive`, 'sensitive', '/fields'),
    figure(coverage.profiled, 'judged with a profile of values', '', '/gaps'),
    figure(coverage.namesOnly, 'judged from names only', '', '/gaps'),
    figure(open, open === 1 ? 'field without an answer' : 'fields without an answer', 'gap', '/gaps'),
    figure(
      coverage.gaps.totalCount,
      coverage.gaps.totalCount === 1 ? 'gap met while reading' : 'gaps met while reading',
      'gap',
      '/gaps',
    ),
  );
}
