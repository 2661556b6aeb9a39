import { readFile, stat } from 'node:fs/promises';
import { LexlineError } from '../../base/errors.ts';
import { readFailure } from '../../base/file-failure.ts';
import { documentLimits } from '../../rulebook/texts/document-limits.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { openLibrary, showText } from '../regulation-texts.ts';

/** `lexline regulations add`: reads a document that the user has, in a limited process, and indexes it. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const [file = ''] = args;
  const { regulation, language } = options;
  if (typeof regulation !== 'string')
    throw new LexlineError('INPUT_INVALID', '[cli] which regulation is it?', {
      remedy: `lexline regulations add ${file} --regulation gdpr`,
    });
  const bytes = await readBounded(file);
  const { library, close } = await openLibrary(context);
  try {
    const text = await library.add(
      bytes,
      regulation,
      { language: typeof language === 'string' ? language : undefined },
      context.signal,
    );
    await showText(text, context);
    return text.warnings.length > 0 ? 1 : 0;
  } finally {
    await close();
  }
}

async function readBounded(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > documentLimits.bytes)
      throw new LexlineError(
        'ARTEFACT_TOO_LARGE',
        `[cli] ${file} has ${size} bytes, more than ${documentLimits.bytes}`,
      );
    return await readFile(file);
  } catch (error) {
    if (error instanceof LexlineError) throw error;
    const { why, remedy } = readFailure(error);
    throw new LexlineError('INPUT_INVALID', `[cli] ${file} cannot be read: ${why}`, { cause: error, remedy });
  }
}
