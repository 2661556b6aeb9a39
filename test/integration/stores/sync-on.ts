import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import { digestOf } from '../../../server/model/json.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import { everyPage } from '../../../server/stores/every-page.ts';
import type { GraphStore } from '../../../server/stores/graph/graph-store.ts';
import type { Ledger } from '../../../server/stores/ledger/ledger.ts';
import type { StateStore } from '../../../server/stores/state/state-store.ts';
import { createSync } from '../../../server/sync/create-sync.ts';
import type { ConfiguredSource } from '../../../server/sync/source.ts';
import type { SyncProgress, SyncReport } from '../../../server/sync/sync.ts';

/** What a sync needs of any engine. */
export interface SyncStores {
  readonly graph: GraphStore;
  readonly ledger: Ledger;
  readonly state: StateStore;
}

/** One whole sync of a source: read, resolve, write, judge, propagate. */
export async function syncOn(
  stores: SyncStores,
  source: ConfiguredSource,
  onProgress: (progress: SyncProgress) => void = () => {},
): Promise<SyncReport> {
  const sqlEngine = createSqlEngine({ workers: 1 });
  const taxonomy = loadTaxonomy();
  try {
    const sync = createSync({
      stores,
      sources: [source],
      sqlEngine,
      classifier: createClassifier({ taxonomy }),
      taxonomy,
      rules: loadPropagationRules(),
      namespaces: {},
      clock: systemClock,
      log: silentLog,
      leaseMs: 8000,
    });
    return await sync.run({ source: source.name, actor: { kind: 'process', id: 'test' }, onProgress });
  } finally {
    await sqlEngine.close();
  }
}

/** Everything that a graph holds now, apart from when it was opened and judged: engines that hold the same tell the same. */
export async function contentsOf(graph: GraphStore): Promise<Record<string, unknown>> {
  const { published, open } = await graph.head();
  const told: Record<string, unknown> = { open };
  for (const what of ['entities', 'docs', 'edges', 'evidence', 'verdicts', 'derived', 'entered'] as const) {
    const lines: string[] = [];
    for await (const row of everyPage((page) => graph.scan(what, published, page)))
      lines.push(digestOf({ ...row, at: '', since: 0 }));
    told[what] = { rows: lines.length, distinct: new Set(lines).size, digest: digestOf(lines.toSorted()) };
  }
  return told;
}
