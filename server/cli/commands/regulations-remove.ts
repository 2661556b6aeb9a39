import { LexlineError } from '../../base/errors.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printJson, printLines } from '../print.ts';
import { openLibrary } from '../regulation-texts.ts';

/** `lexline regulations remove`: takes an official text out of the index, by its edition as `regulations list` shows it. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const [edition = ''] = args;
  const { regulation: named, language } = options;
  if (typeof named !== 'string')
    throw new LexlineError('INPUT_INVALID', '[cli] which regulation is it?', {
      remedy: `lexline regulations remove ${edition} --regulation gdpr`,
    });
  const { library, close } = await openLibrary(context);
  try {
    const { regulation } = library.catalogue(named);
    const text = {
      regulation: regulation.id,
      edition,
      language: typeof language === 'string' ? language : regulation.language,
    };
    await library.remove(text, context.signal);
    if (context.global.json) await printJson(context.io, text);
    else await printLines(context.io, [`${text.regulation} ${edition} (${text.language}) is no longer indexed`]);
    return 0;
  } finally {
    await close();
  }
}
