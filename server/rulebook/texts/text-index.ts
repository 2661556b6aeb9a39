import { LexlineError } from '../../base/errors.ts';
import type { Embedder } from '../../llm/embedder.ts';
import type { Passage, VectorIndex } from '../../stores/vectors/vector-index.ts';
import type { CitablePassage, IndexedText } from '../rulebook.ts';
import type { ParsedProvision } from './parsed-text.ts';
import { sentencesOf } from './sentences.ts';

/** The name under which readers find the live collection. */
export const liveAlias = 'lexline-regulations';
const listId = 'texts';
const pageSize = 500;
const batchSize = 64;

/** The official texts in the index: what is there, and adding and taking away whole texts at once. */
export interface TextIndex {
  readonly list: () => Promise<readonly IndexedText[]>;
  /** Replaces the text of the same regulation, edition and language. Readers see all of it or none. */
  add(text: IndexedText, passages: readonly Passage[], signal: AbortSignal): Promise<void>;
  /** Fails with NOT_FOUND when that text is not indexed. */
  remove(text: Pick<IndexedText, 'regulation' | 'edition' | 'language'>, signal: AbortSignal): Promise<void>;
}

/** Reads which texts are indexed. */
export function createTextReader(vectors: VectorIndex): Pick<TextIndex, 'list'> {
  return {
    list: async () => {
      const [found] = await vectors.get(liveAlias, [listId]);
      // Written by this file alone.
      return found === undefined ? [] : (JSON.parse(found.text) as readonly IndexedText[]);
    },
  };
}

/** `unique`: a word that no other build of the index has; two may build at once. */
export function createTextIndex(vectors: VectorIndex, embedder: Embedder | null, unique: () => string): TextIndex {
  const { list } = createTextReader(vectors);
  const withVectors = async (passages: readonly Passage[], signal: AbortSignal): Promise<readonly Passage[]> => {
    if (embedder === null || !vectors.capabilities.dense)
      return passages.map((passage) => ({ ...passage, vector: null }));
    const done: Passage[] = [];
    for (let from = 0; from < passages.length; from += batchSize) {
      const batch = passages.slice(from, from + batchSize);
      const missing = batch.filter(({ vector }) => vector?.length !== embedder.dimensions);
      const made = await embedder.embed(
        missing.map((passage) => `${passage.searchText}\n${passage.text}`),
        signal,
      );
      const byId = new Map(missing.map(({ id }, i) => [id, made[i]]));
      done.push(...batch.map((passage) => ({ ...passage, vector: byId.get(passage.id) ?? passage.vector })));
    }
    return done;
  };
  const rebuild = async (
    before: readonly IndexedText[],
    texts: readonly IndexedText[],
    keep: (passage: Passage) => boolean,
    added: readonly Passage[],
    signal: AbortSignal,
  ): Promise<void> => {
    const collection = `${liveAlias}-${unique()}`;
    await vectors.create(collection, embedder === null || !vectors.capabilities.dense ? null : embedder.dimensions);
    try {
      for (let after: string | null = null; ;) {
        const page: readonly Passage[] = await vectors.page(liveAlias, after, pageSize);
        signal.throwIfAborted();
        const kept = page.filter((passage) => passage.id !== listId && keep(passage));
        if (kept.length > 0) await vectors.put(collection, await withVectors(kept, signal));
        after = page.at(-1)?.id ?? null;
        if (page.length < pageSize || after === null) break;
      }
      for (let from = 0; from < added.length; from += pageSize) {
        signal.throwIfAborted();
        await vectors.put(collection, await withVectors(added.slice(from, from + pageSize), signal));
      }
      await vectors.put(collection, [listPassage(texts)]);
      if (JSON.stringify(await list()) !== JSON.stringify(before))
        throw new LexlineError('STORE_BUSY', '[rulebook] another text was indexed meanwhile', {
          remedy: 'Run the same command again.',
        });
      const old = (await vectors.collections()).filter(({ aliases }) => aliases.includes(liveAlias));
      await vectors.publish(liveAlias, collection);
      for (const { name } of old) if (name !== collection) await vectors.drop(name);
    } catch (error) {
      await vectors.drop(collection).catch(() => {});
      throw error;
    }
  };
  const isSame = (a: Pick<IndexedText, 'regulation' | 'edition' | 'language'>, b: typeof a): boolean =>
    a.regulation === b.regulation && a.edition === b.edition && a.language === b.language;
  return {
    list,
    async add(text, passages, signal) {
      const all = await list();
      const others = all.filter((one) => !isSame(one, text));
      await rebuild(all, [...others, text], (passage) => !isSame(passage, text), passages, signal);
    },
    async remove(text, signal) {
      const all = await list();
      if (!all.some((one) => isSame(one, text)))
        throw new LexlineError(
          'NOT_FOUND',
          `[rulebook] no text ${text.regulation} ${text.edition} (${text.language}) is indexed`,
        );
      await rebuild(
        all,
        all.filter((one) => !isSame(one, text)),
        (passage) => !isSame(passage, text),
        [],
        signal,
      );
    },
  };
}

/** The list of texts is kept beside the passages, so that whoever reads the index knows what is in it. */
function listPassage(texts: readonly IndexedText[]): Passage {
  return {
    id: listId,
    regulation: '',
    provision: '',
    edition: '',
    language: '',
    from: null,
    to: null,
    kind: 'own-words',
    text: JSON.stringify(texts),
    searchText: '',
    vector: null,
    payload: {},
  };
}

/** The id of a passage: which text, and which provision of it. */
export function passageId(text: Pick<IndexedText, 'regulation' | 'edition' | 'language'>, provision: string): string {
  return `${text.regulation}/${text.edition}/${text.language}/${provision}`;
}

/** Passages of a text that was read, ready for the index. A number that occurs twice keeps its first place. */
export function toPassages(
  text: IndexedText,
  prefix: string,
  provisions: readonly ParsedProvision[],
  inForce: { readonly from: string | null; readonly to: string | null },
): readonly Passage[] {
  const passages = new Map<string, Passage>();
  for (const { number, heading, text: words, page, span } of provisions) {
    const provision = `${prefix}:${number}`;
    const id = passageId(text, provision);
    if (words === '' || passages.has(id)) continue;
    passages.set(id, {
      id,
      regulation: text.regulation,
      provision,
      edition: text.edition,
      language: text.language,
      ...inForce,
      kind: 'official',
      text: words,
      searchText: heading,
      vector: null,
      payload: { sha256: text.sha256, page, start: span[0], end: span[1] },
    });
  }
  return [...passages.values()];
}

/** A stored passage as it may be cited. */
export function toCitable({ id, provision, edition, language, text, payload }: Passage): CitablePassage {
  const { sha256, page, start, end } = payload;
  return {
    id,
    provision,
    edition,
    sha256: String(sha256),
    language,
    text,
    sentences: sentencesOf(text),
    page: typeof page === 'number' ? page : null,
    span: typeof start === 'number' && typeof end === 'number' ? [start, end] : null,
  };
}
