import { randomUUID } from 'node:crypto';
import { LexlineError } from '../../base/errors.ts';
import { countOf } from '../../query/labels.ts';
import type { DecideResult } from '../../sync/review-desk.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { textOption, wholeNumber } from '../options.ts';
import { printJson, printLines } from '../print.ts';
import { fieldLines } from './review-list.ts';

type Kind = 'accept' | 'correct' | 'reject';
/** Fields that are listed one by one before a decision. */
const shownFields = 50;

export const accept = (invocation: Invocation, context: CommandContext): Promise<ExitStatus> =>
  decide('accept', invocation, context);
export const correct = (invocation: Invocation, context: CommandContext): Promise<ExitStatus> =>
  decide('correct', invocation, context);
export const reject = (invocation: Invocation, context: CommandContext): Promise<ExitStatus> =>
  decide('reject', invocation, context);

/** Decides a group. Without `--yes` it lists what would be decided, does nothing and ends with 1. */
async function decide(kind: Kind, { args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, actor, signal } = context;
  const group = args[0] ?? '';
  const category = textOption(options, 'category') ?? null;
  if (kind === 'correct' && category === null)
    throw new LexlineError('INPUT_INVALID', '[review] a correction needs --category', {
      remedy: `lexline review correct ${group} --category none`,
    });
  const product = await compose.open({ mustExist: true });
  try {
    const desk = await product.review();
    if (options['yes'] !== true) {
      const fields = await desk.fieldsOf(group);
      if (global.json) await printJson(io, { group, decided: false, fields });
      else
        await printLines(io, [
          ...fields.slice(0, shownFields).flatMap((field) => fieldLines(field)),
          ...(fields.length > shownFields
            ? [`… and ${fields.length - shownFields} more (lexline review list ${group})`]
            : []),
          '',
          `Nothing was decided. To decide ${fields.length === 1 ? 'it' : `all ${fields.length} fields`}, run this again with --yes.`,
        ]);
      return 1;
    }
    const expected = wholeNumber(options, 'expect', 0, 2_147_483_646);
    const except = textOption(options, 'except')
      ?.split(',')
      .map((uid) => uid.trim());
    const result = await desk.decide({
      group,
      kind,
      category,
      comment: textOption(options, 'comment') ?? null,
      validUntil: untilOf(textOption(options, 'until'), context.clock.now()),
      idempotencyKey: randomUUID(),
      actor,
      signal,
      ...(except === undefined ? {} : { except }),
      ...(expected === undefined ? {} : { expectedRevision: expected }),
    });
    if (global.json) await printJson(io, result);
    else await printLines(io, resultLines(result));
    return 0;
  } finally {
    await product.close();
  }
}

function untilOf(text: string | undefined, now: number): string | null {
  if (text === undefined) return null;
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T23:59:59.999Z` : text);
  if (Number.isNaN(time) || time <= now)
    throw new LexlineError('INPUT_INVALID', '[review] --until is no instant or date to come', {
      remedy: 'write it like 2027-01-31, or 2027-01-31T12:00:00Z',
    });
  return new Date(time).toISOString();
}

function resultLines({ state, fields, revision, lowers }: DecideResult): string[] {
  if (state === 'decided') return [`Decided for ${countOf(fields, 'field')}, in revision ${revision}.`];
  return [
    `Proposed for ${countOf(fields, 'field')}: it would take away ${lowers.join(', ')}, which needs a second person.`,
    'Until then they stay protected. Somebody else runs: lexline review list, then lexline review accept',
  ];
}
