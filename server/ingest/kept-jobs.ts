import type { Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { isRecord } from './guards.ts';

/** A job of which SQL told before: the datasets that it read and wrote. */
export interface JobBefore {
  readonly datasets: readonly Uid[];
}

/** What SQL told of each of these jobs of a source, in the order asked; null where no SQL of it was ever understood. */
export async function sqlToldBefore(
  graph: Pick<GraphStore, 'get'>,
  source: string,
  jobs: readonly Uid[],
  n: number,
): Promise<readonly (JobBefore | null)[]> {
  const found = await graph.get(jobs, n);
  return found.map((job) => {
    const facets = job?.assertions.find((assertion) => assertion.source === source)?.facets ?? {};
    const sql = facets['sql'];
    const statements = isRecord(sql) ? sql['statements'] : null;
    if (!Array.isArray(statements) || !statements.some(isUnderstood)) return null;
    const io = facets['io'];
    return { datasets: isRecord(io) ? [...textsOf(io['inputs']), ...textsOf(io['outputs'])] : [] };
  });
}

function isUnderstood(statement: unknown): boolean {
  return isRecord(statement) && statement['parseStatus'] !== 'failed';
}

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((each): each is string => typeof each === 'string') : [];
}
