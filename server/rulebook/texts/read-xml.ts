import { LexlineError } from '../../base/errors.ts';

/** An element with its attributes and what stands in it, in order. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

const maxDepth = 200;
const maxElements = 2_000_000;
const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE[^[>]*(\[[\s\S]*?\])?\s*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)|(<)/gu;
const attribute = /([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u{A0}',
  sect: '§',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  ndash: '–',
  mdash: '—',
};

/**
 * Reads XML into a tree. Declared entities are refused, so that none can grow (no bombs, no files of the reader's machine).
 * Fails with ARTEFACT_INVALID, naming the line.
 */
export function readXml(text: string): XmlElement {
  const root: { name: string; attributes: Record<string, string>; children: (XmlElement | string)[] } = {
    name: '',
    attributes: {},
    children: [],
  };
  const open = [root];
  let elements = 0;
  const fail = (at: number, what: string): never => {
    throw new LexlineError('ARTEFACT_INVALID', `[rulebook] XML, line ${text.slice(0, at).split('\n').length}: ${what}`);
  };
  for (const match of text.matchAll(token)) {
    const [, cdata, subset, closing, opening, attributes = '', selfClosing, characters, stray] = match;
    const parent = open.at(-1) ?? root;
    if (subset !== undefined && subset.includes('<!ENTITY')) fail(match.index, 'declares entities, which is refused');
    if (stray !== undefined) fail(match.index, 'a "<" that begins no tag');
    if (cdata !== undefined) parent.children.push(cdata);
    else if (characters !== undefined) parent.children.push(decodeEntities(characters));
    else if (closing !== undefined) {
      if (open.length < 2 || parent.name !== closing) fail(match.index, `</${closing.slice(0, 40)}> closes nothing`);
      open.pop();
    } else if (opening !== undefined) {
      elements += 1;
      if (open.length > maxDepth) fail(match.index, `nested deeper than ${maxDepth}`);
      if (elements > maxElements) fail(match.index, `more than ${maxElements} elements`);
      const element = {
        name: opening,
        attributes: Object.fromEntries(
          [...attributes.matchAll(attribute)].map(([, key = '', double, single]) => [
            key,
            decodeEntities(double ?? single ?? ''),
          ]),
        ),
        children: [],
      };
      parent.children.push(element);
      if (selfClosing !== '/') open.push(element);
    }
  }
  if (open.length > 1) fail(text.length, `<${open.at(-1)?.name ?? ''}> is not closed`);
  const element = root.children.find((child): child is XmlElement => typeof child !== 'string');
  return element ?? fail(0, 'no element');
}

/** Character references and the few named entities that texts of law use; an unknown one stays as it is. */
export function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#x([\dA-Fa-f]{1,6})|#(\d{1,7})|(\w{1,10}));/gu, (whole, hex, decimal, name) => {
    if (typeof name === 'string') return named[name] ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0x10_ff_ff ? whole : String.fromCodePoint(code);
  });
}

/** Every element of that name below, in order; does not look inside one that it found. */
export function elementsNamed(element: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    return names.includes(child.name) ? [child] : elementsNamed(child, ...names);
  });
}

/** Elements that stand directly in this one. */
export function childrenOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string');
}

/** All text below, white space folded; `instead` may stand in for an element: a quotation mark, or nothing for a note. */
export function textOf(element: XmlElement, instead: (element: XmlElement) => string | null = () => null): string {
  const write = (one: XmlElement): string =>
    one.children.map((child) => (typeof child === 'string' ? child : (instead(child) ?? write(child)))).join('');
  return write(element).replaceAll(/\s+/gu, ' ').trim();
}
