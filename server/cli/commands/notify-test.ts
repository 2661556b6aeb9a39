import { LexlineError } from '../../base/errors.ts';
import { suggest } from '../../base/nearest.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printJson, printLines } from '../print.ts';

/** Sends a test notice to one receiver or all, once. Status 1 when one of them did not take it. */
export async function run({ args }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, signal } = context;
  const { receivers } = (await compose.readConfig()).notify;
  const [name] = args;
  checkReceiver(
    name,
    receivers.map((one) => one.name),
  );
  const product = await compose.open();
  try {
    const deliveries = await (await product.notifier()).test(name, signal);
    for (const { receiver, posted } of deliveries)
      if (global.json) await printJson(io, { receiver, arrived: posted.ok, problem: posted.ok ? null : posted.why });
      else await printLines(io, [posted.ok ? `${receiver}: taken` : `${receiver}: not taken, ${posted.why}`]);
    return deliveries.every(({ posted }) => posted.ok) ? 0 : 1;
  } finally {
    await product.close();
  }
}

/** Fails where no receiver is configured, or none of that name. */
export function checkReceiver(name: string | undefined, configured: readonly string[]): void {
  if (configured.length === 0)
    throw new LexlineError('CONFIG_INVALID', '[notify] no receiver is configured', {
      remedy: 'Name one under notify.receivers in lexline.yaml',
    });
  if (name !== undefined && !configured.includes(name))
    throw new LexlineError('INPUT_INVALID', `[notify] there is no receiver "${name}"; ${suggest(name, configured)}`);
}
