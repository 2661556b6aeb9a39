import { ApiError } from '../graphql.ts';
import { h } from '../dom.ts';

/** What went wrong and what to do, where the page's content would be. */
export function errorBox(error: unknown): HTMLElement {
  // The room that speaks is for logs: `[stores] nothing was known`.
  const message = (error instanceof Error ? error.message : String(error)).replace(/^\[[\w/-]+\] /, '');
  return h(
    'div',
    { class: 'error-box', role: 'alert' },
    h('strong', {}, message),
    error instanceof ApiError && error.remedy !== null ? h('p', {}, error.remedy) : null,
    error instanceof ApiError ? h('p', { class: 'muted' }, error.code) : null,
  );
}

/** Stands where something is being fetched. */
export function loading(): HTMLElement {
  return h('p', { class: 'muted', 'aria-busy': 'true' }, 'Loading …');
}
