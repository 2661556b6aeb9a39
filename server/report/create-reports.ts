import { LexlineError } from '../base/errors.ts';
import { reports } from './reports.ts';
import { writeCsv } from './export/csv.ts';
import { writeHtml } from './export/html.ts';
import { writeJson } from './export/json.ts';
import type { OpenReport, ReportFormat, ReportHead, ReportPart, ReportRequest } from './report.ts';
import type { Query } from '../query/query.ts';

/** Makes reports from what a viewer may see. Writes nothing. */
export interface Reports {
  /** Names with one line each, in the order of names. */
  list(): readonly { readonly name: string; readonly title: string; readonly summary: string }[];
  /**
   * Opens a report at the revision asked for; nothing is read until its chunks are. Fails with NOT_FOUND for an unknown
   * report or source, INPUT_INVALID for an unknown format, and as {@link Query.at} does for a time out of reach.
   */
  open(request: ReportRequest): Promise<OpenReport>;
}

type Writer = (head: ReportHead, parts: AsyncIterable<ReportPart>) => AsyncIterable<string>;

const writers: Readonly<Record<ReportFormat, { readonly mediaType: string; readonly write: Writer }>> = {
  json: { mediaType: 'application/json; charset=utf-8', write: writeJson },
  csv: { mediaType: 'text/csv; charset=utf-8', write: writeCsv },
  html: { mediaType: 'text/html; charset=utf-8', write: writeHtml },
};

/** Formats that every report can be written in. */
export const reportFormats = Object.keys(writers) as readonly ReportFormat[];

/** The format of a file's name (`inventory.csv`); undefined for an ending that is none. */
export function formatOfFile(file: string): ReportFormat | undefined {
  return reportFormats.find((format) => file.toLowerCase().endsWith(`.${format}`));
}

/** Characters gathered before a chunk is handed on. */
const chunkSize = 64 * 1024;

/** `version` is Lexline's own, printed in every file. The bytes of a report depend on revision, request and version alone. */
export function createReports({ query, version }: { readonly query: Query; readonly version: string }): Reports {
  return {
    list: () =>
      Object.entries(reports)
        .map(([name, { title, summary }]) => ({ name, title, summary }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    async open(request) {
      const definition = Object.hasOwn(reports, request.name) ? reports[request.name] : undefined;
      if (definition === undefined)
        throw new LexlineError('NOT_FOUND', `[report] there is no report "${request.name}"`, {
          remedy: `Ask for one of: ${Object.keys(reports).sort().join(', ')}`,
        });
      if (!Object.hasOwn(writers, request.format))
        throw new LexlineError('INPUT_INVALID', `[report] there is no format "${request.format}"`, {
          remedy: `Ask for one of: ${reportFormats.join(', ')}`,
        });
      const source = request.source ?? null;
      if (source !== null) await expectSource(query, source);
      const revision = await query.at(request.asOf);
      const head: ReportHead = {
        name: request.name,
        title: definition.title,
        status: 'draft',
        asOf: request.asOf ?? revision.publishedAt,
        knownBy: revision.publishedAt,
        revision: revision.n,
        madeBy: `Lexline ${version}`,
      };
      const { mediaType, write } = writers[request.format];
      const parts = definition.parts(query, { revision, asOf: head.asOf, source });
      const scope = source === null ? '' : `-${source.replaceAll(/[^\w.-]+/g, '_')}`;
      return {
        ...head,
        format: request.format,
        mediaType,
        fileName: `lexline-${request.name}${scope}-r${String(revision.n)}.${request.format}`,
        chunks: gathered(write(head, parts)),
      };
    },
  };
}

async function expectSource(query: Query, source: string): Promise<void> {
  const names = (await query.sources()).map(({ name }) => name);
  if (!names.includes(source))
    throw new LexlineError('NOT_FOUND', `[report] there is no source "${source}"`, {
      remedy: names.length === 0 ? 'Run: lexline sync' : `Ask for one of: ${names.join(', ')}`,
    });
}

async function* gathered(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let waiting: string[] = [];
  let size = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    size += piece.length;
    if (size < chunkSize) continue;
    yield waiting.join('');
    waiting = [];
    size = 0;
  }
  if (size > 0) yield waiting.join('');
}
