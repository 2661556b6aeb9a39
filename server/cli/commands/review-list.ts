import { countOf } from '../../query/labels.ts';
import type { ReviewField, ReviewQueueView } from '../../sync/review-desk.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { wholeNumber } from '../options.ts';
import { printJson, printLines } from '../print.ts';

/** What waits for a person. Ends with 1 when something does. */
export async function run({ args, options }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true });
  try {
    const desk = await product.review();
    const group = args[0];
    if (group !== undefined) {
      const fields = await desk.fieldsOf(group);
      if (global.json) for (const field of fields) await printJson(io, field);
      else
        await printLines(
          io,
          fields.flatMap((field) => fieldLines(field)),
        );
      return 1;
    }
    const queue = await desk.queue({ first: wholeNumber(options, 'first', 1, 1000) ?? 20 });
    if (global.json) await printJson(io, queue);
    else await printLines(io, queueLines(queue));
    return queue.totalGroups === 0 ? 0 : 1;
  } finally {
    await product.close();
  }
}

function queueLines({ groups, totalGroups, totalFields, revision }: ReviewQueueView): string[] {
  if (totalGroups === 0) return ['Nothing waits for a person.'];
  return [
    `${countOf(totalGroups, 'question')} about ${countOf(totalFields, 'field')} ${totalGroups === 1 ? 'waits' : 'wait'}, as of revision ${revision}.`,
    ...groups.flatMap(({ id, question, suggestion, settles, sample }) => [
      '',
      `${id}  ${question}`,
      suggestion.category === null
        ? '  nothing is suggested: lexline review correct'
        : `  suggested: ${suggestion.category} (${suggestion.confidence.toFixed(2)})`,
      `  settles ${countOf(settles, 'field')}, with those that values flow to`,
      ...sample.map(({ dataset, path }) => `  ${dataset}.${path}`),
    ]),
    ...(groups.length < totalGroups
      ? ['', `… and ${countOf(totalGroups - groups.length, 'more group')} (--first)`]
      : []),
  ];
}

/** One field with what speaks for and against, and where to look with one's own rights. */
export function fieldLines({ uid, dataset, path, type, description, evidence, link, select }: ReviewField): string[] {
  return [
    `${dataset}.${path} (${type ?? 'type not known'})  ${uid}`,
    ...(description === null ? [] : [`  description: ${description}`]),
    ...evidence.map(({ by, signal, detail }) => `  ${by}: ${signal}, ${detail}`),
    ...(link === null ? [] : [`  in its source: ${link}`]),
    ...(select === null ? [] : [`  with your own rights: ${select}`]),
  ];
}
