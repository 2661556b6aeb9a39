import { addressOf, kindOfId, type Route } from '../route.ts';
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

/**
 * For an address whose id is none of the things that the page shows: says so in the page's words and leads back, or on to the
 * page that the id belongs to. True when it was said.
 */
export function saidWrongAddress(main: HTMLElement, wanted: 'dataset' | 'field', { id, asOf }: Route): boolean {
  const kind = kindOfId(id);
  if (kind === wanted) return false;
  fill(
    main,
    h('h1', {}, `This is no address of a ${wanted}`),
    h(
      'p',
      {},
      kind === null
        ? 'The last part of the address is not one that Lexline gave: it may have been cut short or mistyped. Find the name in the list instead.'
        : `The address belongs to a ${kind}.`,
    ),
    kind === null ? null : h('p', {}, h('a', { href: addressOf(`/${kind}s/${id}`, asOf) }, `Show this ${kind}`)),
    h('p', {}, h('a', { href: addressOf('/', asOf) }, 'All datasets')),
  );
  return true;
}
