import { writeCsv } from './export/csv.ts';
import { writeHtml } from './export/html.ts';
import { writeJson } from './export/json.ts';
import { writeMarkdown } from './export/markdown.ts';
import { writePdf } from './export/pdf.ts';
import { writeXlsx } from './export/xlsx.ts';
import type { ReportFormat, ReportHead, ReportPart } from './report.ts';

/** Turns the parts of a report into a file, piece by piece. */
type Writer = (head: ReportHead, parts: AsyncIterable<ReportPart>) => AsyncIterable<string | Uint8Array>;

/** Every format there is. Adding one is a file in `export/` and an entry here. */
export const writers: Readonly<Record<ReportFormat, { readonly mediaType: string; readonly write: Writer }>> = {
  json: { mediaType: 'application/json; charset=utf-8', write: writeJson },
  csv: { mediaType: 'text/csv; charset=utf-8', write: writeCsv },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: writeXlsx },
  html: { mediaType: 'text/html; charset=utf-8', write: writeHtml },
  md: { mediaType: 'text/markdown; charset=utf-8', write: writeMarkdown },
  pdf: { mediaType: 'application/pdf', write: writePdf },
};

/** Formats that every report can be written in. */
export const reportFormats = Object.keys(writers) as readonly ReportFormat[];

/** The format of a file's name (`inventory.csv`); undefined for an ending that is none. */
export function formatOfFile(file: string): ReportFormat | undefined {
  return reportFormats.find((format) => file.toLowerCase().endsWith(`.${format}`));
}
