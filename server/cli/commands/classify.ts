import { classifyLine, readRow, type ColumnAnswer } from '../../classify/classify-line.ts';
import { createClassifier } from '../../classify/create-classifier.ts';
import { loadTaxonomy } from '../../rulebook/taxonomy.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import type { LineModel } from '../composition.ts';
import { detectorFiles } from '../detector-files.ts';
import { answerJsonLines } from '../json-lines.ts';
import { openLineCitations } from '../line-citations.ts';
import { textOption } from '../options.ts';

/**
 * `lexline classify`: JSON Lines of columns in, one verdict a line out, in order. Where the configuration names a model
 * endpoint, it is asked about rows that the detectors leave open, one request a row.
 */
export async function run({ options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const taxonomy = loadTaxonomy();
  const own = await detectorFiles(textOption(options, 'detectors'), context.global);
  // Loaded only where they are wanted: the command must answer at once.
  const custom =
    own.length === 0 ? null : (await import('../../classify/read-custom-rules.ts')).readCustomRules(own, taxonomy);
  const classifier = createClassifier({ taxonomy, custom });
  const citations = await openLineCitations(context);
  const { cite } = citations;
  const quoted = async (answer: ColumnAnswer): Promise<Record<string, unknown>> => ({
    ...answer,
    citations: await citations.quote(answer.category, answer.citations),
  });
  let model: LineModel | null = null;
  try {
    if (options['llm'] !== false)
      model = await (await import('../line-model.ts')).openLineModel(context, textOption(options, 'endpoint'));
    const asked = model;
    await answerJsonLines({
      io: context.io,
      signal: context.signal,
      concurrency: asked?.session.endpoint.concurrency ?? 1,
      answer: async (row) => {
        if (asked === null) return quoted(classifyLine(row, classifier, cite));
        const { answerWithModel } = await import('../../classify/answer-with-model.ts');
        const settings = { ...asked, taxonomy, cite, retry: options['retry'] === true };
        return quoted(await answerWithModel(readRow(row, classifier), settings, context.signal));
      },
    });
  } finally {
    await model?.close();
    await citations.close();
  }
  return 0;
}
