import { createContentDigest } from '../content-digest.ts';
import { escapeXml, visibleText } from '../../draw/text.ts';
import { pageCss } from '../page-css.ts';
import { reportCss } from './html-css.ts';
import type { Cell, Column, ReportHead, ReportPart } from '../report.ts';

type Section = Extract<ReportPart, { type: 'section' }>;

/** A report as one HTML page that needs nothing else: no script, no address outside; prints with its headings repeated. */
export async function* writeHtml(head: ReportHead, parts: AsyncIterable<ReportPart>): AsyncGenerator<string> {
  const digest = createContentDigest(head);
  yield pageHead(head);
  let section: Section | null = null;
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
      yield rowOf(section, part.cells);
    }
  }
  yield section === null ? '' : closing(section);
  yield `<footer><p>Content SHA-256: <code>${digest.end()}</code>. The JSON, CSV and HTML files with this digest say the same.</p></footer></main></body></html>\n`;
}

function pageHead(head: ReportHead): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark"><title>${text(head.title)}</title>
<style>${pageCss}${reportCss}</style></head><body><main>
<header><p class="draft">Draft</p><h1>${text(head.title)}</h1>
<p>As of <time>${text(head.asOf)}</time> · known by <time>${text(head.knownBy)}</time> · revision ${text(head.revision)} · made by ${text(head.madeBy)}</p></header>
`;
}

function opening(section: Section): string {
  const about = section.about === null ? '' : `<p class="about">${text(section.about)}</p>`;
  const start = `<section id="${text(section.id)}"><h2>${text(section.title)}</h2>${about}`;
  if (section.look === 'prose') return `${start}<ul>\n`;
  if (section.look === 'facts') return `${start}<table class="facts"><tbody>\n`;
  const heads = mainColumns(section).map(
    ({ column }) => `<th scope="col"${column.holds === 'numbers' ? ' class="number"' : ''}>${text(column.title)}</th>`,
  );
  const narrow = section.columns.some((column) => column.place !== undefined) ? '' : ' class="narrow"';
  return `${start}<table${narrow}><thead><tr>${heads.join('')}</tr></thead><tbody>\n`;
}

function closing(section: Section): string {
  return section.look === 'prose' ? '</ul></section>\n' : '</tbody></table></section>\n';
}

function mainColumns(section: Section): readonly { readonly column: Column; readonly index: number }[] {
  return section.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => (column.place ?? 'main') === 'main');
}

function groupOf(section: Section, cells: readonly Cell[]): string | null {
  const parts = section.columns.flatMap((column, index) =>
    column.place === 'group' && filled(cells[index]) ? [text(cells[index] ?? null)] : [],
  );
  return parts.length === 0 ? null : parts.join(' <span class="dot">·</span> ');
}

function groupRow(section: Section, heading: string): string {
  return `<tr class="group"><th scope="rowgroup" colspan="${String(mainColumns(section).length)}">${heading}</th></tr>\n`;
}

function rowOf(section: Section, cells: readonly Cell[]): string {
  if (section.look === 'prose') return `<li>${text(cells[0] ?? null)}</li>\n`;
  if (section.look === 'facts')
    return `<tr><th scope="row">${text(cells[0] ?? null)}</th>${cells.slice(1).map(cellOf).join('')}</tr>\n`;
  const main = mainColumns(section);
  const details = section.columns.flatMap((column, index) =>
    column.place === 'detail' && filled(cells[index])
      ? [`<div><dt>${text(column.title)}</dt><dd>${text(cells[index] ?? null)}</dd></div>`]
      : [],
  );
  const row = `<tr>${main.map(({ column, index }) => cellOf(cells[index] ?? null, column.key)).join('')}</tr>\n`;
  if (details.length === 0) return row;
  return `${row}<tr class="details"><td colspan="${String(main.length)}"><dl>${details.join('')}</dl></td></tr>\n`;
}

function cellOf(cell: Cell, key?: string | number): string {
  const state = key === 'state' && typeof cell === 'string' ? ` class="state ${cell.replaceAll(/[^a-z]+/g, '-')}"` : '';
  const number = typeof cell === 'number' ? ' class="number"' : state;
  return `<td${number}>${text(cell)}</td>`;
}

function filled(cell: Cell | undefined): boolean {
  return cell !== undefined && cell !== null && cell !== '' && !(Array.isArray(cell) && cell.length === 0);
}

function text(cell: Cell): string {
  if (cell === null) return '';
  const words = typeof cell === 'object' ? cell.join('; ') : String(cell);
  return escapeXml(visibleText(words.replaceAll(/[\t\r\n]+/g, ' ')));
}
