import { createRequire } from 'node:module';
import PdfKit from 'pdfkit';
import type { ReportHead } from '../report.ts';

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
    // The number of pages stands on each of them, so they are kept until the last is made.
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

/** Pages that are kept until their number is known; a longer report says its number of pages at its end alone. */
const kept = 200;
/** Pages that are gathered before they are handed on, once it is known that the report is a longer one. */
const gathered = 10;

/** Hands on what is done of a long report, so that memory does not grow with its pages; says whether it did. */
export function letGoOfPages(document: Pdf, words: string): boolean {
  const { start, count } = document.bufferedPageRange();
  if (count <= (start === 0 ? kept : gathered)) return false;
  numberPages(document, words, false);
  document.flushPages();
  return true;
}

/** Feet of the last pages. Returns how many pages there are. */
export function numberLastPages(document: Pdf, words: string): number {
  const { start, count } = document.bufferedPageRange();
  numberPages(document, words, start === 0);
  return start + count;
}

/** Foot of every kept page: what the report is, and which page. An artifact, so that nobody is read it over and over. */
function numberPages(document: Pdf, words: string, isWhole: boolean): void {
  const { start, count } = document.bufferedPageRange();
  for (let index = start; index < start + count; index++) {
    document.switchToPage(index);
    document.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] } as never);
    document.font('text').fontSize(7).fillColor(ink.muted);
    document.text(words, page.margin, page.height - 24, { lineBreak: false });
    const number = `Page ${String(index + 1)}${isWhole ? ` of ${String(count)}` : ''}`;
    document.text(number, page.width - page.margin - document.widthOfString(number), page.height - 24, {
      lineBreak: false,
    });
    document.endMarkedContent();
  }
}
