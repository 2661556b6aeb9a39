import { once } from 'node:events';
import { createLog, logLevel } from '../../base/log.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { textOption, wholeNumber } from '../options.ts';
import { printJson, printLines } from '../print.ts';
import { countOf } from '../../query/labels.ts';

/** Serves GraphQL and the pages, and syncs sources at their times, until Ctrl-C. Then running requests end first. */
export async function run({ options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, signal, actor, env, clock } = context;
  const { http, sources } = await compose.readConfig();
  const log = createLog({ level: logLevel(env['LEXLINE_LOG'], 'info'), clock, write: (line) => io.err(`${line}\n`) });
  const product = await compose.open({ log });
  try {
    const host = textOption(options, 'host') ?? http.host;
    const port = wholeNumber(options, 'port', 0, 65_535) ?? http.port;
    const serving = await product.serve({ host, port });
    const scheduled = sources.filter((source) => source.schedule !== null).length;
    if (global.json) await printJson(io, { url: serving.url, scheduled });
    else
      await printLines(io, [
        `Lexline answers at ${serving.url} (pages), ${serving.url}/graphql. Ctrl-C ends it.`,
        `${scheduled} of ${countOf(sources.length, 'source')} ${scheduled === 1 ? 'is' : 'are'} synced by schedule.`,
      ]);
    const schedule = product.runSchedule(actor, signal);
    if (!signal.aborted) await once(signal, 'abort');
    await serving.close();
    await schedule;
    return 0;
  } finally {
    await product.close();
  }
}
