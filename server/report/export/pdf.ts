import { setImmediate as turn } from 'node:timers/promises';
import { createContentDigest } from '../content-digest.ts';
import { headFacts } from '../head-facts.ts';
import { layOut } from '../../draw/layout.ts';
import type { ReportHead, ReportPart, RowPart, SectionPart } from '../report.ts';
import { freshPage, headings, line, paragraph, room, words, type Desk } from './pdf-desk.ts';
import { drawPicture } from './pdf-picture.ts';
import { createGatherer } from './gather-bytes.ts';
import { createGlyphs } from './pdf-glyphs.ts';
import { createObjectWriter } from './pdf-objects.ts';
import { bottom, createFoot, ink, inner, numberLastPages, openPdf, page } from './pdf-page.ts';
import { card, factCells, tableRow } from './pdf-rows.ts';
import { createBreaker } from './pdf-text.ts';
import { countOf } from '../../query/labels.ts';

/**
 * A table of so many rows is followed by another with the same headings: the tags of a table stay in memory until it ends, and
 * a reader of the screen finds its way through several tables better than through one of a hundred thousand rows.
 */
const rowsOfTable = 500;
/** Rows between two moments. */
const rowsOfTurn = 50;

/**
 * A report as PDF: tagged for screen readers (headings, tables, figures with their words), page numbers, drawings as
 * vectors. It is handed on as it is made, tags and all.
 */
export async function* writePdf(head: ReportHead, parts: AsyncIterable<ReportPart>): AsyncGenerator<Uint8Array> {
  const digest = createContentDigest(head);
  const pdf = openPdf(head);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const desk: Desk = {
    pdf,
    breaker: createBreaker(pdf),
    glyphs: createGlyphs(pdf),
    objects: createObjectWriter(pdf),
    root,
    y: page.margin,
    section: null,
    sect: null,
    body: null,
    group: '',
    rows: 0,
    settled: 0,
    hasCodePoints: false,
    foot: createFoot(pdf, footWords(head)),
  };
  const chunks = createGatherer();
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('data', chunks.add);
    pdf.on('end', () => resolve());
    pdf.on('error', reject);
  });
  writeHead(desk, head);
  for await (const part of parts) {
    digest.add(part);
    if (part.type === 'section') beginSection(desk, part);
    else writeRow(desk, part);
    // The library hands its bytes on when the process has a moment; rows that come at once would leave it none.
    if (desk.rows % rowsOfTurn === 0) await turn();
    yield* chunks.take();
  }
  endSection(desk);
  writeEnd(desk, digest.end());
  root.end();
  numberLastPages(pdf, desk.foot);
  pdf.end();
  await ended;
  yield* chunks.take();
  yield* chunks.rest();
}

/** A page that was printed alone still says of what it is a page. */
function footWords({ title, id, revision, asOf, knownBy, madeBy, confirmation }: ReportHead): string {
  const standing = confirmation === null ? 'Draft' : `Confirmed by ${confirmation.by}`;
  const facts = [
    title,
    `report ${id.slice(0, 12)}`,
    `revision ${String(revision)} of ${knownBy}`,
    ...(asOf === knownBy ? [] : [`as of ${asOf}`]),
    madeBy,
    standing,
  ];
  return `${facts.join(' · ')}. Not legal advice.`;
}

function writeHead(desk: Desk, head: ReportHead): void {
  const { root } = desk;
  const standing =
    head.confirmation === null
      ? 'Draft'
      : `Confirmed by ${head.confirmation.by}, ${head.confirmation.at}, with ${countOf(head.confirmation.openItems, 'open item')} in view`;
  paragraph(desk, root, 'P', standing, { face: 'bold', of: 9, colour: ink.draft });
  paragraph(desk, root, 'H1', head.title, { face: 'bold', of: 16, colour: ink.text });
  desk.y += 4;
  for (const [name, value] of headFacts(head))
    paragraph(desk, root, 'P', `${name}: ${words(value)}`, { face: 'text', of: 8, colour: ink.muted });
}

function beginSection(desk: Desk, section: SectionPart): void {
  endSection(desk);
  const { pdf, root } = desk;
  desk.section = section;
  desk.group = '';
  const sect = pdf.struct('Sect');
  root.add(sect);
  desk.sect = sect;
  desk.y += 12;
  // With what stands above its first row, and that row.
  room(desk, 120);
  paragraph(desk, sect, 'H2', section.title, { face: 'bold', of: 11, colour: ink.text });
  if (section.about !== null) {
    paragraph(desk, sect, 'P', section.about, { face: 'text', of: 7.5, colour: ink.muted, width: inner * 0.8 });
    desk.y += 3;
  }
  if (section.look === 'table' || section.look === 'facts') {
    beginTable(desk, section, sect);
  } else desk.body = sect;
}

function beginTable(desk: Desk, section: SectionPart, sect: PDFKit.PDFStructureElement): void {
  const table = desk.pdf.struct('Table');
  sect.add(table);
  desk.body = table;
  desk.rows = 0;
  if (section.look === 'table') headings(desk, section, true);
}

function endSection(desk: Desk): void {
  if (desk.body !== desk.sect) desk.body?.end();
  desk.sect?.end();
  desk.body = null;
  desk.sect = null;
  desk.section = null;
}

function writeRow(desk: Desk, row: RowPart): void {
  const { section, sect } = desk;
  if (section === null || desk.body === null || sect === null) return;
  desk.rows += 1;
  if (section.look === 'table' && desk.rows > rowsOfTable) {
    desk.body.end();
    desk.group = '';
    room(desk, 40);
    beginTable(desk, section, sect);
  }
  const { body } = desk;
  if (section.look === 'prose') {
    const look = { face: 'text', of: 8, colour: ink.text, width: inner * 0.8 } as const;
    paragraph(desk, body, 'P', `• ${words(row.cells[0] ?? null)}`, look);
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
  const look = { face: 'text', of: 7.5, colour: ink.muted } as const;
  if (desk.hasCodePoints) paragraph(desk, desk.root, 'P', codePointWords, look);
  paragraph(desk, desk.root, 'P', text, look);
}

const codePointWords =
  'Letters that this file’s font lacks stand as their code points: [U+5BA2 6237] is two letters. Read aloud by a screen reader they are themselves, and the other formats show them.';
