import { instant } from '../../base/clock.ts';
import type { CommandContext, ExitStatus } from '../command.ts';
import { printJson, printLines } from '../print.ts';

/** Makes a new signing key; the old one signs that it hands over. */
export async function run(_: unknown, { io, global, compose, clock }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true });
  try {
    const { key, certificate } = await (await product.packs()).rotate(instant(clock));
    if (global.json) await printJson(io, { fingerprint: key.fingerprint, certificate });
    else
      await printLines(io, [
        `The new key is ${key.fingerprint}. The old one lies beside it; take it away when it is not needed.`,
        `Add to signing.previous in lexline.yaml: ${certificate}`,
      ]);
    return 0;
  } finally {
    await product.close();
  }
}
