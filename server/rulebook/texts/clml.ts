import type { ParsedText } from './parsed-text.ts';
import { childrenOf, elementsNamed, textOf, type XmlElement } from './read-xml.ts';
import { createTextWriter, type ProvisionNode } from './text-writer.ts';

/** Notes and marks of amendment are no part of the text. */
const left = new Set(['CommentaryRef', 'FootnoteRef', 'Commentary', 'Pnumber', 'MarginNoteRef']);
const instead = (element: XmlElement): string | null => (left.has(element.name) ? ' ' : null);

/** True for a document of legislation.gov.uk in Crown Legislation Markup Language. */
export function isClml(root: XmlElement): boolean {
  return root.name === 'Legislation';
}

/** Reads articles or sections, their paragraphs and points by the ids that CLML gives them (`article-9-2-h`). */
export function readClml(root: XmlElement): ParsedText {
  const writer = createTextWriter();
  const groups = elementsNamed(root, 'P1group');
  for (const group of groups) {
    const title = childrenOf(group).find((child) => child.name === 'Title');
    for (const section of elementsNamed(group, 'P1')) put(section, title === undefined ? '' : textOf(title, instead));
  }
  if (groups.length === 0) for (const section of elementsNamed(root, 'P1')) put(section, '');
  function put(section: XmlElement, title: string): void {
    const node = nodeOf(section);
    if (node !== null) writer.add(node, `${node.number} ${title}`.trim());
  }
  const [title] = elementsNamed(root, 'dc:title');
  const [modified] = elementsNamed(root, 'dct:valid', 'dc:modified');
  const [language] = elementsNamed(root, 'dc:language');
  const uri = root.attributes['DocumentURI'] ?? '';
  return {
    format: 'clml',
    language: language === undefined ? 'en' : textOf(language).slice(0, 2).toLowerCase(),
    title: title === undefined ? null : textOf(title),
    marks: [uri, modified === undefined ? '' : `valid ${textOf(modified)}`].filter((mark) => mark !== ''),
    provisions: writer.provisions,
    text: writer.text(),
    pages: null,
    warnings: [],
  };
}

function nodeOf(element: XmlElement): ProvisionNode | null {
  const number = numberOf(element.attributes['id'] ?? '');
  if (number === null) return null;
  const parts = elementsNamed(element, 'P2', 'P3', 'P4', 'P5');
  const own = new Set(parts);
  const label = childrenOf(element).find((child) => child.name === 'Pnumber');
  const shown = label === undefined || element.name === 'P1' ? '' : `${textOf(label, () => null)} `;
  const lead = textOf(element, (child) => (own.has(child) ? ' ' : instead(child)));
  const points = parts.map((part) => nodeOf(part)).filter((point): point is ProvisionNode => point !== null);
  return { number, lead: lead === '' ? '' : `${shown}${lead}`.trim(), page: null, points };
}

/** `article-9-2-h` → `9(2)(h)`; `section-1-1` → `1(1)`; `schedule-1-paragraph-5` → `Sch.1(5)`. */
function numberOf(id: string): string | null {
  const schedule = /^schedule-(\w+)-(?:part-\w+-)?(?:chapter-\w+-)?paragraph-(.+)$/u.exec(id);
  const [first, ...rest] = (schedule?.[2] ?? /(?:article|section|regulation)-(.+)$/u.exec(id)?.[1] ?? '').split('-');
  if (first === undefined || first === '') return null;
  const points = rest.map((part) => `(${part})`).join('');
  return schedule === null ? `${first}${points}` : `Sch.${schedule[1] ?? ''}(${first})${points}`;
}
