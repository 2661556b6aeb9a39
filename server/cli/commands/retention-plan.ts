import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printJson, printLines } from '../print.ts';
import { noRetentionPolicy, retentionLines } from '../retention-lines.ts';

/** Says what the retention policy means now; changes nothing. */
export async function run(_: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    if (product.config.retention === null) {
      if (global.json) await printJson(io, { policy: null, gone: [], goneRevisions: 0 });
      else await printLines(io, noRetentionPolicy);
      return 0;
    }
    const plan = await (await product.retention()).plan();
    if (global.json) await printJson(io, plan);
    else await printLines(io, retentionLines(plan));
    return 0;
  } finally {
    await product.close();
  }
}
