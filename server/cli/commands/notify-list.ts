import type { Letter } from '../../notify/outbox.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { printJson, printLines } from '../print.ts';
import { countOf } from '../../query/labels.ts';

/** Notices on their way and those that were given up. Status 1 when there are some that were given up. */
export async function run(_: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true });
  try {
    const { outbox } = await product.notifier();
    const print = async (state: 'waiting' | 'given up', letters: AsyncIterable<Letter>): Promise<number> => {
      let count = 0;
      for await (const { receiver, notice, attempts, dueAt, problem } of letters) {
        count += 1;
        const { id, kind, at } = notice;
        if (global.json) await printJson(io, { state, receiver, id, kind, at, attempts, dueAt, problem });
        else
          await printLines(io, [
            `${at} ${receiver}, ${kind}: ${state}, ${attempts} attempts${problem === null ? '' : `, ${problem}`}`,
          ]);
      }
      return count;
    };
    const waiting = await print('waiting', outbox.waiting());
    const dead = await print('given up', outbox.dead());
    if (!global.json)
      await printLines(io, [
        `${countOf(waiting, 'notice')} ${waiting === 1 ? 'waits' : 'wait'}, ${dead} ${dead === 1 ? 'was' : 'were'} given up.${dead === 0 ? '' : ' Send them again: lexline notify replay'}`,
      ]);
    return dead === 0 ? 0 : 1;
  } finally {
    await product.close();
  }
}
