import type { TextLine } from './clean-pages.ts';
import { definedTerms } from './defined-terms.ts';
import { articleLevels, californiaLevels, cfrLevels, nodesOf, type Level } from './designators.ts';
import type { ParsedProvision } from './parsed-text.ts';
import { cutAtRules, type KnownRule } from './rules-in-text.ts';
import { sectionsOf, type SectionStyle } from './section-lines.ts';
import { createTextWriter, type ProvisionNode, type TextWriter } from './text-writer.ts';

/** How a regulation counts its provisions; `numbered` is a standard of dotted numbers, `free` a text without numbers. */
export const numberings = ['articles', 'cfr', 'california', 'numbered', 'free'] as const;
export type Numbering = (typeof numberings)[number];

const dotted = (section: string): readonly number[] => section.split('.').map((part) => Number.parseInt(part, 10));
const styles: Readonly<Record<Exclude<Numbering, 'free'>, SectionStyle>> = {
  articles: {
    heading:
      /^(?:Article|Artikel|Articolo|Art[ií]culo|Artigo|Art\.|Artykuł|Článek)\s+(\d{1,3}[a-z]?)\b[.°º]?\s*[-–—]?\s*(.{0,160})$/iu,
    order: (section) => [Number.parseInt(section, 10), section.charCodeAt(section.length - 1)],
    textInline: false,
  },
  cfr: {
    heading: /^§\s*(\d{1,4}\.\d{1,4})\s+([A-Z[].*)$/u,
    order: dotted,
    textInline: false,
    partHeading:
      /^(?:(?:Subparts?|SUBPARTS?)\s+[A-Z]{1,2}(?:\s*[-–—]\s*[A-Z]{1,2})?\s*(?:[—–-]\s*\S|[—–-]$|\[Reserved\])|PART\s+\d+\s*[—–-])/u,
  },
  california: { heading: /^(\d{3,5}(?:\.\d{1,3}){1,2})\.(?:\s+(.*))?$/u, order: dotted, textInline: true },
  numbered: {
    heading: /^(?:Requirement\s+)?([A-Z]?\d{1,2}(?:\.\d{1,3}){1,4})\.?(?:\s+(.*))?$/u,
    order: orderOfNumber,
    textInline: true,
  },
};
const levels: Readonly<Record<Numbering, readonly Level[]>> = {
  articles: articleLevels,
  cfr: cfrLevels,
  california: californiaLevels,
  numbered: ['letters', 'romans'],
  free: [],
};

/** `A3.2.1` comes after `12.10.7`. */
function orderOfNumber(section: string): readonly number[] {
  const isAnnex = /^[A-Z]/u.test(section);
  return [isAnnex ? 1000 + section.charCodeAt(0) : 0, ...dotted(section.replace(/^[A-Z]/u, ''))];
}

/** What came of a document of lines. */
export interface NumberedText {
  readonly provisions: readonly ParsedProvision[];
  readonly text: string;
  readonly warnings: readonly string[];
}

/** How the provisions of a document are told apart. */
export interface Counting {
  readonly numbering: Numbering;
  /** Rules of the user's own: in a text that is counted freely each stands under its number where its words stand. */
  readonly rules?: readonly KnownRule[];
}

/** Cuts the lines of a document (a PDF, a page, plain text) into provisions by the way its regulation counts. */
export function readNumberedText(lines: readonly TextLine[], { numbering, rules = [] }: Counting): NumberedText {
  const writer = createTextWriter();
  const warnings: string[] = [];
  if (numbering === 'free') addRules(writer, lines, rules);
  else {
    const sections = sectionsOf(lines, styles[numbering]);
    if (numbering === 'articles') addRecitals(writer, lines);
    const empty = sections
      .filter(({ isEmpty, heading }) => isEmpty && !isReserved(heading))
      .map(({ section }) => section);
    const reserved = sections.filter(({ isEmpty, heading }) => isEmpty && isReserved(heading)).length;
    if (empty.length > 0) warnings.push(`only the heading was found of ${listed(empty)}`);
    if (reserved > 0) warnings.push(`${reserved} sections are kept free by the text itself ([Reserved])`);
    for (const { section, heading, lines: own } of sections) {
      const title = `${numbering === 'articles' ? 'Article ' : ''}${section} ${heading}`.trim();
      const isDefinitions = numbering === 'cfr' && /definitions/iu.test(heading);
      const style = numbering === 'articles' ? 'points' : 'brackets';
      writer.add(isDefinitions ? withTerms(section, own) : nodesOf(section, own, levels[numbering], style), title);
    }
  }
  return { provisions: writer.provisions, text: writer.text(), warnings };
}

/** `[Reserved]`: the number is kept for later, and nothing stands under it. */
function isReserved(heading: string): boolean {
  return /^\[reserved\]$/iu.test(heading.trim());
}

function withTerms(section: string, lines: readonly TextLine[]): ProvisionNode {
  const terms = definedTerms(lines);
  const first = terms[0]?.lines[0];
  const lead = first === undefined ? lines : lines.slice(0, lines.indexOf(first));
  return {
    number: section,
    lead: lead.map((line) => line.text).join('\n'),
    page: lines[0]?.page ?? null,
    points: terms.map(({ slug, lines: own }) => ({
      number: `${section}#${slug}`,
      lead: own.map((line) => line.text).join('\n'),
      page: own[0]?.page ?? null,
      points: [],
    })),
  };
}

/** Recitals stand before the first article: `(1) …`, `(2) …`, counted without a gap. */
function addRecitals(writer: TextWriter, lines: readonly TextLine[]): void {
  const end = lines.findIndex(({ text }) => /^(?:Article|Artikel|Articolo|Art[ií]culo|Artigo)\s+1$/iu.test(text));
  let number = 0;
  let own: TextLine[] = [];
  const put = (): void => {
    if (number > 0)
      writer.add(
        { number: `R${number}`, lead: own.map((line) => line.text).join('\n'), page: own[0]?.page ?? null, points: [] },
        '',
      );
  };
  for (const line of lines.slice(0, Math.max(0, end))) {
    const [, found] = /^\((\d{1,3})\)(?:\s|$)/u.exec(line.text) ?? [];
    if (found !== undefined && Number(found) === number + 1) {
      put();
      number += 1;
      own = [];
    }
    if (number > 0) own.push(line);
  }
  put();
}

/** More than one word before the end of a sentence: `3 Suppliers.` is a heading. */
const saysSomething = /(?:\p{L}\s+|\p{Lo}{3})\S*(?:\p{L}{2}|\d{3}|\))["”’»)\]]*[.!?;。](?=\s|$)/u;

/** Rules that are known under their numbers, and what stands between them as paragraphs. */
function addRules(writer: TextWriter, lines: readonly TextLine[], rules: readonly KnownRule[]): void {
  let count = 0;
  for (const part of cutAtRules(lines, rules)) {
    if (part.type === 'between') count = addParagraphs(writer, part.lines, { count, isWhole: rules.length === 0 });
    else {
      const { rule, text, page } = part.found;
      writer.add({ number: rule.number, lead: text, page, points: [] }, rule.heading);
    }
  }
}

/**
 * A text without numbers: its paragraphs are counted `p1`, `p2` …, so that a company's own policy can be cited. Beside known
 * rules a piece without the end of a sentence is a heading, a bullet or a number, and says nothing alone.
 */
function addParagraphs(
  writer: TextWriter,
  lines: readonly TextLine[],
  { count: before, isWhole }: { readonly count: number; readonly isWhole: boolean },
): number {
  let own: TextLine[] = [];
  let count = before;
  const put = (): void => {
    const lead = own.map((line) => line.text).join('\n');
    if (own.length > 0 && (isWhole || saysSomething.test(lead))) {
      count += 1;
      writer.add({ number: `p${count}`, lead, page: own[0]?.page ?? null, points: [] }, '');
    }
    own = [];
  };
  for (const line of lines) {
    own.push(line);
    const size = own.reduce((sum, { text }) => sum + text.length, 0);
    if ((size > 400 && /[.!?:;]$/u.test(line.text)) || size > 1_600) put();
  }
  put();
  return count;
}

function listed(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
}
