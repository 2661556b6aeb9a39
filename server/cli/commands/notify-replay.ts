import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printJson, printLines } from '../print.ts';
import { checkReceiver } from './notify-test.ts';
import { countOf } from '../../query/labels.ts';

/** Puts notices that were given up back among those that wait, and tries them at once. Status 1 when some did not arrive. */
export async function run({ args }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, signal } = context;
  const [name] = args;
  checkReceiver(
    name,
    (await compose.readConfig()).notify.receivers.map((one) => one.name),
  );
  const product = await compose.open({ mustExist: true });
  try {
    const notifier = await product.notifier();
    const replayed = await notifier.outbox.replay(name);
    await notifier.tell(signal);
    const { waiting, dead } = await notifier.outbox.count();
    if (global.json) await printJson(io, { replayed, waiting, dead });
    else
      await printLines(io, [
        `${countOf(replayed, 'notice')} ${replayed === 1 ? 'was' : 'were'} tried again; ${waiting} ${waiting === 1 ? 'waits' : 'wait'}, ${dead} ${dead === 1 ? 'was' : 'were'} given up.`,
      ]);
    return waiting + dead === 0 ? 0 : 1;
  } finally {
    await product.close();
  }
}
