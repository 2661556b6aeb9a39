import { addressOf, type Route } from '../route.ts';
import { h } from '../dom.ts';

const links: readonly (readonly [string, string, readonly Route['page'][]])[] = [
  ['/', 'Datasets', ['datasets', 'dataset', 'field']],
  ['/fields', 'Sensitive fields', ['fields']],
  ['/gaps', 'Coverage and gaps', ['gaps']],
  ['/runs', 'Sync runs', ['runs']],
];

/** The head of every page: where one is, and which time is looked at. */
export function topBar(route: Route, goTo: (address: string) => void): readonly HTMLElement[] {
  const date = h('input', {
    type: 'date',
    id: 'as-of',
    value: (route.asOf ?? '').slice(0, 10),
    'aria-describedby': 'as-of-about',
  });
  const look = (asOf: string | null): void => {
    goTo(addressOf(route.path, asOf, route.options));
  };
  date.addEventListener('change', () => {
    look(date.value === '' ? null : date.value);
  });
  return [
    h('a', { class: 'brand', href: addressOf('/', route.asOf) }, 'Lexline'),
    h(
      'nav',
      { 'aria-label': 'Pages' },
      ...links.map(([path, title, pages]) =>
        h(
          'a',
          { href: addressOf(path, route.asOf), 'aria-current': pages.includes(route.page) ? 'page' : null },
          title,
        ),
      ),
    ),
    h(
      'form',
      { class: 'as-of', onsubmit: (event) => event.preventDefault() },
      h('label', { for: 'as-of' }, 'As of'),
      date,
      route.asOf === null
        ? h('span', { class: 'muted', id: 'as-of-about' }, 'now')
        : h('button', { type: 'button', id: 'as-of-about', onclick: () => look(null) }, 'back to now'),
    ),
  ];
}

/** Says loudly that the page shows the past. */
export function pastBanner(
  asOf: string,
  revision: { readonly number: number; readonly at: string } | null,
): HTMLElement {
  const known = revision === null ? '' : ` Revision ${String(revision.number)}, published ${revision.at}.`;
  return h('p', { class: 'past', role: 'status' }, `What Lexline knew as of ${asOf}.${known}`);
}
