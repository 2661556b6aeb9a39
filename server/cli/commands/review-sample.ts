import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { LexlineError } from '../../base/errors.ts';
import { readFailure } from '../../base/file-failure.ts';
import { jsonOrNull } from '../../base/parse-json.ts';
import type { Interval, SampleResult } from '../../classify/review-sample.ts';
import { countOf } from '../../query/labels.ts';
import type { BlindSample } from '../../sync/review-desk.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { textOption, wholeNumber } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { printJson, printLines } from '../print.ts';

const lineSchema = z.object({
  sample: z.string().min(1),
  uid: z.string().regex(/^[0-9a-f]{32}$/u),
  category: z.string().min(1).nullish(),
});
type Line = z.infer<typeof lineSchema>;

/** Draws a sample to be judged blind, or scores one that was judged. */
export async function run({ options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, actor } = context;
  const judged = textOption(options, 'judged');
  const lines = judged === undefined ? null : await readJudged(judged);
  const product = await compose.open({ mustExist: true });
  try {
    const desk = await product.review();
    if (lines === null) {
      const sample = await desk.draw({
        size: wholeNumber(options, 'size', 1, 5000) ?? 50,
        seed: wholeNumber(options, 'seed', 0, 2 ** 31) ?? randomInt(2 ** 31),
        actor,
      });
      await handOut(sample, textOption(options, 'out'), context);
      return 0;
    }
    const [id, ...others] = new Set(lines.map(({ sample }) => sample));
    if (id === undefined || others.length > 0)
      throw new LexlineError('INPUT_INVALID', '[review] the file holds no sample, or more than one');
    const judgements = lines.flatMap(({ uid, category }) => (category === undefined ? [] : [{ field: uid, category }]));
    const result = await desk.score(id, judgements, actor);
    if (global.json) await printJson(io, { sample: id, ...result });
    else await printLines(io, resultLines(result));
    return 0;
  } finally {
    await product.close();
  }
}

async function handOut({ id, fields }: BlindSample, out: string | undefined, { io }: CommandContext): Promise<void> {
  // No "category" member yet: a line that nobody filled in counts as not judged.
  const texts = fields.map((field) => `${JSON.stringify({ sample: id, ...field })}\n`);
  if (out === undefined) for (const text of texts) await io.out(text);
  else {
    await writeWhole(out, texts);
    await printLines(io, [
      `${countOf(fields.length, 'field')} ${fields.length === 1 ? 'is' : 'are'} in ${out}. Look at each with your own rights, add "category", then:`,
      `  lexline review sample --judged ${out}`,
    ]);
  }
}

async function readJudged(file: string): Promise<readonly Line[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { why, remedy } = readFailure(error);
    throw new LexlineError('INPUT_INVALID', `[review] ${file} cannot be read: ${why}`, { cause: error, remedy });
  }
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      const parsed = lineSchema.safeParse(jsonOrNull(line));
      if (parsed.success) return parsed.data;
      throw new LexlineError('INPUT_INVALID', `[review] ${file}, line ${i + 1}: not a line of a sample`, {
        remedy: 'keep "sample" and "uid" as they were written, and add "category"',
      });
    });
}

function resultLines({ precision, missRate, strata, couldNotTell }: SampleResult): string[] {
  return [
    `precision: ${intervalText(precision)} of what was found holds something of that kind`,
    `miss rate: ${intervalText(missRate)} of what was judged to hold nothing does hold something`,
    ...strata.map(
      ({ stratum, population, right }) =>
        `  ${stratum}: right in ${intervalText(right)}; it stands for ${countOf(population, 'field')}`,
    ),
    ...(couldNotTell === 0 ? [] : [`  nobody could tell: ${couldNotTell}, left out`]),
    'Intervals are Wilson’s, at 95 %.',
  ];
}

function intervalText(interval: Interval | null): string {
  if (interval === null) return 'not known (none was judged)';
  const { share, low, high, judged } = interval;
  return `${percent(share)} (${percent(low)} to ${percent(high)}, ${judged} judged)`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
