import type { ParsedText } from './parsed-text.ts';
import { childrenOf, elementsNamed, textOf, type XmlElement } from './read-xml.ts';
import { createTextWriter, type ProvisionNode } from './text-writer.ts';

/** Quotation marks are elements with the code of their character; notes and processing marks are no part of the text. */
function instead(element: XmlElement): string | null {
  if (element.name === 'QUOT.START' || element.name === 'QUOT.END')
    return String.fromCodePoint(Number.parseInt(element.attributes['CODE'] ?? '22', 16));
  return element.name === 'NOTE' ? '' : null;
}

/** True for a document of the EU Publications Office in Formex 4 to 6. */
export function isFormex(root: XmlElement): boolean {
  return ['CONS.ACT', 'ACT', 'CONS.DOC', 'COMBINED.ACT'].includes(root.name);
}

/** Reads a Formex act: articles by their identifiers, paragraphs and points by their numbers, recitals. */
export function readFormex(root: XmlElement): ParsedText {
  const writer = createTextWriter();
  for (const recital of elementsNamed(root, 'CONSID')) {
    const [number] = elementsNamed(recital, 'NO.P');
    const name = bareNumber(number === undefined ? '' : textOf(number));
    const lead = elementsNamed(recital, 'TXT')
      .map((text) => textOf(text, instead))
      .join('\n');
    writer.add({ number: `R${name}`, lead, page: null, points: [] }, '');
  }
  for (const article of elementsNamed(root, 'ARTICLE')) {
    const [title] = elementsNamed(article, 'TI.ART');
    const [subtitle] = elementsNamed(article, 'STI.ART');
    const said = title === undefined ? '' : textOf(title, instead);
    const name =
      String(Number(article.attributes['IDENTIFIER'])) === 'NaN'
        ? bareNumber(said)
        : String(Number(article.attributes['IDENTIFIER']));
    const paragraphs = childrenOf(article).filter((child) => child.name === 'PARAG');
    const loose = childrenOf(article).filter((child) => child.name === 'ALINEA');
    const own = nodeOf(name, loose);
    const points = paragraphs.map((paragraph) => {
      const [number] = elementsNamed(paragraph, 'NO.PARAG');
      const label = bareNumber(number === undefined ? '' : textOf(number));
      return nodeOf(
        `${name}(${label})`,
        childrenOf(paragraph).filter((child) => child.name !== 'NO.PARAG'),
      );
    });
    const heading = [said, subtitle === undefined ? '' : textOf(subtitle, instead)]
      .filter((part) => part !== '')
      .join(' ');
    writer.add({ ...own, points: [...own.points, ...points] }, heading);
  }
  const [language] = elementsNamed(root, 'LG.DOC');
  const [celex] = elementsNamed(root, 'NO.CELEX');
  const [title] = elementsNamed(root, 'TITLE');
  const [consolidated] = elementsNamed(root, 'INFO.CONSLEG');
  const date = consolidated?.attributes['CONSLEG.DATE'];
  const marks = [celex === undefined ? '' : textOf(celex), date === undefined ? '' : `consolidated ${date}`];
  return {
    format: 'formex',
    language: language === undefined ? null : textOf(language).toLowerCase().slice(0, 2),
    title: title === undefined ? null : textOf(title),
    marks: marks.filter((mark) => mark !== ''),
    provisions: writer.provisions,
    text: writer.text(),
    pages: null,
    warnings: [],
  };
}

/** Running text becomes the lead; a list's items become points with their own numbers. */
function nodeOf(number: string, elements: readonly XmlElement[]): ProvisionNode {
  const lead: string[] = [];
  const points: ProvisionNode[] = [];
  const read = (element: XmlElement): void => {
    if (element.name === 'LIST') {
      for (const item of elementsNamed(element, 'NP')) points.push(pointOf(number, item));
      return;
    }
    if (element.name === 'NP') {
      points.push(pointOf(number, element));
      return;
    }
    if (elementsNamed(element, 'LIST').length === 0) lead.push(textOf(element, instead));
    else for (const child of childrenOf(element)) read(child);
  };
  for (const element of elements) read(element);
  return { number, lead: lead.filter((text) => text !== '').join('\n'), page: null, points };
}

function pointOf(parent: string, item: XmlElement): ProvisionNode {
  const label = childrenOf(item).find((child) => child.name === 'NO.P');
  const rest = childrenOf(item).filter((child) => child.name !== 'NO.P');
  const number = `${parent}(${bareNumber(label === undefined ? '' : textOf(label))})`;
  const node = nodeOf(number, rest);
  const shown = label === undefined ? '' : textOf(label);
  return { ...node, lead: `${shown} ${node.lead}`.trim() };
}

/** `(1)`, `1.`, `a)`, `Artikel 9` → `1`, `1`, `a`, `9`. */
function bareNumber(label: string): string {
  return /(\d+[a-z]?|[a-z]{1,5})\W*$/iu.exec(label.trim())?.[1] ?? label.trim();
}
