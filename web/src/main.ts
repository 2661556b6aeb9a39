import { addressOf, readRoute, type Route } from './route.ts';
import { ask, signInNeeded } from './graphql.ts';
import { datasetPage } from './pages/dataset.ts';
import { datasetsPage } from './pages/datasets.ts';
import { drawingCss } from '../../server/draw/css.ts';
import { errorBox, loading } from './parts/error.ts';
import { fieldPage } from './pages/field.ts';
import { fieldsPage } from './pages/fields.ts';
import { fill, h } from './dom.ts';
import { gapsPage } from './pages/gaps.ts';
import { notThere } from './pages/not-there.ts';
import { pageCss } from '../../server/report/page-css.ts';
import { pastBanner, topBar } from './parts/top.ts';
import { runsPage } from './pages/runs.ts';
import { signInForm } from './parts/sign-in.ts';
import type { Page } from './context.ts';
import type { RevisionAnswer } from './answers.ts';

const pages: Readonly<Record<Route['page'], Page>> = {
  datasets: datasetsPage,
  dataset: datasetPage,
  fields: fieldsPage,
  field: fieldPage,
  gaps: gapsPage,
  runs: runsPage,
  unknown: async (main, { route }) => notThere(main, 'page', route.asOf),
};

/** Reports and pictures have one look; the pages take it as it is. */
function shareLook(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${pageCss}\n${drawingCss}`);
  document.adoptedStyleSheets = [sheet];
}

let leaving = new AbortController();

async function show(moveFocus: boolean): Promise<void> {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const route = routeNow();
  const top = document.querySelector('#top');
  const main = document.querySelector<HTMLElement>('#main');
  if (top === null || main === null) return;
  document.title = 'Lexline';
  fill(top, ...topBar(route, goTo));
  fill(main, loading());
  if (moveFocus) main.focus({ preventScroll: true });
  try {
    await pages[route.page](main, {
      route,
      signal,
      keep: (options) =>
        history.replaceState(null, '', addressOf(route.path, route.asOf, { ...routeNow().options, ...options })),
    });
    if (route.asOf !== null && !signal.aborted) await showPast(route.asOf, main, signal);
  } catch (error) {
    if (!signal.aborted)
      fill(main, errorBox(error), h('p', {}, h('a', { href: addressOf('/', null) }, 'All datasets, as of now')));
  }
}

async function showPast(asOf: string, main: HTMLElement, signal: AbortSignal): Promise<void> {
  const { revision } = await ask<RevisionAnswer>('revision', { asOf }, signal);
  if (!signal.aborted) main.prepend(pastBanner(asOf, revision));
}

/** The route below `<base>`. */
function routeNow(): Route {
  const mounted = new URL(document.baseURI).pathname;
  return readRoute(`/${location.pathname.slice(mounted.length)}`, location.search);
}

function goTo(address: string): void {
  history.pushState(null, '', address);
  window.scrollTo(0, 0);
  void show(true);
}

/** Links within the pages, those in pictures too, change the page without loading it anew. */
function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const address = link?.getAttribute('href');
  if (address === null || address === undefined || !address.startsWith('./') || link?.hasAttribute('download') === true)
    return;
  event.preventDefault();
  goTo(address);
}

/** With `<base>`, an anchor would lead to another page. */
function skipToContent(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

/** Any part of a page may be refused first; all of it then waits for the sign-in. */
function askForKey(event: Event): void {
  leaving.abort();
  const main = document.querySelector<HTMLElement>('#main');
  const message = event instanceof CustomEvent ? String(event.detail) : '';
  // Answers to other parts of the page come later: what was typed meanwhile must stay.
  if (main === null || main.querySelector('form.sign-in') !== null) return;
  const again = (): void => void show(true);
  fill(main, signInForm(message, again));
}

shareLook();
window.addEventListener(signInNeeded, askForKey);
document.querySelector('.skip')?.addEventListener('click', skipToContent);
document.addEventListener('click', followLinks);
window.addEventListener('popstate', () => void show(true));
void show(false);
