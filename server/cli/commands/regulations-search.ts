import { createRulebook } from '../../rulebook/create-rulebook.ts';
import { answerSearchLine } from '../../rulebook/search-line.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { answerJsonLines } from '../json-lines.ts';

/** `lexline regulations search`: JSON Lines of questions in, one line of provisions out for each, in order. */
export async function run(_invocation: Invocation, { io, signal }: CommandContext): Promise<ExitStatus> {
  const rulebook = createRulebook();
  try {
    await answerJsonLines({
      io,
      signal,
      answer: async (row) => ({ ...(await answerSearchLine(row, rulebook, signal)) }),
    });
  } finally {
    await rulebook.close();
  }
  return 0;
}
