import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { LexlineError } from '../../base/errors.ts';
import { diffLines, diffMarkdown } from '../diff-text.ts';
import { oneOf, textOption } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { printLines } from '../print.ts';

const formats = ['text', 'markdown', 'json'] as const;

/** What differs between two times, as text, Markdown or JSON. Ends with 1 when something does. */
export async function run({ options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose } = context;
  const format = oneOf(options, 'format', formats) ?? (global.json ? 'json' : 'text');
  const out = textOption(options, 'out');
  const since = textOption(options, 'from');
  if (since === undefined)
    throw new LexlineError('INPUT_INVALID', '[cli] diff needs to know since when', {
      remedy: 'lexline diff --from 2026-09-30',
    });
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const query = await product.query();
    const from = await query.pastRevision(since);
    const until = textOption(options, 'to');
    const to = until === undefined ? await query.at() : await query.pastRevision(until);
    const diff = await query.diff({ from: from.n, to: to.n });
    const text =
      format === 'json'
        ? `${JSON.stringify(diff)}\n`
        : `${(format === 'text' ? diffLines(diff) : diffMarkdown(diff)).join('\n')}\n`;
    if (out !== undefined) {
      await writeWhole(out, [text]);
      const items = diff.sections.reduce((sum, section) => sum + section.items.length, 0);
      await printLines(io, [`${out} is written: ${items} differences between revision ${from.n} and ${to.n}.`]);
    } else if (format === 'text') await printLines(io, diffLines(diff));
    else await io.out(text);
    return diff.sections.length === 0 ? 0 : 1;
  } finally {
    await product.close();
  }
}
