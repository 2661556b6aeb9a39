import { QdrantClient } from '@qdrant/js-client-rest';
import { LexlineError } from '../../base/errors.ts';
import type { Passage, PassageQuery, VectorIndex } from '../vectors/vector-index.ts';
import { failureOf } from './failure-of.ts';
import { filteredMembers, pointId, toFilter, toPassage, toPoint, vectorNames } from './points.ts';
import { queryVector } from './sparse-vector.ts';

export interface QdrantIndexOptions {
  readonly url: string;
  readonly apiKey?: string | undefined;
  /** Begins the name of every collection and alias, so that a server can be shared. Default `lexline`. */
  readonly prefix?: string;
  /** `scalar`: vectors are searched as bytes, a quarter of the memory. Default none. */
  readonly quantisation?: 'none' | 'scalar';
}

const timeoutMs = 30_000;
/** Candidates of each kind before they are put together. */
const candidates = 200;
const batchSize = 200;

/**
 * The passages in Qdrant: words as a sparse vector that the server weighs by rarity, meaning as a dense one, put together by
 * its own rank fusion; a re-index is switched in by an alias. Nothing is asked before the first call.
 */
export function openQdrantIndex(options: QdrantIndexOptions): VectorIndex {
  const { url, apiKey, prefix = 'lexline', quantisation = 'none' } = options;
  const client = new QdrantClient({
    url,
    checkCompatibility: false,
    timeout: timeoutMs,
    ...(new URL(url).port === '' ? { port: null } : {}),
    ...(apiKey === undefined ? {} : { apiKey }),
  });
  const dimensions = new Map<string, number | null>();
  const named = (name: string): string => `${prefix}_${name}`;
  const ask = async <T>(what: string, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw failureOf(error, what, url);
    }
  };
  /** The length of a collection's dense vectors; null: it has none. Fails with NOT_FOUND when there is no such collection. */
  const dimensionsOf = async (name: string): Promise<number | null> => {
    const known = dimensions.get(name);
    if (known !== undefined) return known;
    const { config } = await ask(name, () => client.getCollection(named(name)));
    const dense: unknown = (
      config.params.vectors as Readonly<Record<string, { readonly size?: unknown }>> | undefined
    )?.[vectorNames.dense]?.size;
    const size = typeof dense === 'number' ? dense : null;
    dimensions.set(name, size);
    return size;
  };
  const collectionBehind = async (alias: string): Promise<string | null> => {
    const { aliases } = await ask(alias, () => client.getAliases());
    const found = aliases.find(({ alias_name: name }) => name === named(alias));
    return found === undefined ? null : found.collection_name.slice(prefix.length + 1);
  };

  const search = async (alias: string, { terms, vector, filter, k }: PassageQuery) => {
    const collection = await collectionBehind(alias);
    if (collection === null)
      throw new LexlineError('NOT_FOUND', `[stores/vectors] nothing was indexed under "${alias}" yet`);
    const size = await dimensionsOf(collection);
    if (vector !== null && size !== null && vector.length !== size)
      throw new LexlineError(
        'INPUT_INVALID',
        `[stores/vectors] a query of ${vector.length} dimensions; the collection "${collection}" has ${size}`,
        { remedy: 'Ask with the embedder that the collection was built with, or build it again.' },
      );
    const passing = toFilter(filter);
    if (passing === null) return [];
    const words = queryVector(terms);
    const limit = Math.max(k, candidates);
    const ways = [
      ...(words.indices.length === 0 ? [] : [{ query: words, using: vectorNames.sparse, filter: passing, limit }]),
      ...(vector === null || size === null
        ? []
        : [{ query: [...vector], using: vectorNames.dense, filter: passing, limit }]),
    ];
    const [only, other] = ways;
    if (only === undefined) return [];
    const shared = { limit: k, with_payload: true, with_vector: [vectorNames.dense] };
    const request =
      other === undefined ? { ...only, ...shared } : { prefetch: ways, query: { fusion: 'rrf' as const }, ...shared };
    const { points } = await ask(alias, () => client.query(named(collection), request));
    return points.map((point) => ({ passage: toPassage(point), score: point.score }));
  };

  return {
    capabilities: { engine: 'qdrant', dense: true },
    search,
    async create(collection, size) {
      // Deleting takes the aliases along; those who read under one read the new collection.
      const { aliases } = await ask(collection, () => client.getAliases());
      const own = aliases.filter((alias) => alias.collection_name === named(collection));
      await ask(collection, () => client.deleteCollection(named(collection)));
      await ask(collection, () =>
        client.createCollection(named(collection), {
          vectors: size === null ? {} : { [vectorNames.dense]: { size, distance: 'Cosine' } },
          sparse_vectors: { [vectorNames.sparse]: { modifier: 'idf' } },
          ...(quantisation === 'scalar' ? { quantization_config: { scalar: { type: 'int8', always_ram: true } } } : {}),
        }),
      );
      dimensions.set(collection, size);
      for (const [member, schema] of filteredMembers)
        await ask(collection, () =>
          client.createPayloadIndex(named(collection), { field_name: member, field_schema: schema, wait: true }),
        );
      const actions = own.map(({ alias_name }) => ({
        create_alias: { collection_name: named(collection), alias_name },
      }));
      if (actions.length > 0) await ask(collection, () => client.updateCollectionAliases({ actions }));
    },
    async put(collection, passages) {
      dimensions.delete(collection);
      const size = await dimensionsOf(collection);
      const odd = passages.find(({ vector }) => vector !== null && vector.length !== size);
      if (odd !== undefined)
        throw new LexlineError(
          'INPUT_INVALID',
          `[stores/vectors] passage ${odd.id}: ${odd.vector?.length ?? 0} dimensions, the collection has ${size ?? 'none'}`,
        );
      for (let from = 0; from < passages.length; from += batchSize) {
        const points = passages.slice(from, from + batchSize).map((passage) => toPoint(passage));
        await ask(collection, () => client.upsert(named(collection), { wait: true, points }));
      }
    },
    async publish(alias, collection) {
      dimensions.delete(collection);
      await dimensionsOf(collection);
      await ask(alias, () =>
        client.updateCollectionAliases({
          actions: [
            { delete_alias: { alias_name: named(alias) } },
            { create_alias: { collection_name: named(collection), alias_name: named(alias) } },
          ],
        }),
      );
    },
    async get(alias, ids) {
      const collection = await collectionBehind(alias);
      if (collection === null || ids.length === 0) return [];
      const points = await ask(alias, () =>
        client.retrieve(named(collection), {
          ids: ids.map((id) => pointId(id)),
          with_payload: true,
          with_vector: [vectorNames.dense],
        }),
      );
      return points.map((point) => toPassage(point));
    },
    async page(alias, after, first) {
      const collection = await collectionBehind(alias);
      if (collection === null) return [];
      const { points } = await ask(alias, () =>
        client.scroll(named(collection), {
          limit: after === null ? first : first + 1,
          ...(after === null ? {} : { offset: pointId(after) }),
          with_payload: true,
          with_vector: [vectorNames.dense],
        }),
      );
      return points
        .map((point): Passage => toPassage(point))
        .filter(({ id }) => id !== after)
        .slice(0, first);
    },
    async removeWhere(collection, filter) {
      const passing = toFilter(filter);
      if (passing !== null)
        await ask(collection, () => client.delete(named(collection), { wait: true, filter: passing }));
    },
    async drop(collection) {
      dimensions.delete(collection);
      await ask(collection, () => client.deleteCollection(named(collection)));
    },
    async collections() {
      const [{ collections }, { aliases }] = await ask('collections', () =>
        Promise.all([client.getCollections(), client.getAliases()]),
      );
      const own = collections
        .map(({ name }) => name)
        .filter((name) => name.startsWith(`${prefix}_`))
        .toSorted();
      return Promise.all(
        own.map(async (name) => ({
          name: name.slice(prefix.length + 1),
          passages: (await ask(name, () => client.count(name, { exact: true }))).count,
          aliases: aliases
            .filter((alias) => alias.collection_name === name)
            .map((alias) => alias.alias_name.slice(prefix.length + 1))
            .toSorted(),
        })),
      );
    },
    close: () => Promise.resolve(),
  };
}
