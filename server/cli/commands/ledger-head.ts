import { sayWhenMade } from './pack-create.ts';
import { textOption } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { canonicalJson } from '../../model/json.ts';
import { LexlineError } from '../../base/errors.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';

/** Writes the signed end of the ledger, to be kept where the ledger's keeper cannot reach it. */
export async function run({ options }: Invocation, { io, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const room = await product.packs();
    if (product.config.signing !== null) sayWhenMade(await room.key(), io);
    const head = await room.head();
    if (head === null)
      throw new LexlineError('NOT_FOUND', '[ledger] nothing was written into it yet', { remedy: 'lexline sync' });
    const text = `${canonicalJson(head)}\n`;
    const out = textOption(options, 'out');
    if (out === undefined) await io.out(text);
    else {
      await writeWhole(out, [text]);
      await io.out(
        `${out} is written: batch ${head.batch}, ${head.hash}${head.signature === null ? ', unsigned: no signing key is configured' : ''}\n`,
      );
    }
    return 0;
  } finally {
    await product.close();
  }
}
