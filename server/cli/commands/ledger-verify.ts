import type { LedgerHead } from '../../report/packs/ledger-head.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { readKeptHead } from '../kept-head.ts';
import { textOption } from '../options.ts';
import { printJson } from '../print.ts';

/** Recomputes every hash of the ledger, and compares it with a head that was kept elsewhere. Ends with 1 when one does not hold. */
export async function run({ options }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const headFile = textOption(options, 'head');
  const kept = headFile === undefined ? null : await readKeptHead(headFile);
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const check = await product.verifyLedger();
    const batch = kept === null ? null : await (await product.packs()).batch(kept.batch);
    const tail = kept === null ? null : tailOf(kept, batch?.hash ?? null);
    if (global.json)
      await printJson(io, kept === null ? check : { ...check, head: kept.hash, againstHead: tail ?? 'holds' });
    else if (check.intact)
      await io.out(
        `The ledger is intact: ${check.entries} ${check.entries === 1 ? 'entry' : 'entries'} in ${check.batches} ${check.batches === 1 ? 'batch' : 'batches'}, head ${check.head ?? 'none'}.\n` +
          (kept === null
            ? 'A cut tail cannot be seen from here: keep the head elsewhere (lexline ledger head) and compare (--head).\n'
            : `${tail ?? `It holds the head that was kept elsewhere (batch ${kept.batch}, ${kept.at}); nothing before it was cut.`}\n`),
      );
    else
      await io.out(
        `The ledger does not hold: batch ${check.batch}${check.seq === null ? '' : `, entry ${check.seq}`}: ${check.what}.\n`,
      );
    return check.intact && tail === null ? 0 : 1;
  } finally {
    await product.close();
  }
}

/** What is wrong with the end of the ledger, seen from the kept head; null: nothing. */
function tailOf(kept: LedgerHead, hash: string | null): string | null {
  if (hash === null)
    return `The ledger does not hold: batch ${kept.batch}, which was kept elsewhere, is missing: its tail was cut.`;
  return hash === kept.hash
    ? null
    : `The ledger does not hold: batch ${kept.batch} is another one than the head that was kept elsewhere.`;
}
