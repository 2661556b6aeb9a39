import { addressOf } from '../route.ts';
import { fill, h } from '../dom.ts';

/** What a reader sees who asks for something that is not there, at least not at the time that is looked at. */
export function notThere(main: HTMLElement, what: string, asOf: string | null): void {
  fill(
    main,
    h('h1', {}, `There is no such ${what}`),
    h(
      'p',
      {},
      asOf === null
        ? 'It does not exist, is no longer there, or you may not see it.'
        : `As of ${asOf} it was not known, or you may not see it.`,
    ),
    h('p', {}, h('a', { href: addressOf('/', asOf) }, 'All datasets')),
  );
}
