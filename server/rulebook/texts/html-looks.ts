import { decodeEntities } from './read-xml.ts';

const attribute = /([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gu;
const unseenStyle =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden|(?:filter\s*:\s*opacity\(\s*|opacity\s*:\s*)0*(?:\.0\d*)?%?\)?|font-size\s*:\s*0*(?:\.0+)?(?:[a-z]{1,4}|%)?|font\s*:\s*(?:[a-z]+\s+)*0(?:px|pt)?[\s/][^;]*)\s*(?:!\s*important\s*)?(?=;|$)/iu;
/** Style sheets of a page. */
const sheet = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/giu;
const rule = /([^{}]+)\{([^{}]*)\}/gu;

/** Moved off the page, cut to nothing or made that small. */
const movedStyle =
  /(?:^|;)\s*(?:(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-(?:\d{4,}|9\d\d)(?:\.\d+)?(?:px|pt|r?em|vw|vh)?|clip\s*:\s*rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%\s*\)|circle\(\s*0[^)]*\))|transform\s*:\s*(?:scale[xy]?\(\s*0\s*\)|translate[xy]?\(\s*-(?:\d{4,}|9\d\d)[^)]*\)))\s*(?:!\s*important\s*)?(?=;|$)/iu;
const flat = /(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:!\s*important\s*)?(?=;|$)/iu;
const clipped = /(?:^|;)\s*overflow\s*:\s*(?:hidden|clip)/iu;
/** What a rule of a style sheet must speak of to be kept. */
const telling =
  /display|visibility|opacity|font-size|color|background|left|right|top|bottom|indent|clip|transform|height|width/iu;
/** Looks that come from a file beside the page. */
const elsewhere = /<link\b[^>]*\brel\s*=\s*["']?[^"'>]*stylesheet|@import\b/iu;
/** Shades of a part of a colour that no eye tells apart. */
const alike = 12;

/** Elements whose styles are remembered. */
const mostKept = 10_000;

/** An element with its attributes. */
export interface Styled {
  readonly name: string;
  readonly given: ReadonlyMap<string, string>;
}

type Colour = readonly [red: number, green: number, blue: number];

/** How the text of an element looks. */
export interface Look {
  /** With all that stands in the element. */
  readonly isHidden: boolean;
  /** Its own text has the colour of its ground, or none. */
  readonly isFaint: boolean;
  /** Null: not known. */
  readonly ink: Colour | null;
  readonly ground: Colour | null;
}

/** Black on white; where style sheets in other files may say otherwise, on a ground that nobody here knows. */
export function firstLook(html: string): Look {
  return { isHidden: false, isFaint: false, ink: [0, 0, 0], ground: hasSheetsElsewhere(html) ? null : [255, 255, 255] };
}

/** True where a page takes its looks from files beside it, too. */
export function hasSheetsElsewhere(html: string): boolean {
  return elsewhere.test(html);
}

/** Tells the look of an element that stands in others. */
export function looksOf(html: string): (path: readonly Styled[], element: Styled, around: Look) => Look {
  const styleOf = styleBySheet(html);
  return (path, element, around) => {
    const own = withoutComments(element.given.get('style') ?? '');
    const styles = [...styleOf([...path, element]), own];
    const isHidden =
      around.isHidden ||
      element.given.has('hidden') ||
      styles.some(
        (style) => unseenStyle.test(style) || movedStyle.test(style) || (flat.test(style) && clipped.test(style)),
      );
    const said = new Map(styles.flatMap((style) => declarationsOf(style)));
    const attributed = element.given.get('color') ?? element.given.get('text');
    const ink = inkOf(said.get('color') ?? attributed?.toLowerCase(), around.ink);
    const ground = groundOf(
      said.get('background-color') ?? said.get('background') ?? element.given.get('bgcolor')?.toLowerCase(),
      around.ground,
    );
    const isFaint = ink === 'none' || (ink !== null && ground !== null && isAlike(ink, ground));
    return { isHidden, isFaint, ink: ink === 'none' ? null : ink, ground };
  };
}

function declarationsOf(style: string): readonly (readonly [string, string])[] {
  return style.split(';').flatMap((one) => {
    const [, name, value] = /^\s*([\w-]+)\s*:\s*(.*?)\s*(?:!\s*important\s*)?$/su.exec(one) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.toLowerCase()] as const];
  });
}

/** `none`: it has no colour at all. */
function inkOf(said: string | undefined, around: Colour | null): Colour | 'none' | null {
  if (said === undefined || /^(?:inherit|currentcolor)$/u.test(said)) return around;
  return isTransparent(said) ? 'none' : colourOf(said);
}

function groundOf(said: string | undefined, around: Colour | null): Colour | null {
  if (said === undefined) return around;
  if (/url\(|gradient\(|var\(/u.test(said)) return null;
  if (/^(?:none|inherit|initial|unset|0)$/u.test(said) || isTransparent(said)) return around;
  return colourOf(said);
}

function isTransparent(said: string): boolean {
  return /^(?:transparent|#[\da-f]{3}0|#[\da-f]{6}00|(?:rgba|hsla)\(.*[,/]\s*0(?:\.0+)?%?\s*\)|(?:rgb|hsl)\(.*\/\s*0(?:\.0+)?%?\s*\))$/u.test(
    said,
  );
}

const named: Readonly<Record<string, Colour>> = {
  white: [255, 255, 255],
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  whitesmoke: [245, 245, 245],
  black: [0, 0, 0],
  red: [255, 0, 0],
  green: [0, 128, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  gray: [128, 128, 128],
  grey: [128, 128, 128],
  silver: [192, 192, 192],
  navy: [0, 0, 128],
};

/** A colour as style sheets write it; null where it is written in a way that is not read. Of `background` the first one. */
function colourOf(said: string): Colour | null {
  const short = /#([\da-f])([\da-f])([\da-f])[\da-f]?(?![\da-f])/u.exec(said);
  if (short !== null) return [hex(short[1], 2), hex(short[2], 2), hex(short[3], 2)];
  const long = /#([\da-f]{2})([\da-f]{2})([\da-f]{2})/u.exec(said);
  if (long !== null) return [hex(long[1]), hex(long[2]), hex(long[3])];
  const parts = /rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})/u.exec(said);
  if (parts !== null) return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const wheel = /hsla?\(\s*(-?\d{1,3})(?:deg)?[\s,]+(\d{1,3})%?[\s,]+(\d{1,3})%?/u.exec(said);
  if (wheel !== null) return byWheel(Number(wheel[1]), Number(wheel[2]) / 100, Number(wheel[3]) / 100);
  return (
    said
      .split(/\s+/u)
      .map((word) => named[word])
      .find((one) => one !== undefined) ?? null
  );
}

/** A colour by its angle on the wheel, its strength and its light. */
function byWheel(angle: number, strength: number, light: number): Colour {
  const spread = strength * Math.min(light, 1 - light);
  const part = (from: number): number => {
    const twelfth = (((from + angle / 30) % 12) + 12) % 12;
    return Math.round(255 * (light - spread * Math.max(-1, Math.min(twelfth - 3, 9 - twelfth, 1))));
  };
  return [part(0), part(8), part(4)];
}

function hex(digits = '', times = 1): number {
  return Number.parseInt(digits.repeat(times), 16);
}

function isAlike(a: Colour, b: Colour): boolean {
  return a.every((part, i) => Math.abs(part - (b[i] ?? 0)) <= alike);
}

/** The attributes of a tag, by their names in small letters. */
export function attributesOf(attributes: string): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [, key = '', a, b, c] of attributes.matchAll(attribute)) {
    const lower = key.toLowerCase();
    if (!given.has(lower)) given.set(lower, decodeEntities(a ?? b ?? c ?? ''));
  }
  return given;
}

/**
 * What style sheets in the page say of an element by tags, classes and ids, on it or on those around it (`p.note`, `#draft`,
 * `.closed li`). Which rule wins over which is not weighed: what one of them hides is hidden, and of colours the last one counts.
 */
function styleBySheet(html: string): (path: readonly Styled[]) => readonly string[] {
  const rules = [...html.matchAll(sheet)].flatMap(([, css = '']) =>
    [...withoutMedia(withoutComments(css)).matchAll(rule)].flatMap(([, list = '', style = '']) =>
      telling.test(style) ? list.split(',').flatMap((one) => partsOf(one).map((parts) => ({ parts, style }))) : [],
    ),
  );
  // Pages repeat themselves: what was found for the same elements around each other holds again.
  const found = new Map<string, readonly string[]>();
  return (path) => {
    const key = path.map(({ name, given }) => `${name}.${given.get('class') ?? ''}#${given.get('id') ?? ''}`).join('>');
    const known = found.get(key) ?? rules.filter(({ parts }) => isWithin(path, parts)).map(({ style }) => style);
    if (found.size < mostKept) found.set(key, known);
    return known;
  };
}

function isWithin(path: readonly Styled[], parts: readonly Part[]): boolean {
  let wanted = parts.length - 1;
  for (let at = path.length - 1; at >= 0 && wanted >= 0; at -= 1) {
    const [element, part] = [path[at], parts[wanted]];
    if (element !== undefined && part !== undefined && fits(element, part)) wanted -= 1;
    else if (at === path.length - 1) return false;
  }
  return wanted < 0;
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

function fits({ name, given }: Styled, { tag, marks }: Part): boolean {
  const classes = ` ${(given.get('class') ?? '').replaceAll(/\s/gu, ' ')} `;
  return (
    (tag === null || tag === name) &&
    marks.every((mark) =>
      mark.startsWith('#') ? mark.slice(1) === given.get('id') : classes.includes(` ${mark.slice(1)} `),
    )
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
