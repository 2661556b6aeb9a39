import { textOption } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { printJson, printLines } from '../print.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';

/** Writes a revision as the ground on which `lexline check` lays a change. */
export async function run({ options }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const out = textOption(options, 'out') ?? 'lexline-baseline.jsonl';
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const { revision, lines } = await product.baseline(textOption(options, 'asOf'));
    await writeWhole(out, lines);
    if (global.json) await printJson(io, { written: out, revision: revision.n, knownBy: revision.publishedAt });
    else
      await printLines(io, [
        `${out} is written: revision ${revision.n}, known by ${revision.publishedAt}. It holds names, judgements and flows, no values and no addresses of sources.`,
      ]);
    return 0;
  } finally {
    await product.close();
  }
}
