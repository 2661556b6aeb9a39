import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printLines } from '../print.ts';
import { openLibrary, showText } from '../regulation-texts.ts';

/** `lexline regulations pull`: downloads a text from its official publisher and indexes it. Prints its terms first. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { library, close } = await openLibrary(context);
  try {
    const { regulation } = library.catalogue(args[0] ?? '');
    if (!context.global.json)
      await printLines(context.io, [
        `${regulation.name}, ${regulation.publisher}`,
        `Terms: ${regulation.licence}`,
        regulation.authenticity,
      ]);
    const { language } = options;
    const { text, url } = await library.pull(
      regulation.id,
      { language: typeof language === 'string' ? language : undefined },
      context.signal,
    );
    await showText(text, context, url);
    return text.warnings.length > 0 ? 1 : 0;
  } finally {
    await close();
  }
}
