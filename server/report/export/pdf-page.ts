import { createRequire } from 'node:module';
import PdfKit from 'pdfkit';
import type { ReportHead } from '../report.ts';
import { num, textLine } from './pdf-operators.ts';

type Pdf = PDFKit.PDFDocument;

/** A4 on its side, in points. */
export const page = { width: 841.89, height: 595.28, margin: 34, foot: 40 } as const;
export const inner = page.width - 2 * page.margin;
/** Where text must end on a page. */
export const bottom = page.height - page.foot;

export const ink = {
  text: '#1c2430',
  muted: '#566274',
  line: '#c3cad4',
  panel: '#eef1f5',
  gap: '#6d28d9',
  draft: '#8a5a00',
} as const;

export type Face = 'text' | 'bold' | 'mono';

const files: Readonly<Record<Face, string>> = {
  text: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
  mono: 'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf',
};

/** An empty document: tagged, with title and language, fonts inside, the same bytes for the same report. */
export function openPdf(head: ReportHead): Pdf {
  const resolve = createRequire(import.meta.url).resolve;
  const at = new Date(head.knownBy);
  const document = new PdfKit({
    size: 'A4',
    layout: 'landscape',
    margins: { top: page.margin, left: page.margin, right: page.margin, bottom: 0 },
    pdfVersion: '1.7',
    // The library knows it, its types do not yet.
    subset: 'PDF/UA' as never,
    tagged: true,
    lang: 'en',
    displayTitle: true,
    // A page gets its foot when it is done.
    bufferPages: true,
    // No font of its own: a second name for one that is there would make it be read at every change of fonts.
    font: '',
    info: {
      Title: head.title,
      Author: head.madeBy,
      Creator: head.madeBy,
      Producer: head.madeBy,
      CreationDate: at,
      ModDate: at,
    },
  });
  // As a number it would also make the library list the glyphs of each font, which PDF/UA does not ask for, and leave out those
  // that others are composed of, which PDF/UA forbids (ISO 14289-1, 7.21.4.2). It is written down all the same.
  (document as unknown as { subset: string }).subset = '1';
  for (const [face, file] of Object.entries(files)) document.registerFont(face, resolve(file));
  return document;
}

/** Pages that are gathered before they are handed on. */
const gathered = 10;

/** What stands at the foot of every page. */
export interface Foot {
  /** What the file is. */
  readonly words: string;
  /**
   * "of 12" as a drawing that all pages share: it is written when the last page is made, so that no page has to wait for it.
   */
  readonly total: PDFKit.PDFKitReference;
  /** How wide it is taken to be. */
  readonly room: number;
  /** The line that the letters stand on, from the top of the page. */
  readonly line: number;
}

const footSize = 7;
const footTop = page.height - 24;

/** Makes the foot of a document's pages. */
export function createFoot(document: Pdf, words: string): Foot {
  const font = fontOf(document);
  const room = document.fontSize(footSize).widthOfString(' of 00000');
  const total = document.ref({
    Type: 'XObject',
    Subtype: 'Form',
    FormType: 1,
    BBox: [0, -footSize * 2, room * 2, footSize],
    Resources: { Font: { [font.id]: font.ref() } },
  });
  return { words, total, room, line: footTop + (font.ascender / 1000) * footSize };
}

/** Hands on what is done, so that memory does not grow with the pages; says whether it did. */
export function letGoOfPages(document: Pdf, foot: Foot): boolean {
  if (document.bufferedPageRange().count < gathered) return false;
  numberPages(document, foot);
  document.flushPages();
  return true;
}

/** Feet of the last pages, and the number of all. */
export function numberLastPages(document: Pdf, foot: Foot): void {
  numberPages(document, foot);
  const { start, count } = document.bufferedPageRange();
  const font = fontOf(document);
  const [glyphs] = font.encode(` of ${String(start + count)}`);
  const hex = glyphs.join('');
  foot.total.end(textLine(hex, { font: font.id, size: footSize, colour: ink.muted, x: 0, y: 0 }));
}

/** The font of the foot, as the library has it open; its types do not tell of it. */
function fontOf(document: Pdf): OpenFont {
  return (document.font('text') as unknown as { readonly _font: OpenFont })._font;
}

interface OpenFont {
  readonly id: string;
  /** Thousandths of the size. */
  readonly ascender: number;
  ref(): unknown;
  encode(text: string): readonly [glyphs: readonly string[]];
}

/** Foot of every kept page: what the report is, and which page. An artifact, so that nobody is read it over and over. */
function numberPages(document: Pdf, { words, total, room, line }: Foot): void {
  const { start, count } = document.bufferedPageRange();
  const right = page.width - page.margin - room;
  for (let index = start; index < start + count; index++) {
    document.switchToPage(index);
    document.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] } as never);
    document.font('text').fontSize(footSize).fillColor(ink.muted);
    document.text(words, page.margin, footTop, { lineBreak: false });
    const number = `Page ${String(index + 1)}`;
    document.text(number, right - document.widthOfString(number), footTop, { lineBreak: false });
    const { xobjects } = document.page as unknown as { readonly xobjects: Record<string, unknown> };
    xobjects['Total'] = total;
    document.addContent(`q 1 0 0 1 ${num(right)} ${num(line)} cm /Total Do Q`);
    document.endMarkedContent();
  }
}
