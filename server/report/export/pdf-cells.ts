import type { Face } from './pdf-page.ts';
import type { Glyphs } from './pdf-glyphs.ts';
import type { Mark, ObjectWriter } from './pdf-objects.ts';
import { openMark, textLine } from './pdf-operators.ts';
import type { Breaker } from './pdf-text.ts';

type Pdf = PDFKit.PDFDocument;

/** Size of the letters in a table, and from line to line, in points. */
export const size = 7;
export const leading = 9;

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

/** What setting a cell takes. */
export interface Setting {
  readonly pdf: Pdf;
  readonly breaker: Breaker;
  readonly glyphs: Glyphs;
  readonly objects: ObjectWriter;
}

/** Sets lines of a cell from `top` on, between an opening and its end. */
export function setLines(
  { pdf, breaker, glyphs, objects }: Setting,
  { face, colour, x, width, right }: SetCell,
  lines: readonly string[],
  top: number,
  opening: string,
): void {
  const { name, ascent } = glyphs.font(face);
  let operators = opening;
  for (const [index, text] of lines.entries()) {
    if (text === '') continue;
    const left = right ? x + width - breaker.width(text, face, size) : x;
    const y = top + 2 + index * leading;
    const hex = glyphs.hex(text, face);
    if (hex !== null) {
      operators += textLine(hex, { font: name, size, colour, x: left, y: y + ascent * size });
      continue;
    }
    // The library writes to the same page: what stands before has to be there first.
    objects.paint(operators);
    operators = '';
    pdf.font(face).fontSize(size).fillColor(colour).text(text, left, y, { lineBreak: false });
  }
  objects.paint(`${operators}EMC\n`);
}

/** Sets lines of a cell as content of its tag. Returns where they stand; null: they are empty. */
export function setMarked(
  setting: Setting,
  owner: number,
  cell: SetCell,
  lines: readonly string[],
  top: number,
): Mark | null {
  if (lines.every((text) => text === '')) return null;
  const { objects } = setting;
  const mark = objects.mark(owner);
  setLines(setting, cell, lines, top, openMark(cell.tag, mark.mcid));
  return mark;
}

/** The tag of a cell: its row, its pieces of content, what a heading heads, and the text itself where the page shows others. */
export function cellTag(
  { tag, heads, span }: SetCell,
  row: number,
  marks: readonly Mark[],
  actual: string | null,
): string {
  const about = [
    ...(heads === undefined ? [] : [`/Scope /${heads}`]),
    ...(span === undefined || span === 1 ? [] : [`/ColSpan ${String(span)}`]),
  ];
  const [first] = marks;
  const kids = marks.map(({ page, mcid }) =>
    page === first?.page ? String(mcid) : `<</Type /MCR /Pg ${String(page)} 0 R /MCID ${String(mcid)}>>`,
  );
  return [
    `<</S /${tag} /P ${String(row)} 0 R`,
    ...(first === undefined ? [] : [`/Pg ${String(first.page)} 0 R /K [${kids.join(' ')}]`]),
    ...(about.length === 0 ? [] : [`/A <</O /Table ${about.join(' ')}>>`]),
    ...(actual === null ? [] : [`/ActualText <${utf16(actual)}>`]),
    '>>',
  ].join(' ');
}

/** The tag of a row. */
export function rowTag(table: number, cells: readonly number[]): string {
  return `<</S /TR /P ${String(table)} 0 R /K [${cells.map((id) => `${String(id)} 0 R`).join(' ')}]>>`;
}

function utf16(text: string): string {
  return Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex');
}
