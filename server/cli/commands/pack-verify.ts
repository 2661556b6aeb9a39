import { readFile } from 'node:fs/promises';
import { LexlineError } from '../../base/errors.ts';
import { readFailure } from '../../base/file-failure.ts';
import { notProven, packLines, verifyPack } from '../../report/packs/verifier.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { readKeptHead } from '../kept-head.ts';
import { textOption } from '../options.ts';
import { printJson, printLines } from '../print.ts';
import { fileArgument } from './pack-create.ts';

/** Verifies a pack without opening any store. Ends with 1 when it does not hold. */
export async function run({ args, options }: Invocation, { io, global }: CommandContext): Promise<ExitStatus> {
  const file = fileArgument(args, 'pack verify');
  const [key, headFile] = [textOption(options, 'key'), textOption(options, 'head')];
  if (key !== undefined && !/^[0-9a-f]{64}$/iu.test(key))
    throw new LexlineError(
      'INPUT_INVALID',
      `[pack] --key cannot be "${key}": a fingerprint has 64 hexadecimal digits`,
      {
        remedy: 'take the fingerprint that was printed when the key was made, from where it is kept',
      },
    );
  const head = headFile === undefined ? undefined : await readKeptHead(headFile);
  const check = verifyPack(await read(file), {
    ...(key === undefined ? {} : { key }),
    ...(head === undefined ? {} : { head }),
  });
  if (global.json) await printJson(io, { ...check, notProven });
  else await printLines(io, packLines(check));
  return check.fault === null ? 0 : 1;
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const { why, remedy } = readFailure(error);
    throw new LexlineError('INPUT_INVALID', `[pack] ${file} cannot be read: ${why}`, { cause: error, remedy });
  }
}
