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

/** A table in a box that scrolls by itself. */
export function table(label, heads, rows) {
  const head = h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text))));
  const body = rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell))));
  return h('div', { class: 'scroll' }, h('table', { 'aria-label': label }, head, h('tbody', {}, ...body)));
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

/** `1 column`, `2 columns`. */
export function countOf(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
