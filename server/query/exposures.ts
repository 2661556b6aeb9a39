import { saidFacets, shownFacet, type JobFacets } from '../model/facets.ts';
import type { Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { eachPage } from './paging.ts';

/** A report, dashboard or application outside. It writes nothing, so no edge leads to it. */
export interface Exposure {
  readonly uid: Uid;
  /** Datasets that it reads. */
  readonly inputs: readonly Uid[];
  readonly sources: readonly string[];
}

/** All exposures at `n`. Reads every job; ask through a memory by revision. */
export async function readExposures(graph: GraphStore, n: number): Promise<readonly Exposure[]> {
  const exposures: Exposure[] = [];
  for await (const jobs of eachPage((page) => graph.list({ kind: 'job' }, n, page)))
    for (const job of jobs) {
      if (shownFacet<JobFacets, 'core'>(job, 'core')?.kind !== 'exposure') continue;
      const inputs = [...new Set(saidFacets<JobFacets, 'io'>(job, 'io').flatMap((io) => io.inputs))];
      exposures.push({ uid: job.uid, inputs, sources: job.assertions.map(({ source }) => source) });
    }
  return exposures;
}
