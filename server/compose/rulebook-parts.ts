import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import type { Log } from '../base/log.ts';
import type { Embedder } from '../llm/embedder.ts';
import type { Catalogue } from '../rulebook/catalogue.ts';
import type { VectorIndex } from '../stores/vectors/vector-index.ts';

/** The catalogues that the configuration names, and its own folders. Fails with CONFIG_INVALID. */
export async function configuredCatalogues({ rulebook }: Config): Promise<readonly Catalogue[]> {
  const { loadCatalogues, loadFolderCatalogue } = await import('../rulebook/catalogue.ts');
  const own = rulebook.folders.map((folder) => loadFolderCatalogue(folder));
  const ids = new Set(own.map(({ regulation }) => regulation.id));
  return [...loadCatalogues(rulebook.regulations.filter((id) => !ids.has(id))), ...own];
}

/** The embedder of `llm.embeddings`; null: words only. */
export async function configuredEmbedder({ llm }: Config, clock: Clock): Promise<Embedder | null> {
  const { endpoint: name, model, dimensions } = llm?.embeddings ?? {};
  const endpoint = llm?.endpoints.find((one) => one.name === name);
  if (endpoint === undefined || model === undefined || dimensions === undefined) return null;
  const { createOpenAiEmbedder } = await import('../llm/openai/openai-embedder.ts');
  return createOpenAiEmbedder({ endpoint, model, dimensions, clock });
}

/** The index with its end. */
export interface OpenVectors {
  readonly vectors: VectorIndex;
  close(): Promise<void>;
}

/** Opens the index of passages alone. Null: the embedded one was never made, and `writes` is false. */
export async function openVectors(
  config: Config,
  clock: Clock,
  log: Log,
  writes: boolean,
): Promise<OpenVectors | null> {
  const { vectorStore, dataDirectory } = config;
  if (vectorStore.engine === 'qdrant') {
    const { openQdrantIndex } = await import('../stores/qdrant/open-index.ts');
    const vectors = openQdrantIndex(vectorStore);
    return { vectors, close: () => vectors.close() };
  }
  const { hasStoreFile } = await import('../stores/sqlite/database.ts');
  if (!writes && !hasStoreFile(dataDirectory)) return null;
  const { openSqliteStores } = await import('../stores/sqlite/open-stores.ts');
  const stores = await openSqliteStores({ path: dataDirectory, log, clock });
  return { vectors: stores.vectors, close: () => stores.close() };
}
