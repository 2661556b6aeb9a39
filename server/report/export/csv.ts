import { createContentDigest } from '../content-digest.ts';
import { headFacts } from '../head-facts.ts';
import type { Cell, ReportHead, ReportPart } from '../report.ts';

/** Cells on every line, so that strict readers take the file; the widest section of any report fits. */
const width = 40;

/**
 * A report as CSV (RFC 4180, UTF-8, CRLF). Every line begins with the name of its section and a section's first line names
 * its columns, so that `fields` lines alone are a table of their own. A text that a spreadsheet would run as a formula
 * begins with an apostrophe (OWASP, CSV injection).
 */
export async function* writeCsv(head: ReportHead, parts: AsyncIterable<ReportPart>): AsyncGenerator<string> {
  const digest = createContentDigest(head);
  // The byte order mark tells spreadsheets that this is UTF-8.
  yield '\uFEFF';
  yield csvLine(['report', 'item', 'value']);
  for (const [item, value] of headFacts(head)) yield csvLine(['report', item, value]);
  let section = '';
  for await (const part of parts) {
    digest.add(part);
    if (part.type === 'section') {
      section = part.id;
      yield csvLine([section, ...part.columns.map((column) => column.key)]);
    } else {
      yield csvLine([section, ...part.cells]);
    }
  }
  yield csvLine(['end', 'contentSha256', digest.end()]);
}

/** One line of a CSV file, filled up with empty cells. */
export function csvLine(cells: readonly Cell[]): string {
  const texts = cells.map((cell) => csvCell(cell));
  while (texts.length < width) texts.push('');
  return `${texts.join(',')}\r\n`;
}

/** A cell as it stands in the file. Numbers are numbers; texts are guarded, then quoted where they must be. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = guarded(typeof cell === 'string' ? cell : cell.join('; '));
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run what begins with one of these, also after blanks, quotes or in its full-width form. */
function guarded(text: string): string {
  return /^[\s"'\u200B\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\u2212|%]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}
