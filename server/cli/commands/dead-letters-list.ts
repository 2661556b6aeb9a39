import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { requireKnownSource } from '../known-source.ts';
import { printJson, printLines } from '../print.ts';

/** Events that could not be taken: where they stood, why, and what may be kept of them. Status 1 when there are some. */
export async function run({ args }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true });
  try {
    const letters = await product.deadLetters();
    let count = 0;
    for await (const { id, source, at, position, problem, remains } of letters.list(args[0])) {
      count += 1;
      if (global.json) await printJson(io, { id, source, at, position, problem, remains });
      else await printLines(io, [`${at} ${source}, ${position}: ${problem}`]);
    }
    if (count === 0) await requireKnownSource(product, args[0]);
    if (!global.json)
      await printLines(io, [
        count === 0
          ? 'There are no dead letters.'
          : `${count} dead letters. Try them again: lexline dead-letters replay`,
      ]);
    return count === 0 ? 0 : 1;
  } finally {
    await product.close();
  }
}
