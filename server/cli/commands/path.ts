import { LexlineError } from '../../base/errors.ts';
import { maxPathSteps, type PathStep } from '../../query/path.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { findThing, type Thing } from '../find-thing.ts';
import { vouchedWords } from '../vouched-words.ts';
import { textOption } from '../options.ts';
import { printJson, printLines } from '../print.ts';

/** The way by which values flow between two fields, with the job and the statement of each step. Ends with 1 when there is none. */
export async function run({ args, options }: Invocation, { io, global, compose }: CommandContext): Promise<ExitStatus> {
  const product = await compose.open({ mustExist: true, storesOnly: true });
  try {
    const query = await product.query();
    const { n } = await query.at(textOption(options, 'asOf'));
    const [from, to] = [await findThing(query, args[0] ?? '', n), await findThing(query, args[1] ?? '', n)];
    const [a, b] = [fieldOf(from), fieldOf(to)];
    const steps = await query.path({ from: a, to: b, n });
    const back = steps === null ? await query.path({ from: b, to: a, n }) : null;
    if (global.json) await printJson(io, { from: from.name, to: to.name, revision: n, steps, back });
    else if (steps !== null) await printLines(io, linesOf(from.name, steps));
    else
      await printLines(io, [
        `Nothing flows from ${from.name} to ${to.name} within ${maxPathSteps} steps, as far as lineage is known; longer ways are not looked for.`,
        ...(back === null ? [] : ['The other way:', ...linesOf(to.name, back)]),
      ]);
    return steps === null ? 1 : 0;
  } finally {
    await product.close();
  }
}

function fieldOf({ field, name }: Thing): string {
  if (field !== null) return field.uid;
  throw new LexlineError('INPUT_INVALID', `[cli] ${name} is a dataset: name one of its fields`, {
    remedy: `lexline lineage ${name}`,
  });
}

function linesOf(start: string, steps: readonly PathStep[]): readonly string[] {
  if (steps.length === 0) return [`${start} is both ends.`];
  return [
    start,
    ...steps.flatMap(({ to, fn, effect, job, statementAt, source, vouched }) => [
      `  → ${to}${fn === '' ? '' : `  (${effect}: ${fn})`}`,
      ...vouched.map((one) => `      ${vouchedWords(one)}`),
      `      ${job === null ? 'job not known' : job}${source === null ? '' : `, said by ${source}`}`,
      ...(statementAt === null ? [] : statementLines(statementAt)),
    ]),
  ];
}

/** Letters of one statement that are shown; JSON has all of them. */
const shownLetters = 2000;

function statementLines({ text, places, of, fingerprint }: NonNullable<PathStep['statementAt']>): readonly string[] {
  const which = of === 1 ? '' : ` ${places.join(', ')} of ${of}`;
  return [
    `      statement${which}, text ${fingerprint.slice(0, 12)}:`,
    ...text.split(';\n').map((one) => {
      const line = one.replaceAll(/\s+/gu, ' ');
      return `      ${line.length > shownLetters ? `${line.slice(0, shownLetters)} … (--json for all)` : line}`;
    }),
  ];
}
