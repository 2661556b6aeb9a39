import { LexlineError } from '../../base/errors.ts';
import { describeChange, type WriteBackChange } from '../../writeback/change.ts';
import type { WriteBack, WriteBackOutcome, WriteBackPlan } from '../../writeback/write-back.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import { requireKnownSource } from '../known-source.ts';
import { printJson, printLines } from '../print.ts';

/** Statuses that a list shows unless it is asked for all. */
const open: ReadonlySet<string> = new Set(['proposed', 'applying', 'failed', 'unexpected']);

/**
 * Tags on their way back: lists what waits, prints exactly what a write would send (`--dry-run`), writes, takes back or
 * declines what a person names. Ends with 1 when a write stopped before its end.
 */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, compose, actor, signal } = context;
  const source = args[0];
  const acts = ['apply', 'undo', 'decline'].filter((act) => options[act] !== undefined);
  if (acts.length > 1)
    throw new LexlineError('INPUT_INVALID', '[write-back] one of --apply, --undo and --decline at a time');
  const product = await compose.open({ mustExist: true });
  try {
    const writeBack = await product.writeBack();
    const [act] = acts;
    if (act !== undefined) {
      if (source === undefined)
        throw new LexlineError('INPUT_INVALID', `[write-back] --${act} needs the name of a source`);
      const outcome = await carry(writeBack, act, { source, ids: idsOf(options[act]), actor, signal });
      if (global.json) await printJson(io, outcome);
      else await printLines(io, outcomeLines(outcome));
      return outcome.stopped === null ? 0 : 1;
    }
    if (options['dryRun'] === true) {
      const configured = product.config.sources.filter((one) => one.writeBack.mode !== 'off').map(({ name }) => name);
      const names = source === undefined ? configured : [source];
      if (names.length === 0)
        await printLines(io, ['No source is written back to: set writeBack.mode in lexline.yaml.']);
      for (const name of names) {
        const plan = await writeBack.preview(name, signal);
        if (global.json) await printJson(io, plan);
        else await printLines(io, planLines(plan));
      }
      return 0;
    }
    const all = await writeBack.list(source === undefined ? {} : { source });
    if (all.length === 0) await requireKnownSource(product, source);
    const shown = options['all'] === true ? all : all.filter(({ status }) => open.has(status));
    if (global.json) for (const change of shown) await printJson(io, change);
    else
      await printLines(
        io,
        shown.length === 0 ? ['Nothing waits to be written back.'] : shown.flatMap((change) => changeLines(change)),
      );
    return 0;
  } finally {
    await product.close();
  }
}

async function carry(
  writeBack: WriteBack,
  act: string,
  request: Parameters<WriteBack['apply']>[0],
): Promise<WriteBackOutcome> {
  if (act === 'apply') return writeBack.apply(request);
  if (act === 'undo') return writeBack.undo(request);
  return { source: request.source, done: await writeBack.decline(request), stopped: null };
}

function idsOf(given: Invocation['options'][string]): readonly string[] | 'all' {
  const text = typeof given === 'string' ? given : '';
  if (text === 'all') return 'all';
  const ids = text.split(',').map((id) => id.trim());
  if (ids.some((id) => id === ''))
    throw new LexlineError('INPUT_INVALID', '[write-back] name the changes by their ids, with commas, or all');
  return ids;
}

function changeLines(change: WriteBackChange): readonly string[] {
  const { because, waitsFor, policies, detail } = change;
  return [
    `${change.id}  ${change.source}: ${describeChange(change)}  [${change.status}]`,
    ...(because === null
      ? []
      : [
          `    because: ${because.category}, by ${because.decidedBy === 'human' ? 'a person' : because.by}, ${because.confidence.toFixed(2)} sure`,
        ]),
    ...(waitsFor === null ? [] : [`    waits: ${waitsFor}`]),
    ...(detail === '' ? [] : [`    ${detail}`]),
    ...policies.map(
      ({ kind, name }) => `    ${change.action === 'add' ? 'would switch on' : 'would switch off'} (${kind}): ${name}`,
    ),
  ];
}

function planLines(plan: WriteBackPlan): readonly string[] {
  const title = `${plan.source}: ${plan.changes.length} change(s), mode ${plan.mode}. This was a dry run: nothing was written.`;
  if (plan.diff !== null) return [title, ...plan.diff.split('\n'), ...plan.left.map((line) => `# left out: ${line}`)];
  return [
    title,
    ...plan.changes.flatMap(({ change, steps }) => [
      ...changeLines(change),
      ...steps.map((step) => `    sends: ${step}`),
    ]),
    ...plan.left.map((line) => `left out: ${line}`),
  ];
}

function outcomeLines({ source, done, stopped }: WriteBackOutcome): readonly string[] {
  return [
    ...done.flatMap((change) => [
      `${change.id}  ${source}: ${describeChange(change)}  [${change.status}] ${change.detail}`,
    ]),
    ...(done.length === 0 ? [`${source}: nothing to do.`] : []),
    ...(stopped === null ? [] : [`${stopped}. The rest was not tried.`]),
  ];
}
