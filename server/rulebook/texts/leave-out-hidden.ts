import { decodeEntities } from './read-xml.ts';

/** Tags and the text between them. Names of tags are compared in small letters. */
const token = /<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|[^<]+|</giu;
const attribute = /([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gu;
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
const unseenStyle =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden|opacity\s*:\s*0*(?:\.0+)?%?|font-size\s*:\s*0*(?:\.0+)?(?:[a-z]{1,4}|%)?)\s*(?:!\s*important\s*)?(?=;|$)/iu;
/** Style sheets of a page. */
const sheet = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/giu;
const rule = /([^{}]+)\{([^{}]*)\}/gu;

interface Open {
  readonly name: string;
  readonly given: ReadonlyMap<string, string>;
  readonly hidden: boolean;
}
type Sheet = (path: readonly Pick<Open, 'name' | 'given'>[]) => boolean;

/**
 * A page without the elements that a browser does not show, and how many words stood in them. `styles`: the page with its style
 * sheets, where they were taken out of it.
 */
export function leaveOutHidden(html: string, styles = html): { readonly html: string; readonly words: number } {
  const isUnseen = hiddenBySheet(styles);
  const open: Open[] = [];
  let seen = '';
  let words = 0;
  for (const match of html.matchAll(token)) {
    const [whole, slash, tag, attributes = ''] = match;
    if (tag === undefined) {
      if (open.at(-1)?.hidden !== true) seen += whole;
      else words += whole.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
      continue;
    }
    const name = tag.toLowerCase();
    const wasHidden = open.at(-1)?.hidden === true;
    if (slash === '/') close(open, name);
    else {
      endOpen(open, name);
      const given = attributesOf(attributes);
      const hidden =
        open.at(-1)?.hidden === true ||
        given.has('hidden') ||
        unseenStyle.test(withoutComments(given.get('style') ?? '')) ||
        isUnseen([...open, { name, given }]);
      if (!empty.has(name)) open.push({ name, given, hidden });
    }
    // Both ends of what is hidden part the words around it.
    const isNowHidden = open.at(-1)?.hidden === true;
    if (!wasHidden && !isNowHidden) seen += whole;
    else if (wasHidden !== isNowHidden) seen += ' ';
  }
  return { html: seen, words };
}

function attributesOf(attributes: string): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [, key = '', a, b, c] of attributes.matchAll(attribute)) {
    const lower = key.toLowerCase();
    if (!given.has(lower)) given.set(lower, decodeEntities(a ?? b ?? c ?? ''));
  }
  return given;
}

/**
 * What style sheets in the page hide by tags, classes and ids, on the element or on those around it (`p.note`, `#draft`,
 * `.closed li`). Which rule wins over which is not weighed: what one of them hides is left out.
 */
function hiddenBySheet(html: string): Sheet {
  const selectors = [...html.matchAll(sheet)].flatMap(([, css = '']) =>
    [...withoutMedia(withoutComments(css)).matchAll(rule)].flatMap(([, list = '', style = '']) =>
      unseenStyle.test(style) ? list.split(',').flatMap((one) => partsOf(one)) : [],
    ),
  );
  if (selectors.length === 0) return () => false;
  return (path) =>
    selectors.some((parts) => {
      let wanted = parts.length - 1;
      for (let at = path.length - 1; at >= 0 && wanted >= 0; at -= 1) {
        const [element, part] = [path[at], parts[wanted]];
        if (element !== undefined && part !== undefined && fits(element, part)) wanted -= 1;
        else if (at === path.length - 1) return false;
      }
      return wanted < 0;
    });
}

interface Part {
  readonly tag: string | null;
  /** `.note`, `#draft` */
  readonly marks: readonly string[];
}

/** A selector from outside in; none where it is of a kind that is not read. */
function partsOf(selector: string): readonly (readonly Part[])[] {
  const words = selector.trim().split(/\s*>\s*|\s+/u);
  const parts = words.map((word): Part | null => {
    const [, tag, marks] = /^([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)$/iu.exec(word) ?? [];
    if (marks === undefined || word === '') return null;
    const isAny = tag === undefined || tag === '*';
    return { tag: isAny ? null : tag.toLowerCase(), marks: marks.match(/[.#][\w-]+/gu) ?? [] };
  });
  const read = parts.filter((part) => part !== null);
  return read.length === parts.length ? [read] : [];
}

function fits({ name, given }: Pick<Open, 'name' | 'given'>, { tag, marks }: Part): boolean {
  const classes = (given.get('class') ?? '').split(/\s+/u);
  return (
    (tag === null || tag === name) &&
    marks.every((mark) => (mark.startsWith('#') ? mark.slice(1) === given.get('id') : classes.includes(mark.slice(1))))
  );
}

function withoutComments(css: string): string {
  return css.replaceAll(/\/\*[\s\S]*?\*\//gu, ' ');
}

/** Rules for print or for narrow screens are cut out: they say nothing of what is seen on every screen. */
function withoutMedia(css: string): string {
  return css.replaceAll(/@media\b([^{}]*)\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/giu, (whole: string, media: string) =>
    /^[\s,]*(?:(?:only\s+)?screen|all)?[\s,]*$/iu.test(media) ? whole : ' ',
  );
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
