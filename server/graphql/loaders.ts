import DataLoader from 'dataloader';
import type { Uid } from '../model/ids.ts';
import type { LineageLink } from '../model/lineage-graph.ts';
import type { EdgeStatement } from '../query/edge-statements.ts';
import type { SyncReport } from '../sync/sync.ts';
import type { Freshness, Impact, ImpactRequest, JobView, SubjectView } from '../query/answers.ts';
import type { DatasetSummary, DatasetView, FieldView, Query, SourceRecord } from '../query/query.ts';

/** Reads of one revision, gathered: whatever a page asks for is one call per kind of thing. */
export interface RevisionLoaders {
  readonly dataset: DataLoader<Uid, DatasetView | null>;
  readonly field: DataLoader<Uid, FieldView | null>;
  readonly summary: DataLoader<Uid, DatasetSummary>;
  readonly subject: DataLoader<Uid, SubjectView | null>;
  readonly job: DataLoader<Uid, JobView | null>;
  readonly statement: DataLoader<LineageLink, EdgeStatement | null>;
}

/** The loaders of one request. */
export interface Loaders {
  at(n: number): RevisionLoaders;
  readonly freshness: DataLoader<readonly string[], Freshness, string>;
  readonly lastReport: DataLoader<string, SyncReport | null>;
  readonly impact: DataLoader<ImpactRequest, Impact, string>;
  /** All sources that the viewer may see, by name. */
  sources(): Promise<ReadonlyMap<string, SourceRecord>>;
}

export function createLoaders(query: Query, lastReport: (source: string) => Promise<SyncReport | null>): Loaders {
  const byRevision = new Map<number, RevisionLoaders>();
  let sources: Promise<ReadonlyMap<string, SourceRecord>> | undefined;
  return {
    at(n) {
      let loaders = byRevision.get(n);
      if (loaders === undefined) {
        loaders = {
          dataset: new DataLoader((uids) => query.datasetsByUid(uids, n)),
          field: new DataLoader((uids) => query.fieldsByUid(uids, n)),
          summary: new DataLoader((uids) => query.summaries(uids, n)),
          subject: new DataLoader((uids) => query.subjects(uids, n)),
          job: new DataLoader((uids) => query.jobsByUid(uids, n)),
          statement: new DataLoader((links) =>
            query.edgeStatements(
              links.map(({ from, to, fn, statement = null }) => ({ from, to, fn, statement })),
              n,
            ),
          ),
        };
        byRevision.set(n, loaders);
      }
      return loaders;
    },
    freshness: new DataLoader((all) => Promise.all(all.map((one) => query.freshness(one))), {
      cacheKeyFn: (names) => JSON.stringify(names),
    }),
    lastReport: new DataLoader((names) => Promise.all(names.map(lastReport))),
    impact: new DataLoader((requests) => Promise.all(requests.map((request) => query.impact(request))), {
      cacheKeyFn: ({ origin, direction, n }) => `${n} ${direction} ${origin}`,
    }),
    sources() {
      sources ??= query.sources().then((all) => new Map(all.map((record) => [record.name, record])));
      return sources;
    },
  };
}
