import { attributesOf, firstLook, looksOf, type Look, type Styled } from './html-looks.ts';

/** Tags and the text between them. Names of tags are compared in small letters. */
const token = /<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|[^<]+|</giu;
/** Elements that have no end: nothing stands in them. */
const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Elements whose end may be left out, each with those that end it by beginning. */
const endedBy: Readonly<Record<string, RegExp>> = {
  p: /^(?:address|article|aside|blockquote|center|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|main|nav|ol|p|pre|section|table|ul)$/u,
  li: /^li$/u,
  dt: /^d[dt]$/u,
  dd: /^d[dt]$/u,
  td: /^(?:t[dhr]|tbody|tfoot)$/u,
  th: /^(?:t[dhr]|tbody|tfoot)$/u,
  tr: /^(?:tr|tbody|tfoot)$/u,
  tbody: /^(?:tbody|tfoot)$/u,
  thead: /^(?:tbody|tfoot)$/u,
  option: /^opt(?:ion|group)$/u,
};
/** An element inside of which others begin anew: its own ends do not reach what it stands in. */
const fence = /^(?:table|ul|ol|dl|td|th|select)$/u;
interface Open extends Styled {
  readonly look: Look;
}

/**
 * A page without what a browser does not show, and how many words that were: elements that are hidden or moved off the page, and
 * text in the colour of its ground. `styles`: the page with its style
 * sheets, where they were taken out of it.
 */
export function leaveOutHidden(html: string, styles = html): { readonly html: string; readonly words: number } {
  const lookOf = looksOf(styles);
  const first = firstLook(styles);
  const open: Open[] = [];
  let seen = '';
  let words = 0;
  for (const match of html.matchAll(token)) {
    const [whole, slash, tag, attributes = ''] = match;
    if (tag === undefined) {
      const { isHidden, isFaint } = open.at(-1)?.look ?? first;
      if (!isHidden && !isFaint) seen += whole;
      else words += whole.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
      continue;
    }
    const name = tag.toLowerCase();
    const wasHidden = open.at(-1)?.look.isHidden === true;
    if (slash === '/') close(open, name);
    else {
      endOpen(open, name);
      const given = attributesOf(attributes);
      const look = lookOf(open, { name, given }, open.at(-1)?.look ?? first);
      if (!empty.has(name)) open.push({ name, given, look });
    }
    // Both ends of what is hidden part the words around it.
    const isNowHidden = open.at(-1)?.look.isHidden === true;
    if (!wasHidden && !isNowHidden) seen += whole;
    else if (wasHidden !== isNowHidden) seen += ' ';
  }
  return { html: seen, words };
}

/** Ends what the beginning of another element ends: `<li>` the item before it. */
function endOpen(open: Open[], name: string): void {
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const one = open[at]?.name ?? '';
    if (endedBy[one]?.test(name) === true) {
      open.length = at;
      // A row ends its last cell and the row before it.
      continue;
    }
    if (fence.test(one)) return;
  }
}

/** Ends an element with whatever in it was left open; an end without a beginning ends nothing. */
function close(open: Open[], name: string): void {
  const at = open.findLastIndex((one) => one.name === name);
  if (at >= 0) open.length = at;
}
