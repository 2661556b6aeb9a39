import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printJson, printLines } from '../print.ts';
import { retentionLines } from '../retention-lines.ts';

/** Says what the retention policy means now; changes nothing. */
export async function run(_: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const plan = await (await product.retention()).plan();
    if (global.json) await printJson(io, plan);
    else await printLines(io, retentionLines(plan));
    return 0;
  } finally {
    await product.close();
  }
}
