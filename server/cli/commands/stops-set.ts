import { LexlineError } from '../../base/errors.ts';
import { requireKnownCategory } from '../../rulebook/known-category.ts';
import { loadTaxonomy } from '../../rulebook/taxonomy.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { findThing } from '../find-thing.ts';
import { textOption } from '../options.ts';
import { printJson, printLines } from '../print.ts';
import { stopWords } from '../stop-words.ts';

/** Sets a stop against propagation at a dataset or field, with a reason and an end. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, actor, signal } = context;
  const reason = textOption(options, 'reason');
  const until = textOption(options, 'until');
  if (reason === undefined || until === undefined)
    throw new LexlineError('INPUT_INVALID', '[cli] a stop needs a reason and an end', {
      remedy: 'lexline stops set shop.orders.note --reason "reviewed: free of names since 2026" --until 2027-06-30',
    });
  const category = textOption(options, 'category') ?? null;
  if (category !== null) requireKnownCategory(category, loadTaxonomy(), 'cli');
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const query = await product.query();
    const { n } = await query.at();
    const thing = await findThing(query, args[0] ?? '', n);
    const towards = textOption(options, 'towards');
    const target = towards === undefined ? null : await findThing(query, towards, n);
    if (target !== null && target.field === null)
      throw new LexlineError('INPUT_INVALID', `[cli] --towards names a field, and ${target.name} is a dataset`);
    const stops = await product.stops();
    const stop = {
      at: thing.field?.uid ?? thing.dataset.uid,
      category,
      to: target?.field?.uid ?? null,
      reason,
      expiresAt: query.endOf(until),
      signedIn: false,
    };
    const done = await stops.set({ ...stop, actor, signal });
    if (global.json) await printJson(io, { at: thing.name, ...done });
    else
      await printLines(io, [
        `Stopped at ${thing.name} in revision ${done.revision}: ${stopWords(stop, target?.name ?? null)}.`,
        `${done.rows} derived classifications were written or taken back. Judgements of fields themselves stay.`,
        ...(done.replaced === null ? [] : [`It replaces the stop that ${done.replaced.by} had set.`]),
      ]);
    return 0;
  } finally {
    await product.close();
  }
}
