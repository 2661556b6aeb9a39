import { readFile } from 'node:fs/promises';
import { LexlineError, messageOf } from '../../base/errors.ts';
import { parseJson } from '../../base/parse-json.ts';
import { readLedgerHead } from '../../report/packs/ledger-head.ts';
import { notProven, packLines, verifyPack } from '../../report/packs/verifier.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { textOption } from '../options.ts';
import { printJson, printLines } from '../print.ts';
import { fileArgument } from './pack-create.ts';

/** Verifies a pack without opening any store. Ends with 1 when it does not hold. */
export async function run({ args, options }: Invocation, { io, global }: CommandContext): Promise<ExitStatus> {
  const file = fileArgument(args, 'pack verify');
  const [key, headFile] = [textOption(options, 'key'), textOption(options, 'head')];
  const head =
    headFile === undefined
      ? undefined
      : readLedgerHead(parseJson((await read(headFile)).toString('utf8'), `[pack] ${headFile}`), headFile);
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
    throw new LexlineError('INPUT_INVALID', `[pack] ${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
