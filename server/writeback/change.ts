import { digestOf, type Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import type { TagPolicy, TagTarget } from '../model/tag-writing.ts';
import type { Refusal } from './refusal.ts';
import type { Because } from './wanted-tags.ts';

/**
 * What became of a change. `proposed`: waits. `applying`: being written (found so after a crash: look again). `applied`:
 * written and read back. `found`: it was so already. `unexpected`: written, and read back otherwise. `failed`: the source
 * refused. `declined`: a person said no. `undone`: taken back by a person. `withdrawn`: no longer asked for.
 */
export type ChangeStatus =
  | 'proposed'
  | 'applying'
  | 'applied'
  | 'found'
  | 'unexpected'
  | 'failed'
  | 'declined'
  | 'undone'
  | 'withdrawn';

/** One tag to write, as it is kept: what, why, what it waits for, and what became of it. */
export interface WriteBackChange {
  /** Of source, thing, tag and action: the same proposal keeps its id from sync to sync. */
  readonly id: string;
  readonly source: string;
  readonly action: 'add' | 'remove';
  readonly target: TagTarget;
  readonly tag: string;
  /** Null for a removal: nothing asks for the tag any more. */
  readonly because: Because | null;
  /** Why it is not written by itself; null: it may be, where the mode is `auto`. */
  readonly waitsFor: string | null;
  /** What it would switch on or off in the source. */
  readonly policies: readonly TagPolicy[];
  readonly status: ChangeStatus;
  /** More about the status: never a secret, never a value. */
  readonly detail: string;
  /** Where it failed for what its thing is: until when it is not tried again by itself. */
  readonly refusal?: Refusal;
  readonly plannedAt: string;
  readonly changedAt: string;
  /** Who brought it to its status. */
  readonly actor: Actor;
}

/** Identity of a change. */
export function changeId(source: string, uid: string, tag: string, action: WriteBackChange['action']): string {
  return digestOf([source, uid, tag.toLowerCase(), action]).slice(0, 12);
}

/** `add PII to shop.customers.email`. */
export function describeChange({ action, target, tag }: Pick<WriteBackChange, 'action' | 'target' | 'tag'>): string {
  const thing = target.field === null ? target.dataset.name : `${target.dataset.name}.${target.field.join('.')}`;
  return action === 'add' ? `add ${tag} to ${thing}` : `remove ${tag} from ${thing}`;
}

export function toJson(change: WriteBackChange): Json {
  return change as unknown as Json;
}

export function fromJson(body: Json): WriteBackChange {
  return body as unknown as WriteBackChange;
}
