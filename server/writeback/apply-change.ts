import { messageOf, isLexlineError } from '../base/errors.ts';
import type { SourceTag } from '../model/document.ts';
import type { Actor } from '../model/provenance.ts';
import { spellingsOf, type DirectTagWriter } from '../model/tag-writing.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { ChangeBook } from './change-book.ts';
import type { WriteBackChange } from './change.ts';
import { refusalOf } from './refusal.ts';
import { forgetWritten, rememberWritten } from './written-tags.ts';

/** What one write needs. */
export interface ApplyContext {
  readonly state: StateStore;
  readonly book: ChangeBook;
  readonly writer: DirectTagWriter;
  readonly actor: Actor;
  readonly at: string;
  readonly signal: AbortSignal;
}

/** What became of a change, and whether what comes behind it may be written. */
export interface AppliedChange {
  readonly change: WriteBackChange;
  /** True where it failed and nothing is to be said of others by it: this thing takes no such tag, or is not there. */
  readonly concernsItAlone: boolean;
}

/** Errors about the thing that a change names; all others are about the source, or the configuration. */
const ofOneChange: Readonly<Record<string, 'refused' | 'missing'>> = {
  INPUT_INVALID: 'refused',
  NOT_FOUND: 'missing',
};

/**
 * Writes one change and reads it back. Looks first: what is so already is not written, and a tag of somebody else is not
 * taken away. The change is kept as `applying`, and the tag as ours, before anything is sent, so that a crash leaves nothing
 * that we would later take for evidence.
 */
export async function applyChange(change: WriteBackChange, context: ApplyContext): Promise<AppliedChange> {
  const { state, book, writer, actor, at, signal } = context;
  const end = async (
    status: WriteBackChange['status'],
    detail: string,
    ofItself?: 'refused' | 'missing',
  ): Promise<AppliedChange> => {
    const { refusal: _, ...rest } = change;
    const refusal = ofItself === undefined ? {} : { refusal: refusalOf(change, at, ofItself) };
    const done: WriteBackChange = { ...rest, status, detail, changedAt: at, actor, ...refusal };
    await book.put([done]);
    return { change: done, concernsItAlone: ofItself !== undefined };
  };
  const { target, tag, action } = change;
  try {
    const before = await writer.tagsOf(target, signal);
    if (before === null) return await end('failed', 'the source does not have it any more', 'missing');
    const there = find(before, tag);
    if (action === 'add' && there !== undefined)
      return await end('found', `it is there already, set by ${there.setBy}`);
    const other = action === 'add' ? withOtherValue(before, tag) : undefined;
    if (other !== undefined)
      return await end('found', `${other.name} is there with another value, set by ${other.setBy}; it was not changed`);
    if (action === 'remove' && there === undefined) {
      await forgetWritten(state, target.uid, tag);
      return await end('found', 'it is gone already');
    }
    if (action === 'remove' && there?.setBy === 'propagated')
      return await end('failed', 'the source propagates it from somewhere else; it goes when it goes there', 'refused');
    await book.put([{ ...change, status: 'applying', changedAt: at, actor }]);
    if (action === 'add')
      await rememberWritten(state, target.uid, { source: change.source, tag, change: change.id, at });
    await writer.apply({ action, target, tag }, signal);
    const after = await writer.tagsOf(target, signal);
    const problem = unexpected(before, after, change);
    if (problem !== null) return await end('unexpected', problem);
    if (action === 'remove') await forgetWritten(state, target.uid, tag);
    return await end('applied', action === 'add' ? 'written, and read back' : 'taken off, and read back');
  } catch (error) {
    if (signal.aborted) throw error;
    return end(
      'failed',
      isLexlineError(error) ? `[${error.code}] ${messageOf(error)}` : 'it failed for a reason of ours',
      isLexlineError(error) ? ofOneChange[error.code] : undefined,
    );
  }
}

/** What is other after the write than it should be; null: nothing. */
function unexpected(
  before: readonly SourceTag[],
  after: readonly SourceTag[] | null,
  { action, tag }: WriteBackChange,
): string | null {
  if (after === null) return 'the thing is not there any more';
  const isThere = find(after, tag) !== undefined;
  if (action === 'add' && !isThere) return 'the source took it and does not show it';
  if (action === 'remove' && isThere) return 'the source still shows it';
  const lost = before.filter(
    (one) => !spellingsOf(one).includes(tag.toLowerCase()) && find(after, one.name) === undefined,
  );
  return lost.length === 0 ? null : `other tags are gone since: ${lost.map(({ name }) => name).join(', ')}`;
}

function find(tags: readonly SourceTag[], name: string): SourceTag | undefined {
  return tags.find((tag) => spellingsOf(tag).includes(name.toLowerCase()));
}

/** Of a tag with a value there is one a thing, its own or one that it inherits: ours would take its place. */
function withOtherValue(tags: readonly SourceTag[], tag: string): SourceTag | undefined {
  return tag.includes('=') ? find(tags, tag.slice(0, tag.indexOf('='))) : undefined;
}
