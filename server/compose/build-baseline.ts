import type { SourceConfig } from '../base/config.ts';
import { productVersion } from '../base/version.ts';
import type { Query, Revision } from '../query/query.ts';
import type { BaselineHead } from '../sync/baseline/baseline.ts';
import type { Ground } from './ground.ts';
import { propagationRules } from './propagation-rules.ts';

/** Settings that say how names in files are read; everything else of a source stays at home. */
const naming = ['namespace', 'dialect', 'defaultDatabase', 'defaultSchema'];

/** A revision as lines that a check can lay a change over. */
export async function exportedBaseline(
  { config, stores }: Ground,
  query: Query,
  asOf: string | undefined,
): Promise<{ readonly revision: Revision; readonly lines: AsyncIterable<string> }> {
  const { exportBaseline } = await import('../sync/baseline/export-baseline.ts');
  const revision = await query.at(asOf);
  const configured = new Map(config.sources.map((source) => [source.name, source]));
  const sources = (await stores.graph.sources()).map((record) => ({
    record,
    applies: configured.get(record.name)?.applies ?? {},
    naming: namingOf(configured.get(record.name)),
  }));
  const head: BaselineHead = {
    format: 'lexline-baseline-1',
    revision: revision.n,
    knownBy: revision.publishedAt,
    madeBy: `Lexline ${productVersion()}`,
    timezone: config.timezone,
    namespaces: config.namespaces,
    sources,
  };
  return { revision, lines: exportBaseline(stores.graph, head) };
}

function namingOf(source: SourceConfig | undefined): Readonly<Record<string, string>> {
  const { settings } = source ?? {};
  if (settings === null || typeof settings !== 'object') return {};
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]: [string, unknown]) =>
      naming.includes(key) && typeof value === 'string' ? [[key, value]] : [],
    ),
  );
}

/** Puts a baseline into the product's empty stores. */
export async function importedBaseline(ground: Ground, file: string): Promise<BaselineHead> {
  const { importBaseline } = await import('../sync/baseline/import-baseline.ts');
  const actor = { kind: 'process', id: 'lexline check' } as const;
  return importBaseline(ground.stores.graph, file, { rules: await propagationRules(ground), actor });
}
