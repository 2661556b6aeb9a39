import type { SourceDocument, SourceTag } from '../model/document.ts';
import { fieldUid, datasetUid, type QualifiedName, type Uid } from '../model/ids.ts';
import { everyPage } from '../stores/every-page.ts';
import { spellingsOf } from '../model/tag-writing.ts';
import type { StateStore } from '../stores/state/state-store.ts';

const kind = 'written-tag';

/** What is remembered of a tag that we wrote. */
export interface WrittenTag {
  readonly source: string;
  readonly tag: string;
  readonly change: string;
  readonly at: string;
}

/** The tags that we wrote, by thing: met again in any source, they are no evidence. */
export type WrittenTags = ReadonlyMap<Uid, ReadonlyMap<string, WrittenTag>>;

/** Remembers a tag before it is written: a crash in between leaves one that we know too much of, never one we know nothing of. */
export async function rememberWritten(state: StateStore, uid: Uid, written: WrittenTag): Promise<void> {
  await state.put(kind, keyOf(uid, written.tag), { ...written });
}

export async function forgetWritten(state: StateStore, uid: Uid, tag: string): Promise<void> {
  await state.remove(kind, keyOf(uid, tag));
}

/** All that are remembered. */
export async function loadWritten(state: Pick<StateStore, 'list'>): Promise<WrittenTags> {
  const found = new Map<Uid, Map<string, WrittenTag>>();
  for await (const { key, body } of everyPage((page) => state.list(kind, page), 1000)) {
    const [uid = '', tag = ''] = key.split(/ (.*)/su);
    const own = found.get(uid) ?? new Map<string, WrittenTag>();
    own.set(tag, body as unknown as WrittenTag);
    found.set(uid, own);
  }
  return found;
}

/** Was this tag put on this thing by us? */
export function isWritten(written: WrittenTags, uid: Uid, tag: string): boolean {
  return written.get(uid)?.has(tag.toLowerCase()) === true;
}

/** A document in which the tags that we wrote are marked as ours. `nameOf` joins names that mean the same. */
export function markWritten(
  document: SourceDocument,
  written: WrittenTags,
  nameOf: (name: QualifiedName) => QualifiedName,
): SourceDocument {
  if (written.size === 0 || document.type !== 'dataset') return document;
  const name = nameOf(document);
  const mark = (uid: Uid, tags: readonly SourceTag[]): readonly SourceTag[] =>
    tags.map((tag) =>
      spellingsOf(tag).some((spelling) => isWritten(written, uid, spelling)) ? { ...tag, setBy: 'lexline' } : tag,
    );
  return {
    ...document,
    ...(document.tags === undefined ? {} : { tags: mark(datasetUid(name), document.tags) }),
    fields: document.fields.map((field) =>
      field.tags === undefined ? field : { ...field, tags: mark(fieldUid(name, field.path), field.tags) },
    ),
  };
}

function keyOf(uid: Uid, tag: string): string {
  return `${uid} ${tag.toLowerCase()}`;
}
