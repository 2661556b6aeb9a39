import { classifyLine, readRow, type Cite } from '../../classify/classify-line.ts';
import { createClassifier } from '../../classify/create-classifier.ts';
import type { Citation } from '../../model/classification.ts';
import { loadCatalogues, usualRegulations } from '../../rulebook/catalogue.ts';
import { loadTaxonomy } from '../../rulebook/taxonomy.ts';
import { catalogueCitations } from '../../rulebook/terms.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { detectorFiles } from '../detector-files.ts';
import { answerJsonLines } from '../json-lines.ts';
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
  const cite = createCite();
  const model =
    options['llm'] === false
      ? null
      : await (await import('../line-model.ts')).openLineModel(context, textOption(options, 'endpoint'));
  try {
    await answerJsonLines({
      io: context.io,
      signal: context.signal,
      concurrency: model?.session.endpoint.concurrency ?? 1,
      answer: async (row) => {
        if (model === null) return { ...classifyLine(row, classifier, cite) };
        const { answerWithModel } = await import('../../classify/answer-with-model.ts');
        return {
          ...(await answerWithModel(
            readRow(row, classifier),
            { ...model, taxonomy, cite, retry: options['retry'] === true },
            context.signal,
          )),
        };
      },
    });
  } finally {
    await model?.close();
  }
  return 0;
}

/** Citations out of the catalogues that are cited when nobody names one, made once for each kind of finding. */
function createCite(): Cite {
  const known = new Map<string, readonly Citation[]>();
  return (category, derived, subject) => {
    const key = `${category} ${derived ?? ''} ${subject}`;
    let citations = known.get(key);
    if (citations === undefined) {
      citations = catalogueCitations(category, derived, loadCatalogues(usualRegulations), { applies: {}, subject });
      known.set(key, citations);
    }
    return citations;
  };
}
