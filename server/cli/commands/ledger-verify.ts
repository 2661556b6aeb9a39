import type { CommandContext, ExitStatus } from '../command.ts';
import { printJson } from '../print.ts';

/** Recomputes every hash of the ledger. Ends with 1 when one does not hold. */
export async function run(_: unknown, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true });
  try {
    const check = await product.verifyLedger();
    if (global.json) await printJson(io, check);
    else if (check.intact)
      await io.out(
        `The ledger is intact: ${check.entries} entries in ${check.batches} batches, head ${check.head ?? 'none'}.\n` +
          'A cut tail cannot be seen from here: keep the head elsewhere and compare.\n',
      );
    else
      await io.out(
        `The ledger does not hold: batch ${check.batch}${check.seq === null ? '' : `, entry ${check.seq}`}: ${check.what}.\n`,
      );
    return check.intact ? 0 : 1;
  } finally {
    await product.close();
  }
}
