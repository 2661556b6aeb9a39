import { h } from '../dom.ts';
import { errorBox } from './error.ts';

/** A button that loads the next page of a list and goes away after the last. `load` returns the next cursor, or null. */
export function moreButton(
  words: string,
  cursor: string | null,
  load: (after: string) => Promise<string | null>,
): HTMLElement {
  const place = h('p', { class: 'more' });
  const show = (after: string | null): void => {
    place.replaceChildren();
    if (after === null) return;
    const button = h('button', { type: 'button' }, words);
    button.addEventListener('click', () => {
      button.disabled = true;
      button.textContent = 'Loading …';
      load(after).then(show, (error: unknown) => place.replaceChildren(errorBox(error)));
    });
    place.append(button);
  };
  show(cursor);
  return place;
}
