import { requireWholeNaming } from '../base/source-naming.ts';
import { productVersion } from '../base/version.ts';
import type { Query, Revision } from '../query/query.ts';
import type { BaselineHead } from '../sync/baseline/baseline.ts';
import type { ImportedBaseline } from '../sync/baseline/import-baseline.ts';
import type { Ground } from './ground.ts';
import { propagationRules } from './propagation-rules.ts';

/** A revision as lines that a check can lay a change over. Of a source's settings only how names are read goes along. */
export async function exportedBaseline(
  { config, stores }: Ground,
  query: Query,
  asOf: string | undefined,
): Promise<{ readonly revision: Revision; readonly lines: AsyncIterable<string> }> {
  const { exportBaseline } = await import('../sync/baseline/export-baseline.ts');
  const revision = await query.at(asOf);
  for (const { name, naming } of config.sources) requireWholeNaming(name, naming);
  const configured = new Map(config.sources.map((source) => [source.name, source]));
  const sources = (await stores.graph.sources()).map((record) => ({
    record,
    applies: configured.get(record.name)?.applies ?? {},
    naming: configured.get(record.name)?.naming ?? {},
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
  return { revision, lines: exportBaseline(stores.graph, head, (await query.coverage(revision.n)).gaps) };
}

/** Puts a baseline into the product's empty stores. */
export async function importedBaseline(ground: Ground, file: string): Promise<ImportedBaseline> {
  const { importBaseline } = await import('../sync/baseline/import-baseline.ts');
  const actor = { kind: 'process', id: 'lexline check' } as const;
  return importBaseline(ground.stores.graph, file, { rules: await propagationRules(ground), actor });
}
