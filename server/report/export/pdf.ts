import { LexlineError } from '../../base/errors.ts';
import { createContentDigest } from '../content-digest.ts';
import { headFacts } from '../head-facts.ts';
import { layOut } from '../../draw/layout.ts';
import type { ReportHead, ReportPart, RowPart, SectionPart } from '../report.ts';
import { freshPage, headings, line, paragraph, room, words, type Desk } from './pdf-desk.ts';
import { drawPicture } from './pdf-picture.ts';
import { bottom, ink, inner, numberLastPages, openPdf, page } from './pdf-page.ts';
import { card, factCells, tableRow } from './pdf-rows.ts';
import { createBreaker } from './pdf-text.ts';

/** The tags of every cell stay in memory until the end: some 40 KB a row of the inventory. */
const mostRows = 60_000;

/**
 * A report as PDF: tagged for screen readers (headings, tables, figures with their words), page numbers, drawings as
 * vectors. Up to 300 pages are kept until their number is known; a longer report is handed on as it is made.
 */
export async function* writePdf(
  head: ReportHead,
  parts: AsyncIterable<ReportPart>,
  most = mostRows,
): AsyncGenerator<Uint8Array> {
  let rows = 0;
  const digest = createContentDigest(head);
  const pdf = openPdf(head);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const standing = head.confirmation === null ? 'Draft' : `Confirmed by ${head.confirmation.by}`;
  const desk: Desk = {
    pdf,
    breaker: createBreaker(pdf),
    root,
    y: page.margin,
    section: null,
    sect: null,
    body: null,
    group: '',
    foot: `${head.title} · revision ${String(head.revision)} · ${standing}. Not legal advice.`,
  };
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => resolve());
    pdf.on('error', reject);
  });
  writeHead(desk, head);
  for await (const part of parts) {
    digest.add(part);
    if (part.type === 'section') beginSection(desk, part);
    else {
      rows += 1;
      if (rows > most) throw tooLong(most);
      writeRow(desk, part);
    }
    yield* chunks.splice(0);
  }
  endSection(desk);
  writeEnd(desk, digest.end());
  root.end();
  numberLastPages(pdf, desk.foot);
  pdf.end();
  await ended;
  yield* chunks;
}

function writeHead(desk: Desk, head: ReportHead): void {
  const { root } = desk;
  const standing =
    head.confirmation === null
      ? 'Draft'
      : `Confirmed by ${head.confirmation.by}, ${head.confirmation.at}, with ${String(head.confirmation.openItems)} open items in view`;
  paragraph(desk, root, 'P', [standing], 'bold', 9, ink.draft);
  paragraph(desk, root, 'H1', desk.breaker.lines(head.title, 'bold', 16, inner), 'bold', 16, ink.text);
  desk.y += 4;
  for (const [name, value] of headFacts(head)) {
    const lines = desk.breaker.lines(`${name}: ${words(value)}`, 'text', 8, inner);
    paragraph(desk, root, 'P', lines, 'text', 8, ink.muted);
  }
}

function beginSection(desk: Desk, section: SectionPart): void {
  endSection(desk);
  const { pdf, root, breaker } = desk;
  desk.section = section;
  desk.group = '';
  const sect = pdf.struct('Sect');
  root.add(sect);
  desk.sect = sect;
  desk.y += 12;
  room(desk, 60);
  paragraph(desk, sect, 'H2', breaker.lines(section.title, 'bold', 11, inner), 'bold', 11, ink.text);
  if (section.about !== null) {
    paragraph(desk, sect, 'P', breaker.lines(section.about, 'text', 7.5, inner * 0.8), 'text', 7.5, ink.muted);
    desk.y += 3;
  }
  if (section.look === 'table' || section.look === 'facts') {
    const table = pdf.struct('Table');
    sect.add(table);
    desk.body = table;
    if (section.look === 'table') headings(desk, section, true);
  } else desk.body = sect;
}

function endSection(desk: Desk): void {
  if (desk.body !== desk.sect) desk.body?.end();
  desk.sect?.end();
  desk.body = null;
  desk.sect = null;
  desk.section = null;
}

function writeRow(desk: Desk, row: RowPart): void {
  const { section, body, sect } = desk;
  if (section === null || body === null || sect === null) return;
  if (section.look === 'prose') {
    paragraph(
      desk,
      body,
      'P',
      desk.breaker.lines(`• ${words(row.cells[0] ?? null)}`, 'text', 8, inner * 0.8),
      'text',
      8,
      ink.text,
    );
    return;
  }
  if (section.look === 'cards') card(desk, section, row);
  else if (section.look === 'facts') line(desk, body, factCells(row));
  else tableRow(desk, section, body, row);
  if (row.drawing !== undefined) {
    const picture = layOut(row.drawing, 1000);
    const takes = drawPicture(desk.pdf, desk.breaker, sect, picture, {
      y: desk.y + 4,
      top: page.margin,
      bottom,
      fresh: () => freshPage(desk),
    });
    desk.y = takes;
  }
}

function writeEnd(desk: Desk, digest: string): void {
  desk.y += 10;
  const { start, count } = desk.pdf.bufferedPageRange();
  const text = `${String(start + count)} pages. Content SHA-256: ${digest}. Files of any format with this digest say the same.`;
  paragraph(desk, desk.root, 'P', desk.breaker.lines(text, 'text', 7.5, inner), 'text', 7.5, ink.muted);
}

function tooLong(most: number): LexlineError {
  return new LexlineError('QUERY_TOO_COSTLY', `[report] it has more than ${String(most)} rows, too many for a PDF`, {
    remedy: 'Ask for one source (--source), or for xlsx, html, csv or json, which have no limit.',
  });
}
