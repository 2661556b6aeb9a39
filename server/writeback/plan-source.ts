import { isLexlineError } from '../base/errors.ts';
import { createMemory } from '../base/remember.ts';
import type { CoarseClass } from '../model/classification.ts';
import type { SourceTag } from '../model/document.ts';
import type { Actor } from '../model/provenance.ts';
import {
  spellingsOf,
  type DirectTagWriter,
  type TagPolicy,
  type TagTarget,
  type TagWriter,
} from '../model/tag-writing.ts';
import type { WriteBackConfig } from '../base/config-write-back.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { ChangeBook } from './change-book.ts';
import { changeId, type WriteBackChange } from './change.ts';
import { planTags, type Planned } from './plan.ts';
import { readTagged, type TaggedGraph } from './read-tagged.ts';
import { stillRefused } from './refusal.ts';
import { loadWritten, type WrittenTags } from './written-tags.ts';

/** A source as planning sees it. */
export interface WritableSource {
  readonly name: string;
  readonly tagMap: Readonly<Record<string, string>>;
  readonly writeBack: WriteBackConfig;
}

export interface PlanContext {
  readonly graph: TaggedGraph;
  /** The revision that is planned from. */
  readonly n: number;
  readonly state: StateStore;
  readonly book: ChangeBook;
  readonly source: WritableSource;
  readonly writer: TagWriter;
  classesOf(category: string): readonly CoarseClass[];
  /** True when it is said of these sources that HIPAA does not bind their holder. Default: nothing is said. */
  isOutside?(sources: readonly string[]): boolean;
  readonly actor: Actor;
  readonly at: string;
  readonly signal: AbortSignal;
}

/** Statuses in which a change is over and is not proposed again, whatever the graph says. */
const settled: ReadonlySet<string> = new Set(['declined', 'undone']);
/** Statuses in which nobody knows whether it was written: the source is asked before anything is believed. */
const unsure: ReadonlySet<string> = new Set(['failed', 'applying']);

/**
 * Plans what should change in a source: every change that waits or may be written, those of earlier plans that nothing
 * asks for any more (`withdrawn`), and those that are asked for and whose things refused them (`refused`). Keeps nothing.
 */
export async function planSource(context: PlanContext): Promise<{
  readonly open: readonly WriteBackChange[];
  readonly withdrawn: readonly WriteBackChange[];
  readonly refused: readonly WriteBackChange[];
}> {
  const { graph, n, state, book, source, writer, actor, at, signal } = context;
  const before = new Map((await book.all(source.name)).map((change) => [change.id, change]));
  const written = believed(await loadWritten(state), before);
  const policies = policiesBy(writer, signal);
  const open: WriteBackChange[] = [];
  const refused: WriteBackChange[] = [];
  const things = readTagged(graph, n, {
    source: source.name,
    tagMap: source.tagMap,
    tables: source.writeBack.tables && writer.tables,
    tagFor: (ours) => writer.tagFor(ours),
    classesOf: (category) => context.classesOf(category),
    isOutside: (of) => context.isOutside?.(of) ?? false,
    signal,
  });
  for await (const tagged of things)
    for (const planned of planTags(tagged, { threshold: source.writeBack.threshold, written })) {
      const id = changeId(source.name, planned.target.uid, planned.tag, planned.action);
      const earlier = before.get(id);
      if (earlier !== undefined && settled.has(earlier.status)) continue;
      if (earlier?.status === 'failed' && stillRefused(earlier.refusal, planned, at)) {
        refused.push(earlier);
        continue;
      }
      if (await isSoAlready(planned, earlier, written, writer, signal)) continue;
      const waitsFor =
        earlier?.status === 'unexpected'
          ? `it was written and read back otherwise: ${earlier.detail}`
          : planned.waitsFor;
      open.push({
        id,
        source: source.name,
        action: planned.action,
        target: planned.target,
        tag: planned.tag,
        because: planned.action === 'add' ? planned.wanted.because : null,
        waitsFor,
        policies: await policies(planned.tag),
        status: 'proposed',
        detail: '',
        plannedAt: earlier?.status === 'proposed' ? earlier.plannedAt : at,
        changedAt: earlier?.status === 'proposed' ? earlier.changedAt : at,
        actor: earlier?.status === 'proposed' ? earlier.actor : actor,
      });
    }
  const ids = new Set([...open, ...refused].map(({ id }) => id));
  const withdrawn = [...before.values()]
    .filter(({ id, status }) => !ids.has(id) && (status === 'proposed' || status === 'failed'))
    .map((change): WriteBackChange => ({
      ...change,
      status: 'withdrawn',
      detail: 'nothing asks for it any more',
      changedAt: at,
      actor,
    }));
  return { open, withdrawn, refused };
}

/** The graph may be older than what we wrote: where it was written, the source itself is asked. */
async function isSoAlready(
  { action, target, tag }: Planned,
  earlier: WriteBackChange | undefined,
  written: WrittenTags,
  writer: TagWriter,
  signal: AbortSignal,
): Promise<boolean> {
  if (writer.kind !== 'direct') return false;
  const isWritten = written.get(target.uid)?.has(tag.toLowerCase()) === true;
  if (!isWritten && earlier?.status !== 'applied') return false;
  const now = await tagsNow(writer, target, signal);
  const isThere = now?.some((one) => spellingsOf(one).includes(tag.toLowerCase())) === true;
  return action === 'add' ? isThere : now !== null && !isThere;
}

/** Null too where the source takes no tag on it any more: it is found out of that one change when it is written. */
async function tagsNow(
  writer: DirectTagWriter,
  target: TagTarget,
  signal: AbortSignal,
): Promise<readonly SourceTag[] | null> {
  try {
    return await writer.tagsOf(target, signal);
  } catch (error) {
    if (isLexlineError(error) && error.code === 'INPUT_INVALID') return null;
    throw error;
  }
}

/** Without those of which it is not known whether they ever arrived. */
function believed(written: WrittenTags, before: ReadonlyMap<string, WriteBackChange>): WrittenTags {
  return new Map(
    [...written].map(([uid, tags]) => [
      uid,
      new Map([...tags].filter(([, { change }]) => !unsure.has(before.get(change)?.status ?? ''))),
    ]),
  );
}

/** Asks once a tag. */
function policiesBy(writer: TagWriter, signal: AbortSignal): (tag: string) => Promise<readonly TagPolicy[]> {
  const remember = createMemory<readonly TagPolicy[]>();
  return async (tag) => (writer.kind === 'direct' ? remember(tag, () => writer.policiesOf(tag, signal)) : []);
}
