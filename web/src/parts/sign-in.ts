import { h } from '../dom.ts';
import { keepKey, keyOfTab } from '../key.ts';

/** Asks for a key, where the server answers nobody without one. `done` shows the page again. */
export function signInForm(message: string, done: () => void): HTMLElement {
  const input = h('input', {
    id: 'key',
    name: 'key',
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    required: true,
    size: 40,
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    const key = input.value.trim();
    if (key === '') return;
    keepKey(key);
    done();
  };
  const form = h(
    'form',
    { class: 'sign-in', onsubmit: submit },
    h('h1', {}, 'Sign in'),
    h('p', { role: 'status' }, keyOfTab() === null ? 'This server answers only those whom it knows.' : message),
    h('p', {}, h('label', { for: 'key' }, 'Key or token')),
    h('p', {}, input, ' ', h('button', { type: 'submit' }, 'Sign in')),
    h(
      'p',
      { class: 'muted' },
      'It stays in this tab until you close it. An administrator makes keys: lexline access new-key.',
    ),
  );
  return form;
}
