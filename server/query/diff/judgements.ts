import type { EffectiveField } from '../../model/effective.ts';
import type { QueryContext } from '../context.ts';
import { readJudged } from '../judged.ts';
import { fieldLabel } from '../labels.ts';
import { inOrder, type DiffItem } from './diff.ts';
import type { DiffWindow } from './window.ts';

/** What is said of fields otherwise than before: found, no longer found, something else, or decided by somebody else. */
export async function diffJudgements(context: QueryContext, window: DiffWindow): Promise<readonly DiffItem[]> {
  const uids = [
    ...new Set(window.rows.filter(({ table }) => table === 'verdict' || table === 'derived').map(({ uid }) => uid)),
  ];
  const [older, newer] = await Promise.all([
    window.from === 0 ? new Map<string, never>() : readJudged(context, uids, window.from),
    readJudged(context, uids, window.to),
  ]);
  const items = uids.flatMap((uid): readonly DiffItem[] => {
    const what = window.nameOf(uid);
    if (what === null) return [];
    const wasThere = (window.before(uid)?.assertions.length ?? 0) > 0;
    const isThere = (window.after(uid)?.assertions.length ?? 0) > 0;
    const was = wasThere ? older.get(uid)?.effective : undefined;
    const is = isThere ? newer.get(uid)?.effective : undefined;
    const say = window.known(uid)?.kind === 'dataset' ? subjectWords : words;
    const [before, after] = [say(context, was), say(context, is)];
    if (before === after || (was === undefined && is?.state !== 'SENSITIVE')) return [];
    if (is === undefined && was?.state !== 'SENSITIVE') return [];
    const details = [{ name: 'judgement', before, after }];
    if (is === undefined) return [{ change: 'gone', what, says: `no longer seen; it held: ${before}`, details }];
    if (was === undefined) return [{ change: 'new', what, says: after ?? '', details }];
    return [{ change: 'changed', what, says: `${before} became ${after}`, details }];
  });
  return inOrder(items);
}

/** `Card number (detector)`: what is said, and who says it. Confidence is left out: a figure that moves is no event. */
function words(context: QueryContext, effective: EffectiveField | undefined): string | null {
  if (effective === undefined) return null;
  const label = fieldLabel(effective, context.taxonomy);
  const deciders = [...new Set(effective.classifications.map(({ decidedBy }) => decidedBy))].toSorted();
  return deciders.length === 0 ? label.toLowerCase() : `${label} (${deciders.map(deciderWords).join(', ')})`;
}

/** Whose rows a dataset holds, which is kept as a verdict on the dataset itself. */
function subjectWords(_: QueryContext, effective: EffectiveField | undefined): string | null {
  const subjects = effective?.classifications.map(({ category }) => category.replace(/^subject\./u, '')) ?? [];
  return subjects.length === 0 ? null : `rows about: ${subjects.toSorted().join(', ')}`;
}

function deciderWords(decider: string): string {
  const said: Readonly<Record<string, string>> = {
    human: 'a person',
    imported: "the source's tag",
    llm: 'the model',
    propagation: 'by its lineage',
  };
  return said[decider] ?? `the ${decider}s`;
}
