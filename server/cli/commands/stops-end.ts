import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { findThing } from '../find-thing.ts';
import { printJson, printLines } from '../print.ts';

/** Ends a stop: what it held back is derived again. */
export async function run({ args }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, actor, signal } = context;
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const query = await product.query();
    const thing = await findThing(query, args[0] ?? '', (await query.at()).n);
    const at = thing.field?.uid ?? thing.dataset.uid;
    const done = await (await product.stops()).end({ at, actor, signal });
    if (global.json) await printJson(io, { at: thing.name, ...done });
    else
      await printLines(io, [
        `The stop at ${thing.name} has ended in revision ${done.revision}: ${done.rows} derived classifications were written.`,
      ]);
    return 0;
  } finally {
    await product.close();
  }
}
