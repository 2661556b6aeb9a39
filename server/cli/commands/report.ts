import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { oneOf, textOption } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { printJson, printLines } from '../print.ts';
import { formatOfFile, reportFormats } from '../../report/formats.ts';

/** Writes a report, or lists the reports there are. Without `--out` it goes to standard output. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, signal } = context;
  const out = textOption(options, 'out');
  const asked = oneOf(options, 'format', reportFormats);
  const format = asked ?? (out === undefined ? undefined : formatOfFile(out)) ?? (global.json ? 'json' : 'html');
  const product = await compose.open({ mustExist: true });
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
    const asOf = textOption(options, 'asOf');
    const source = textOption(options, 'source');
    const report = await reports.open({
      name,
      format,
      ...(asOf === undefined ? {} : { asOf }),
      ...(source === undefined ? {} : { source }),
    });
    if (out === undefined) {
      for await (const chunk of report.chunks) {
        signal.throwIfAborted();
        await io.out(chunk);
      }
      return 0;
    }
    await writeWhole(out, stoppable(report.chunks, signal));
    const { title, revision, knownBy } = report;
    if (global.json) await printJson(io, { written: out, name, format, revision, knownBy });
    else await printLines(io, [`${out} is written: ${title}, revision ${revision}, known by ${knownBy}. A draft.`]);
    return 0;
  } finally {
    await product.close();
  }
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
