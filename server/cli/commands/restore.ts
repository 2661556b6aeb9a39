import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printJson, printLines } from '../print.ts';

/** Puts a back-up into a folder that has no stores yet. Never writes over any. */
export async function run({ args }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const file = args[0] ?? '';
  const { dataDirectory } = await compose.readConfig();
  await compose.restore(file);
  if (global.json) await printJson(io, { restored: file, data: dataDirectory });
  else await printLines(io, [`${file} is restored into ${dataDirectory}. To check it: lexline ledger verify`]);
  return 0;
}
