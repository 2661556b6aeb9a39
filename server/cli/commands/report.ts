import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { LexlineError } from '../../base/errors.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import type { Product } from '../composition.ts';
import { oneOf, textOption, wholeNumber } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { printJson, printLines } from '../print.ts';
import { actorText } from '../../report/actor-text.ts';
import { formatOfFile, reportFormats } from '../../report/formats.ts';
import type { ReportRequest } from '../../report/report.ts';
import { countOf } from '../../query/labels.ts';

/** Writes a report, or lists the reports there are. Without `--out` it goes to standard output. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, signal, actor } = context;
  const out = textOption(options, 'out');
  const asked = oneOf(options, 'format', reportFormats);
  const format = asked ?? formatByEnding(out) ?? (global.json ? 'json' : 'html');
  const confirming = textOption(options, 'confirm');
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const reports = await product.reports();
    const [name] = args;
    if (name === undefined) {
      const list = reports.list();
      if (global.json) await printJson(io, list);
      else
        await printLines(
          io,
          list.map((report) => `${report.name}: ${report.summary}`),
        );
      return 0;
    }
    const request = requestOf(name, options);
    if (confirming !== undefined) await confirm(product, request, confirming, options, context);
    const report = await reports.open({ ...request, format, requestedBy: actorText(actor) });
    const { title, revision, knownBy, id, status } = report;
    const why = textOption(options, 'why') ?? null;
    const desk = await product.reportDesk();
    // Entered before the file is put in its place: a report that is no entry of the ledger is not there.
    const chunks = thenEntered(stoppable(report.chunks, signal), (sha256) =>
      desk.exported({ name, id, revision, format, sha256, actor, why }),
    );
    if (out === undefined) for await (const chunk of chunks) await io.out(chunk);
    else await writeWhole(out, chunks);
    if (out === undefined) return 0;
    const standing = status === 'draft' ? 'A draft.' : `Confirmed by ${report.confirmation?.by ?? ''}.`;
    if (global.json) await printJson(io, { written: out, name, format, revision, knownBy, status });
    else await printLines(io, [`${out} is written: ${title}, revision ${revision}, known by ${knownBy}. ${standing}`]);
    return 0;
  } finally {
    await product.close();
  }
}

/** The format that a file's ending names; undefined without one. Fails with INPUT_INVALID for the ending of something else. */
function formatByEnding(out: string | undefined): ReturnType<typeof formatOfFile> {
  if (out === undefined || extname(out) === '') return undefined;
  const format = formatOfFile(out);
  if (format === undefined)
    throw new LexlineError('INPUT_INVALID', `[cli] no report can be written as "${extname(out)}"`, {
      remedy: `an ending out of ${reportFormats.join(', ')}, or say the format: --format html`,
    });
  return format;
}

/** Options that are parameters of single reports. */
const parameterNames = ['field', 'system'] as const;

function requestOf(name: string, options: Invocation['options']): Omit<ReportRequest, 'format'> {
  const parameters = Object.fromEntries(
    parameterNames.flatMap((key) => {
      const value = textOption(options, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const given = {
    asOf: textOption(options, 'asOf'),
    source: textOption(options, 'source'),
    since: textOption(options, 'since'),
  };
  return {
    name,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
  };
}

/** Shows what is open and, when the person names its number, keeps that they stand for the report. */
async function confirm(
  product: Product,
  request: Omit<ReportRequest, 'format'>,
  name: string,
  options: Invocation['options'],
  { io, actor }: CommandContext,
): Promise<void> {
  const reviewed = await (await product.reports()).review(request);
  const { count, lines } = reviewed.open;
  io.err(`${reviewed.title}, revision ${reviewed.revision.n}: ${countOf(count, 'open item')}\n`);
  for (const { what, count: many } of lines) io.err(`  ${many}  ${what}\n`);
  const seen = wholeNumber(options, 'openItems', 0, Number.MAX_SAFE_INTEGER);
  if (seen === undefined)
    throw new LexlineError('INPUT_INVALID', '[report] confirm with the open items in view: say how many there are', {
      remedy: `--confirm "${name}" --open-items ${count}`,
    });
  await (await product.reportDesk()).confirm(reviewed, { name, openItems: seen, actor });
}

async function* stoppable(
  chunks: AsyncIterable<string | Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<string | Uint8Array> {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}

/** The same chunks; behind the last one their SHA-256 is handed over, and the end waits for that. */
async function* thenEntered(
  chunks: AsyncIterable<string | Uint8Array>,
  enter: (sha256: string) => Promise<unknown>,
): AsyncGenerator<string | Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  await enter(hash.digest('hex'));
}
