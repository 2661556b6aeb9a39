import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printJson, printLines } from '../print.ts';
import { noRetentionPolicy, retentionLines } from '../retention-lines.ts';
import { countOf } from '../../query/labels.ts';

/** Purges what the retention policy lets go of. Without `--yes` it only says what that would be. */
export async function run(
  { options }: Invocation,
  { io, global, compose, actor }: CommandContext,
): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    if (product.config.retention === null && options['yes'] !== true) {
      if (global.json) await printJson(io, { policy: null, gone: [], goneRevisions: 0, applied: false });
      else await printLines(io, noRetentionPolicy);
      return 0;
    }
    const retention = await product.retention();
    if (options['yes'] !== true) {
      const plan = await retention.plan();
      if (global.json) await printJson(io, { ...plan, applied: false });
      else await printLines(io, [...retentionLines(plan), 'Nothing was changed: add --yes to do it.']);
      return 0;
    }
    const { plan, rows } = await retention.apply({ actor });
    if (global.json) await printJson(io, { ...plan, applied: true, rows });
    else
      await printLines(io, [
        ...retentionLines(plan),
        `${countOf(rows, 'row')} ${rows === 1 ? 'was' : 'were'} removed. The ledger says which revisions can no longer be read.`,
      ]);
    return 0;
  } finally {
    await product.close();
  }
}
