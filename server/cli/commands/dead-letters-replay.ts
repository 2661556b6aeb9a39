import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { requireKnownSource } from '../known-source.ts';
import { printJson, printLines } from '../print.ts';
import { countOf } from '../../query/labels.ts';

/** Tries dead letters again and syncs the sources whose events could be taken now. Status 1 when some could not. */
export async function run({ args }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, actor, signal } = context;
  const product = await compose.open({ mustExist: true });
  try {
    const { taken, refused, sources } = await (await product.deadLetters()).replay(args[0]);
    if (taken + refused === 0) await requireKnownSource(product, args[0]);
    const sync = await product.sync();
    const failed: string[] = [];
    for (const source of sources) {
      const { error } = await sync.run({ source, actor, signal });
      if (error !== null) failed.push(`${source}: ${error.code} ${error.message}`);
    }
    if (global.json) await printJson(io, { taken, refused, sources, failed });
    else
      await printLines(io, [
        `${countOf(taken, 'event')} ${taken === 1 ? 'was' : 'were'} taken now, ${refused} still cannot be.`,
        ...failed.map((problem) => `They wait in the inbox: ${problem}`),
      ]);
    return refused + failed.length > 0 ? 1 : 0;
  } finally {
    await product.close();
  }
}
