/** An element with its attributes and children. Text is only ever text: names come from other people's systems. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * A table in a box of its own. Where the box is too narrow for its columns, each row becomes a card in which every cell says
 * what it is (style.css); the roles are written down, because a table that is laid out so loses its own.
 */
export function table(label, heads, rows) {
  const row = (...cells) => h('tr', { role: 'row' }, ...cells);
  const head = row(...heads.map((text) => h('th', { role: 'columnheader', scope: 'col' }, text)));
  const body = rows.map((cells) =>
    row(...cells.map((cell, at) => h('td', { role: 'cell', 'data-head': heads[at] }, cell))),
  );
  const parts = [h('thead', { role: 'rowgroup' }, head), h('tbody', { role: 'rowgroup' }, ...body)];
  const kind = heads.length > 2 ? 'wide' : 'slim';
  return h('div', { class: 'scroll' }, h('table', { 'aria-label': label, class: kind, role: 'table' }, ...parts));
}

/** A state in words and colour; its colour alone says nothing. */
export function badge(state, text) {
  return h('span', { class: `badge ${state}`, title: inWords(state) }, text);
}

/** What went wrong, with what to do about it. */
export function problem(error) {
  return h('p', { class: 'problem', role: 'alert' }, error.message);
}

/** A word of the API as people read it: `NOT_REVIEWED` is "not reviewed". */
export const inWords = (word) => word.toLowerCase().replaceAll('_', ' ');

/** An instant as people read it: `2026-11-21 07:00 UTC`. */
export const when = (instant) => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** `1 column`, `2 columns`. */
export function countOf(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
