import { visibleText } from '../../draw/text.ts';
import { isFilled } from '../sourced.ts';
import type { Cell, CellOrigin, SectionPart } from '../report.ts';
import { bottom, ink, inner, letGoOfPages, page, type Face } from './pdf-page.ts';
import { settleParents } from './pdf-parents.ts';
import type { Breaker } from './pdf-text.ts';

type Pdf = PDFKit.PDFDocument;

const size = 7;
const leading = 9;

/** What is being written, and where on the page. */
export interface Desk {
  readonly pdf: Pdf;
  readonly breaker: Breaker;
  readonly root: PDFKit.PDFStructureElement;
  y: number;
  section: SectionPart | null;
  /** Structure of the section, and of its table or list. */
  sect: PDFKit.PDFStructureElement | null;
  body: PDFKit.PDFStructureElement | null;
  group: string;
  /** Rows in the table that is being written. */
  rows: number;
  /** Pages whose tags are written down already. */
  settled: number;
  /** Letters that the font lacks stand somewhere as code points. */
  hasCodePoints: boolean;
  /** What stands at the foot of every page. */
  readonly foot: string;
}

/** One cell as it is set. */
export interface SetCell {
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly face: Face;
  readonly colour: string;
  readonly tag: 'TH' | 'TD';
  /** Of a TH: what it heads. */
  readonly heads?: 'Row' | 'Column';
  /** Columns that it takes; default: one. */
  readonly span?: number;
  readonly right: boolean;
}

/** A row of cells at the place where the desk stands; a row that does not fit begins a page, and goes on in the same cells. */
export function line(desk: Desk, parent: PDFKit.PDFStructureElement, cells: readonly SetCell[], panel = false): void {
  const broken = cells.map((cell) => desk.breaker.lines(cell.text, cell.face, size, cell.width));
  let from = 0;
  const most = Math.max(...broken.map(({ length }) => length));
  const row = desk.pdf.struct('TR');
  parent.add(row);
  const elements = cells.map((cell) => cellElement(desk, cell));
  for (const element of elements) row.add(element);
  while (from < most) {
    const fits = Math.floor((bottom - desk.y - 3) / leading);
    if (fits < Math.min(most - from, 3)) {
      freshPage(desk);
      continue;
    }
    const count = Math.min(most - from, fits);
    if (panel) artifact(desk, () => desk.pdf.rect(page.margin, desk.y, inner, count * leading + 3).fill(ink.panel));
    for (const [index, cell] of cells.entries()) {
      const part = (broken[index] ?? []).slice(from, from + count);
      // The library takes content here as well as elements; its types know elements alone.
      if (part.some((text) => text !== '')) elements[index]?.add((() => setText(desk, cell, part)) as never);
    }
    desk.y += count * leading + 3;
    from += count;
  }
  for (const element of elements) element.end();
  row.end();
}

/** The tag of a cell: what a heading heads and how far a cell reaches, and the text itself where the page shows code points. */
function cellElement(desk: Desk, { tag, text, face, heads, span }: SetCell): PDFKit.PDFStructureElement {
  const element = desk.pdf.struct(tag, actualText(desk, text, face));
  const about = {
    ...(heads === undefined ? {} : { Scope: heads }),
    ...(span === undefined || span === 1 ? {} : { ColSpan: span }),
  };
  if (Object.keys(about).length > 0) attribute(element, { O: 'Table', ...about });
  return element;
}

/** Attributes of a tag, of which the library's types know none. */
function attribute(element: PDFKit.PDFStructureElement, about: Readonly<Record<string, string | number>>): void {
  const { dictionary } = element as unknown as { readonly dictionary: { readonly data: Record<string, unknown> } };
  dictionary.data['A'] = about;
}

/** What is read aloud, found and copied where letters that the font lacks stand as code points. */
function actualText(desk: Desk, text: string, face: Face): { readonly actual?: string } {
  if (desk.breaker.readable(text, face) === text) return {};
  desk.hasCodePoints = true;
  return { actual: text };
}

function setLines(desk: Desk, cells: readonly SetCell[]): void {
  const broken = cells.map((cell) => desk.breaker.lines(cell.text, cell.face, size, cell.width));
  for (const [index, cell] of cells.entries()) setText(desk, cell, broken[index] ?? []);
  desk.y += Math.max(...broken.map(({ length }) => length)) * leading + 3;
}

function setText(desk: Desk, { face, colour, x, width, right }: SetCell, lines: readonly string[]): void {
  const { pdf, breaker } = desk;
  pdf.font(face).fontSize(size).fillColor(colour);
  for (const [index, text] of lines.entries()) {
    if (text === '') continue;
    const left = right ? x + width - breaker.width(text, face, size) : x;
    pdf.text(text, left, desk.y + 2 + index * leading, { lineBreak: false });
  }
}

/** A heading or paragraph at the place where the desk stands. */
export function paragraph(
  desk: Desk,
  parent: PDFKit.PDFStructureElement,
  tag: 'H1' | 'H2' | 'H3' | 'P',
  text: string,
  { face, of, colour, width = inner }: ParagraphLook,
): void {
  const { pdf, breaker } = desk;
  const lines = breaker.lines(text, face, of, width);
  const step = of * 1.3;
  room(desk, Math.min(lines.length, 3) * step);
  const element = pdf.struct(tag, actualText(desk, text, face));
  parent.add(element);
  for (const one of lines) {
    if (desk.y + step > bottom) freshPage(desk);
    const { y } = desk;
    const write = (): void => {
      pdf.font(face).fontSize(of).fillColor(colour).text(one, page.margin, y, { lineBreak: false });
    };
    // The library takes content here as well as elements; its types know elements alone.
    element.add(write as never);
    desk.y += step;
  }
  element.end();
}

/** How a paragraph is set. */
export interface ParagraphLook {
  readonly face: Face;
  /** Points. */
  readonly of: number;
  readonly colour: string;
  /** Default: the whole page. */
  readonly width?: number;
}

/** A thin line under what was written. */
export function rule(desk: Desk): void {
  artifact(desk, () => {
    desk.pdf
      .lineWidth(0.4)
      .strokeColor(ink.line)
      .moveTo(page.margin, desk.y)
      .lineTo(page.width - page.margin, desk.y)
      .stroke();
  });
}

function artifact({ pdf }: Desk, paint: () => void): void {
  pdf.markContent('Artifact', { type: 'Layout' } as never);
  paint();
  pdf.endMarkedContent();
}

/** Begins a page when so much does not fit on this one. */
export function room(desk: Desk, height: number): void {
  if (desk.y + height > bottom) freshPage(desk);
}

/** Begins a page, with the headings of a table that goes on. */
export function freshPage(desk: Desk): void {
  if (letGoOfPages(desk.pdf, desk.foot)) desk.settled = settleParents(desk.pdf, desk.settled);
  desk.pdf.addPage();
  desk.y = page.margin;
  if (desk.section?.look === 'table' && desk.body !== null && desk.body !== desk.sect)
    headings(desk, desk.section, false);
}

/** The headings of a table: tagged where the table begins, repeated on later pages for the eye alone. */
export function headings(desk: Desk, section: SectionPart, tagged: boolean): void {
  const cells = mainColumns(section).map(({ column, x, width }): SetCell => ({
    text: column.title,
    x,
    width,
    face: 'bold',
    colour: ink.muted,
    tag: 'TH',
    heads: 'Column',
    right: column.holds === 'numbers',
  }));
  if (tagged && desk.body !== null) line(desk, desk.body, cells);
  else {
    desk.pdf.markContent('Artifact', { type: 'Layout' } as never);
    setLines(desk, cells);
    desk.pdf.endMarkedContent();
  }
  rule(desk);
}

interface PlacedColumn {
  readonly column: SectionPart['columns'][number];
  readonly index: number;
  readonly x: number;
  readonly width: number;
}

const placed = new WeakMap<SectionPart, readonly PlacedColumn[]>();

/** Columns of a section across the page: numbers narrow, the rest alike. */
export function mainColumns(section: SectionPart): readonly PlacedColumn[] {
  const before = placed.get(section);
  if (before !== undefined) return before;
  const main = section.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => (column.place ?? 'main') === 'main');
  const numbers = main.filter(({ column }) => column.holds === 'numbers').length;
  const narrow = Math.min(70, inner / Math.max(1, main.length));
  const wide = main.length === numbers ? 0 : (inner - numbers * narrow) / (main.length - numbers);
  let x: number = page.margin;
  const columns = main.map(({ column, index }) => {
    const width = column.holds === 'numbers' ? narrow : wide;
    const one = { column, index, x, width: width - 8 };
    x += width;
    return one;
  });
  placed.set(section, columns);
  return columns;
}

/** A cell as one line of text. */
export function words(cell: Cell): string {
  if (cell === null) return '';
  const text = typeof cell === 'object' ? cell.join('; ') : String(cell);
  return visibleText(text.replaceAll(/[\t\r\n]+/gu, ' '));
}

/** A cell that nobody filled says so. */
export function shown(cell: Cell, origin: CellOrigin | null | undefined): string {
  return origin === 'missing' && !isFilled(cell) ? 'missing' : words(cell);
}
