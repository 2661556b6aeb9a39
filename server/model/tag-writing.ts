import type { SourceTag } from './document.ts';
import type { FieldPath, QualifiedName, Uid } from './ids.ts';
import type { Json } from './json.ts';

/** A dataset or field of a source whose tags can be written. */
export interface TagTarget {
  readonly uid: Uid;
  readonly dataset: QualifiedName;
  /** Null: the dataset as a whole. */
  readonly field: FieldPath | null;
  /** What the source itself said about it, its own ids among it. */
  readonly facets: Readonly<Record<string, Json>>;
}

/** One tag to be put on, or taken off, one thing. */
export interface TagChange {
  readonly action: 'add' | 'remove';
  readonly target: TagTarget;
  /** As the source spells it. */
  readonly tag: string;
}

/** A policy of the source that is bound to a tag: adding the tag switches it on, removing the tag switches it off. */
export interface TagPolicy {
  /** `unknown`: policies bound to it cannot be seen from here; `name` says where they would be. */
  readonly kind: 'masking' | 'access' | 'row-filter' | 'unknown';
  readonly name: string;
}

/**
 * How a tag may be called where it is looked for, in lower case: by its name, and with its value behind it where it has one
 * (`gov.tags.privacy`, `gov.tags.privacy=pii`).
 */
export function spellingsOf({ name, value }: Pick<SourceTag, 'name' | 'value'>): readonly string[] {
  const own = name.toLowerCase();
  return value === undefined ? [own] : [own, `${own}=${value.toLowerCase()}`];
}

/** Writes tags in place: each change is done, and can be read back. Every method is idempotent. */
export interface DirectTagWriter {
  readonly kind: 'direct';
  /** Tags can be put on datasets too. */
  readonly tables: boolean;
  /** The tag that stands for a class or category where the source's `tagMap` names none. */
  tagFor(ours: string): string;
  /** Exactly what `apply` sends, a line each, for people. */
  steps(change: TagChange): readonly string[];
  /** The tags of a thing as they are now; null when it is not there any more. */
  tagsOf(target: TagTarget, signal: AbortSignal): Promise<readonly SourceTag[] | null>;
  policiesOf(tag: string, signal: AbortSignal): Promise<readonly TagPolicy[]>;
  apply(change: TagChange, signal: AbortSignal): Promise<void>;
}

/** Writes no tag by itself: what would change comes as a patch that a person commits. */
export interface PatchTagWriter {
  readonly kind: 'patch';
  readonly tables: boolean;
  tagFor(ours: string): string;
  /** A unified diff over the files of the source, and the changes that have no place in them. */
  patch(
    changes: readonly TagChange[],
    signal: AbortSignal,
  ): Promise<{ readonly diff: string; readonly left: readonly { readonly change: TagChange; readonly why: string }[] }>;
}

export type TagWriter = DirectTagWriter | PatchTagWriter;
