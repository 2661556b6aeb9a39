import { visibleText } from '../../draw/text.ts';
import { isFilled } from '../sourced.ts';
import type { Cell, CellOrigin, SectionPart } from '../report.ts';
import { cellTag, leading, rowTag, setLines, setMarked, size, type SetCell, type Setting } from './pdf-cells.ts';
import type { Mark, PdfReference } from './pdf-objects.ts';
import { artifact, levelLine, openArtifact, panel } from './pdf-operators.ts';
import { bottom, ink, inner, letGoOfPages, page, type Face, type Foot } from './pdf-page.ts';

/** A row of so many lines, or fewer, is not parted by the end of a page. */
const keptWhole = 12;

/** What is being written, and where on the page. */
export interface Desk extends Setting {
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
  readonly foot: Foot;
}

/** A row of cells at the place where the desk stands; a row that does not fit begins a page, and goes on in the same cells. */
export function line(desk: Desk, parent: PDFKit.PDFStructureElement, cells: readonly SetCell[], isPanel = false): void {
  const { objects, breaker } = desk;
  const broken = cells.map((cell) => breaker.lines(cell.text, cell.face, size, cell.width));
  let from = 0;
  const most = Math.max(...broken.map(({ length }) => length));
  const row = objects.take();
  const placed = cells.map((cell) => ({ cell, id: objects.take(), marks: [] as Mark[] }));
  while (from < most) {
    const fits = Math.floor((bottom - desk.y - 3) / leading);
    if (fits < Math.min(most - from, keptWhole)) {
      freshPage(desk);
      continue;
    }
    const count = Math.min(most - from, fits);
    if (isPanel) objects.paint(artifact(panel(page.margin, desk.y, inner, count * leading + 3, ink.panel)));
    for (const [index, { cell, id, marks }] of placed.entries()) {
      const mark = setMarked(desk, id, cell, (broken[index] ?? []).slice(from, from + count), desk.y);
      if (mark !== null) marks.push(mark);
    }
    desk.y += count * leading + 3;
    from += count;
  }
  const tags = placed.map(({ cell, id, marks }) => {
    const { actual = null } = actualText(desk, cell.text, cell.face);
    return [id, cellTag(cell, row, marks, actual)] as const;
  });
  const { dictionary } = parent as unknown as { readonly dictionary: PdfReference };
  const ids = placed.map(({ id }) => id);
  objects.write([...tags, [row, rowTag(dictionary.id, ids)]]);
  objects.adopt(parent, row);
}

/** What is read aloud, found and copied where letters that the font lacks stand as code points. */
function actualText(desk: Desk, text: string, face: Face): { readonly actual?: string } {
  if (desk.breaker.readable(text, face) === text) return {};
  desk.hasCodePoints = true;
  return { actual: text };
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
export function rule({ objects, y }: Desk): void {
  objects.paint(artifact(levelLine(page.margin, page.width - page.margin, y, ink.line)));
}

/** Begins a page when so much does not fit on this one. */
export function room(desk: Desk, height: number): void {
  if (desk.y + height > bottom) freshPage(desk);
}

/** Begins a page, with the headings of a table that goes on. */
export function freshPage(desk: Desk): void {
  if (letGoOfPages(desk.pdf, desk.foot)) desk.settled = desk.objects.settle(desk.settled);
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
  else repeated(desk, cells);
  rule(desk);
}

/** Headings on a later page of a table: seen, and not read out again. */
function repeated(desk: Desk, cells: readonly SetCell[]): void {
  const broken = cells.map((cell) => desk.breaker.lines(cell.text, cell.face, size, cell.width));
  for (const [index, cell] of cells.entries()) setLines(desk, cell, broken[index] ?? [], desk.y, openArtifact);
  desk.y += Math.max(...broken.map(({ length }) => length)) * leading + 3;
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
