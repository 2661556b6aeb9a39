import type { Uid } from '../../model/ids.ts';
import type { Direction, EntityRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';
import { readRecords } from '../entities.ts';
import { jobView } from '../entity-views.ts';
import { readEdges } from './read-edges.ts';

/** The jobs that move data on the way of a walk. */
export interface JobsOnTheWay {
  readonly jobs: ReadonlyMap<Uid, EntityRecord>;
  /** Statements of these jobs whose columns could not all be told: the walk may have missed what they do. */
  readonly unparsedStatements: number;
}

/**
 * The jobs of the edges that were walked, and those that read (downstream) or write (upstream) the datasets that were
 * passed, whose columns may be unknown to the walk.
 */
export async function readJobsOnTheWay(
  context: QueryContext,
  walked: Iterable<Uid>,
  datasets: readonly Uid[],
  directions: readonly Direction[],
  n: number,
): Promise<JobsOnTheWay> {
  const uids = new Set(walked);
  for (const direction of directions) {
    const { edges } = await readEdges(context, { uids: datasets, direction, kinds: ['DATASET'], n, keep: () => true });
    for (const { job } of edges) if (job !== null) uids.add(job);
  }
  const jobs = await readRecords(context, [...uids], n);
  let unparsedStatements = 0;
  for (const record of jobs.values()) {
    const { tables, failed } = jobView(record).statements;
    unparsedStatements += tables + failed;
  }
  return { jobs, unparsedStatements };
}
