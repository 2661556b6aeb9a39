import { classifyLine } from '../../classify/classify-line.ts';
import { createClassifier } from '../../classify/create-classifier.ts';
import { loadTaxonomy } from '../../rulebook/taxonomy.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { answerJsonLines } from '../json-lines.ts';

/** `lexline classify`: JSON Lines of columns in, one verdict a line out, in order. Detectors only. */
export async function run(_invocation: Invocation, context: CommandContext): Promise<ExitStatus> {
  const classifier = createClassifier({ taxonomy: loadTaxonomy() });
  await answerJsonLines({
    io: context.io,
    signal: context.signal,
    answer: (row) => Promise.resolve({ ...classifyLine(row, classifier) }),
  });
  return 0;
}
