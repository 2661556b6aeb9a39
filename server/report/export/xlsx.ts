import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import { ZipFile } from 'yazl';
import { createContentDigest } from '../content-digest.ts';
import { headFacts } from '../head-facts.ts';
import { isFilled } from '../sourced.ts';
import type { Cell, ReportHead, ReportPart, RowPart, SectionPart } from '../report.ts';
import {
  columnLetters,
  contentTypes,
  coreProperties,
  rootRelations,
  sheetClosing,
  sheetOpening,
  styles,
  workbook,
  workbookRelations,
  xmlText,
} from './xlsx-xml.ts';

/** Rows that a sheet may have (ECMA-376 as spreadsheets read it); a longer section goes on in another sheet. */
const mostRows = 1_048_576;
/** Characters that a cell may have. */
const mostCharacters = 32_767;
/** One time for all entries: the bytes must not tell when the file was made. Local parts, for the format has no zone. */
const entryTime = new Date(1980, 0, 1);

/**
 * A report as a workbook: a sheet for the head, a sheet for each section, one for the digest. Written as it is read: rows
 * go into the file one by one. Texts are texts, also those that begin with `=`, so a spreadsheet runs nothing.
 */
export async function* writeXlsx(head: ReportHead, parts: AsyncIterable<ReportPart>): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as unknown as AsyncIterable<Buffer>;
  const filling = fill(zip, head, parts);
  // An error while filling must end the reading of the file, not wait for it.
  const failed = filling.then(
    () => new Promise<never>(() => {}),
    (error: unknown) => Promise.reject(error instanceof Error ? error : new Error(String(error))),
  );
  failed.catch(() => {});
  const chunks = output[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([chunks.next(), failed]);
    if (next.done === true) break;
    yield next.value;
  }
  await filling;
}

async function fill(zip: ZipFile, head: ReportHead, parts: AsyncIterable<ReportPart>): Promise<void> {
  const digest = createContentDigest(head);
  const book = createBook(zip);
  await book.begin('report', ['Item', 'Value'], [28, 80]);
  for (const [name, value] of headFacts(head)) await book.row([name, value]);
  let section: SectionPart | null = null;
  for await (const part of parts) {
    digest.add(part);
    if (part.type === 'section') {
      section = part;
      await book.begin(
        part.id,
        part.columns.map(({ title }) => title),
        part.columns.map(({ holds }) => (holds === 'numbers' ? 12 : 28)),
      );
    } else if (section !== null) await book.row(part.cells, part.origins);
  }
  await book.begin('end', ['Item', 'Value'], [28, 80]);
  await book.row(['contentSha256', digest.end()]);
  await book.end(head);
}

function createBook(zip: ZipFile) {
  const names: string[] = [];
  let sheet: PassThrough | null = null;
  let current: { readonly id: string; readonly titles: readonly string[]; readonly widths: readonly number[] } | null =
    null;
  let rows = 0;
  const write = async (text: string): Promise<void> => {
    if (sheet !== null && !sheet.write(text)) await once(sheet, 'drain');
  };
  const endSheet = async (): Promise<void> => {
    if (sheet === null) return;
    await write(sheetClosing);
    sheet.end();
    sheet = null;
  };
  const writeRow = async (cells: readonly Cell[], origins: RowPart['origins'], style: number): Promise<void> => {
    rows += 1;
    const texts = cells.map((cell, index) =>
      cellXml(cell, columnLetters(index), rows, origins?.[index] === 'missing' ? 2 : style),
    );
    await write(`<row r="${String(rows)}">${texts.join('')}</row>`);
  };
  const open = async (name: string): Promise<void> => {
    await endSheet();
    names.push(name);
    sheet = new PassThrough({ highWaterMark: 256 * 1024 });
    zip.addReadStream(sheet, `xl/worksheets/sheet${String(names.length)}.xml`, { mtime: entryTime, mode: 0o100644 });
    rows = 0;
    await write(sheetOpening(current?.widths ?? []));
    await writeRow(current?.titles ?? [], undefined, 1);
  };
  return {
    async begin(id: string, titles: readonly string[], widths: readonly number[]): Promise<void> {
      current = { id, titles, widths };
      await open(id);
    },
    async row(cells: readonly Cell[], origins?: RowPart['origins']): Promise<void> {
      if (rows >= mostRows && current !== null)
        await open(`${current.id} ${String(names.filter((name) => name.startsWith(current?.id ?? '')).length + 1)}`);
      await writeRow(cells, origins, 0);
    },
    async end(head: ReportHead): Promise<void> {
      await endSheet();
      const options = { mtime: entryTime, mode: 0o100644 };
      const add = (text: string, path: string): void => zip.addBuffer(Buffer.from(text), path, options);
      add(contentTypes(names.length), '[Content_Types].xml');
      add(rootRelations, '_rels/.rels');
      add(workbook(names), 'xl/workbook.xml');
      add(workbookRelations(names.length), 'xl/_rels/workbook.xml.rels');
      add(styles, 'xl/styles.xml');
      add(coreProperties(head.title, head.madeBy, head.knownBy), 'docProps/core.xml');
      zip.end();
    },
  };
}

function cellXml(cell: Cell, column: string, row: number, style: number): string {
  const place = `r="${column}${String(row)}"${style === 0 ? '' : ` s="${String(style)}"`}`;
  if (!isFilled(cell)) return style === 2 ? `<c ${place} t="inlineStr"><is><t>missing</t></is></c>` : '';
  if (typeof cell === 'number') return `<c ${place}><v>${String(cell)}</v></c>`;
  const words = typeof cell === 'object' && cell !== null ? cell.join('; ') : String(cell);
  return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${xmlText(fitted(words))}</t></is></c>`;
}

/** A text too long for a cell says so; the other formats have all of it. */
function fitted(text: string): string {
  if (text.length <= mostCharacters) return text;
  const note = ' … (cut: too long for a cell; the JSON file has all of it)';
  return `${text.slice(0, mostCharacters - note.length)}${note}`;
}
