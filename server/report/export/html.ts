import { createContentDigest } from '../content-digest.ts';
import { escapeXml, visibleText } from '../../draw/text.ts';
import { pageCss } from '../page-css.ts';
import { reportCss } from './html-css.ts';
import { drawSvg } from '../../draw/svg.ts';
import { drawingCss } from '../../draw/css.ts';
import { headFacts } from '../head-facts.ts';
import { isFilled, provenanceColumn } from '../sourced.ts';
import type { Cell, CellOrigin, Column, ReportHead, ReportPart, RowPart, SectionPart } from '../report.ts';
import { countOf } from '../../query/labels.ts';

/** A report as one HTML page that needs nothing else: no script, no address outside; prints with its headings repeated. */
export async function* writeHtml(head: ReportHead, parts: AsyncIterable<ReportPart>): AsyncGenerator<string> {
  const digest = createContentDigest(head);
  yield pageHead(head);
  let section: SectionPart | null = null;
  let drawings = 0;
  let group: string | null = null;
  for await (const part of parts) {
    digest.add(part);
    if (part.type === 'section') {
      yield section === null ? '' : closing(section);
      section = part;
      group = null;
      yield opening(section);
    } else if (section !== null) {
      const heading = groupOf(section, part.cells);
      if (heading !== null && heading !== group) yield groupRow(section, heading);
      group = heading;
      yield rowOf(section, part);
      if (part.drawing !== undefined) {
        drawings += 1;
        yield drawingRow(section, part, drawings);
      }
    }
  }
  yield section === null ? '' : closing(section);
  yield `<footer><p>Content SHA-256: <code>${digest.end()}</code>. Files of any format with this digest say the same.</p></footer></main></body></html>\n`;
}

function pageHead(head: ReportHead): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark"><title>${text(head.title)}</title>
<style>${pageCss}${reportCss}${drawingCss}</style></head><body><main>
<header>${standing(head)}<h1>${text(head.title)}</h1>
<p>As of <time>${text(head.asOf)}</time> · known by <time>${text(head.knownBy)}</time> · revision ${text(head.revision)} · made by ${text(head.madeBy)}</p>
<table class="facts"><tbody>${headFacts(head)
    .filter(([name]) => !shownAbove.has(name))
    .map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`)
    .join('')}</tbody></table></header>
`;
}

const shownAbove = new Set(['title', 'asOf', 'knownBy', 'revision', 'madeBy']);

function standing({ confirmation }: ReportHead): string {
  return confirmation === null
    ? '<p class="draft">Draft</p>'
    : `<p class="confirmed">Confirmed by ${text(confirmation.by)}, ${text(confirmation.at)}, with ${text(countOf(confirmation.openItems, 'open item'))} in view</p>`;
}

function opening(section: SectionPart): string {
  const about = section.about === null ? '' : `<p class="about">${text(section.about)}</p>`;
  const start = `<section id="${text(section.id)}"><h2>${text(section.title)}</h2>${about}`;
  if (section.look === 'prose') return `${start}<ul>\n`;
  if (section.look === 'facts') return `${start}<table class="facts"><tbody>\n`;
  if (section.look === 'cards') return `${start}\n`;
  const heads = mainColumns(section).map(
    ({ column }) => `<th scope="col"${column.holds === 'numbers' ? ' class="number"' : ''}>${text(column.title)}</th>`,
  );
  const narrow = section.columns.some((column) => column.place !== undefined) ? '' : ' class="narrow"';
  return `${start}<table${narrow}><thead><tr>${heads.join('')}</tr></thead><tbody>\n`;
}

function closing(section: SectionPart): string {
  if (section.look === 'cards') return '</section>\n';
  return section.look === 'prose' ? '</ul></section>\n' : '</tbody></table></section>\n';
}

function mainColumns(section: SectionPart): readonly { readonly column: Column; readonly index: number }[] {
  return section.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => (column.place ?? 'main') === 'main');
}

function groupOf(section: SectionPart, cells: readonly Cell[]): string | null {
  const parts = section.columns.flatMap((column, index) =>
    column.place === 'group' && isFilled(cells[index]) ? [text(cells[index] ?? null)] : [],
  );
  return parts.length === 0 ? null : parts.join(' <span class="dot">·</span> ');
}

function groupRow(section: SectionPart, heading: string): string {
  return `<tr class="group"><th scope="rowgroup" colspan="${String(mainColumns(section).length)}">${heading}</th></tr>\n`;
}

function rowOf(section: SectionPart, { cells, origins = [] }: RowPart): string {
  if (section.look === 'prose') return `<li>${text(cells[0] ?? null)}</li>\n`;
  if (section.look === 'cards') return cardOf(section, cells, origins);
  if (section.look === 'facts')
    return `<tr><th scope="row">${text(cells[0] ?? null)}</th>${cells
      .slice(1)
      .map((cell) => cellOf(cell))
      .join('')}</tr>\n`;
  const main = mainColumns(section);
  const details = section.columns.flatMap((column, index) =>
    column.place === 'detail' && (isFilled(cells[index]) || origins[index] === 'missing')
      ? [
          `<div><dt>${text(column.title)}</dt><dd${mark(origins[index])}>${shown(cells[index] ?? null, origins[index])}</dd></div>`,
        ]
      : [],
  );
  const row = `<tr>${main.map(({ column, index }) => cellOf(cells[index] ?? null, column.key, origins[index])).join('')}</tr>\n`;
  if (details.length === 0) return row;
  return `${row}<tr class="details"><td colspan="${String(main.length)}"><dl>${details.join('')}</dl></td></tr>\n`;
}

/** A row that is a list of its own: its first cell is the heading. */
function cardOf(section: SectionPart, cells: readonly Cell[], origins: readonly (CellOrigin | null)[]): string {
  // Each line says where it is from; the column that says it of all of them would say it twice.
  const own = section.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => column !== provenanceColumn);
  const lines = own.slice(1).map(({ column, index }) => {
    const origin = origins[index];
    const from =
      origin === undefined || origin === null
        ? ''
        : `<td class="from from-${origin.replaceAll(' ', '-')}">${origin}</td>`;
    return `<tr><th scope="row">${text(column.title)}</th><td${mark(origin)}>${shown(cells[index] ?? null, origin)}</td>${from}</tr>`;
  });
  return `<h3>${text(cells[0] ?? null)}</h3><table class="card"><tbody>${lines.join('\n')}</tbody></table>\n`;
}

function drawingRow(section: SectionPart, { drawing }: RowPart, number: number): string {
  if (drawing === undefined) return '';
  const svg = drawSvg(drawing, { as: 'inline', wrapAt: 1150, idPrefix: `drawing-${String(number)}` });
  return `<tr class="drawing"><td colspan="${String(mainColumns(section).length)}">${svg}</td></tr>\n`;
}

function cellOf(cell: Cell, key?: string, origin?: CellOrigin | null): string {
  const state = key === 'state' && typeof cell === 'string' ? ` class="state ${cell.replaceAll(/[^a-z]+/g, '-')}"` : '';
  const number = typeof cell === 'number' ? ' class="number"' : state === '' ? mark(origin) : state;
  return `<td${number}>${shown(cell, origin)}</td>`;
}

function mark(origin: CellOrigin | null | undefined): string {
  return origin === 'missing' ? ' class="missing"' : '';
}

/** A cell that nobody filled says so, for an empty one would look like nothing to say. */
function shown(cell: Cell, origin: CellOrigin | null | undefined): string {
  return origin === 'missing' && !isFilled(cell) ? 'missing' : text(cell);
}

function text(cell: Cell): string {
  if (cell === null) return '';
  const words = typeof cell === 'object' ? cell.join('; ') : String(cell);
  return escapeXml(visibleText(words.replaceAll(/[\t\r\n]+/g, ' ')));
}
