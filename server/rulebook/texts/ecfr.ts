import type { TextLine } from './clean-pages.ts';
import { definedTerms } from './defined-terms.ts';
import { cfrLevels, nodesOf } from './designators.ts';
import type { ParsedText } from './parsed-text.ts';
import { childrenOf, elementsNamed, textOf, type XmlElement } from './read-xml.ts';
import { createTextWriter } from './text-writer.ts';

/** True for a title or part of the Code of Federal Regulations as the eCFR and GovInfo serve it. */
export function isEcfr(root: XmlElement): boolean {
  return ['ECFR', 'DLPSTEXTCLASS', 'ECFRBRWS', 'CFRGRANULE'].includes(root.name) || /^DIV[1-9]$/u.test(root.name);
}

/**
 * Reads sections by their `DIV8`; below them the markup is flat paragraphs that begin `(a)(1)`, so that the same reading of
 * designators as for printed text is needed.
 */
export function readEcfr(root: XmlElement): ParsedText {
  const writer = createTextWriter();
  const whole: XmlElement = { name: '', attributes: {}, children: [root] };
  for (const section of sectionsIn(whole)) {
    const number = (section.attributes['N'] ?? '').replace(/^§\s*/u, '').trim();
    if (number === '') continue;
    const [head] = elementsNamed(section, 'HEAD');
    const heading = head === undefined ? '' : textOf(head).replace(/^§\s*[\d.]+\s*/u, '');
    const lines = elementsNamed(section, 'P', 'FP', 'LI')
      .map((paragraph): TextLine => ({ text: textOf(paragraph), page: null }))
      .filter((line) => line.text !== '');
    const terms = /definitions/iu.test(heading) ? definedTerms(lines) : [];
    const first = terms[0]?.lines[0];
    const title = `${number} ${heading}`.trim();
    if (first === undefined) writer.add(nodesOf(number, lines, cfrLevels, 'brackets'), title);
    else {
      const lead = lines.slice(0, lines.indexOf(first));
      writer.add(
        {
          number,
          lead: lead.map((line) => line.text).join('\n'),
          page: null,
          points: terms.map(({ slug, lines: own }) => ({
            number: `${number}#${slug}`,
            lead: own.map((line) => line.text).join('\n'),
            page: null,
            points: [],
          })),
        },
        title,
      );
    }
  }
  const [date] = elementsNamed(whole, 'AMDDATE', 'DATE');
  const title = childrenOf(root).find((child) => child.name === 'HEAD');
  return {
    format: 'ecfr',
    language: 'en',
    title: title === undefined ? null : textOf(title),
    marks: date === undefined ? [] : [textOf(date)],
    provisions: writer.provisions,
    text: writer.text(),
    pages: null,
    warnings: [],
  };
}

function sectionsIn(element: XmlElement): readonly XmlElement[] {
  return childrenOf(element).flatMap((child) =>
    child.name === 'DIV8' || child.attributes['TYPE'] === 'SECTION' ? [child] : sectionsIn(child),
  );
}
