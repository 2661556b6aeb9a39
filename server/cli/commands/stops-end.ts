import { LexlineError } from '../../base/errors.ts';
import type { Query } from '../../query/query.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { findThing } from '../find-thing.ts';
import { textOption } from '../options.ts';
import { printJson, printLines } from '../print.ts';

/** Ends a stop: what it held back is derived again. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, actor, signal } = context;
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const query = await product.query();
    const { n } = await query.at();
    const thing = await findThing(query, args[0] ?? '', n);
    const at = thing.field?.uid ?? thing.dataset.uid;
    const category = textOption(options, 'category');
    const towards = textOption(options, 'towards');
    const which = {
      ...(category === undefined ? {} : { category: category === 'everything' ? null : category }),
      ...(towards === undefined ? {} : { to: towards === 'anywhere' ? null : await fieldOf(query, towards, n) }),
    };
    const done = await (await product.stops()).end({ at, ...which, actor, signal });
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

async function fieldOf(query: Query, name: string, n: number): Promise<string> {
  const thing = await findThing(query, name, n);
  if (thing.field !== null) return thing.field.uid;
  throw new LexlineError('INPUT_INVALID', `[cli] --towards names a field, and ${thing.name} is a dataset`);
}
