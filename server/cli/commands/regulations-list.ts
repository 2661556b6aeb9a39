import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printLines } from '../print.ts';
import { showText } from '../regulation-texts.ts';

/** `lexline regulations list`: the official texts that are indexed, with what was found of each. */
export async function run(_invocation: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { rulebook, close } = await context.compose.openRulebook({ writes: false });
  try {
    const texts = await rulebook.list();
    for (const text of texts) await showText(text, context);
    if (texts.length === 0 && !context.global.json)
      await printLines(context.io, [
        'No official text is indexed: answers rest on the own-words catalogues, and nothing is quoted.',
        'lexline regulations add <file> --regulation gdpr',
      ]);
    return 0;
  } finally {
    await close();
  }
}
