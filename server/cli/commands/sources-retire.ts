import { LexlineError } from '../../base/errors.ts';
import { suggest } from '../../base/nearest.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printJson, printLines } from '../print.ts';

/** Takes back what a source that is no longer configured had asserted. Earlier revisions keep showing it. */
export async function run({ args }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, actor, signal } = context;
  const name = args[0] ?? '';
  const product = await compose.open({ mustExist: true });
  try {
    if (product.config.sources.some((source) => source.name === name))
      throw new LexlineError(
        'INPUT_INVALID',
        `[sources] "${name}" is still configured: the next sync would read it again`,
        {
          remedy: `take "${name}" out of lexline.yaml, then run this again`,
        },
      );
    const known = (await product.sources()).map((source) => source.name);
    if (!known.includes(name))
      throw new LexlineError('NOT_FOUND', `[sources] the graph knows no source "${name}"; ${suggest(name, known)}`);
    const { documents, revision } = await product.retireSource(name, { actor, signal });
    if (global.json) await printJson(io, { source: name, documents, revision });
    else if (revision === null) await printLines(io, [`${name} asserts nothing: nothing was changed.`]);
    else
      await printLines(io, [
        `${name} is retired in revision ${revision}: ${documents} datasets and jobs taken back.`,
        'What other sources assert stays; earlier revisions still show the rest; decisions wake when it returns.',
      ]);
    return 0;
  } finally {
    await product.close();
  }
}
