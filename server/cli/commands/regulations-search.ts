import { answerSearchLine } from '../../rulebook/search-line.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { answerJsonLines } from '../json-lines.ts';

/** `lexline regulations search`: JSON Lines of questions in, one line of provisions out for each, in order. */
export async function run(_invocation: Invocation, { io, signal, compose }: CommandContext): Promise<ExitStatus> {
  const { rulebook, close } = await compose.openRulebook({ writes: false });
  try {
    await answerJsonLines({
      io,
      signal,
      answer: async (row) => ({ ...(await answerSearchLine(row, rulebook, signal)) }),
    });
  } finally {
    await close();
  }
  return 0;
}
