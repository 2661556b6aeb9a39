import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printJson, printLines } from '../print.ts';

/** Copies the embedded stores into one file, while a server may go on. */
export async function run({ args }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const file = args[0] ?? '';
  await compose.backUp(file);
  if (global.json) await printJson(io, { written: file });
  else await printLines(io, [`${file} is written. To use it: lexline restore ${file} --data <an empty folder>`]);
  return 0;
}
