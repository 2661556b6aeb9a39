import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { Uid } from '../model/ids.ts';
import { indirectKinds, directKinds } from '../model/edge.ts';
import { maySee, maySeeName } from '../access/viewer.ts';
import type { QueryContext } from './context.ts';
import { inBatches } from '../stores/in-batches.ts';

/** Records by identity; what was never named has none. */
export async function readRecords(
  context: QueryContext,
  uids: readonly Uid[],
  n: number,
): Promise<ReadonlyMap<Uid, EntityRecord>> {
  const unique = [...new Set(uids)];
  const records = await inBatches(unique, (batch) => context.graph.get(batch, n));
  return new Map(records.flatMap((record) => (record === null ? [] : [[record.uid, record] as const])));
}

/** Whether a dataset or job record may be seen by the viewer. */
export function isVisible(context: QueryContext, record: EntityRecord): boolean {
  const sources = record.assertions.map(({ source }) => source);
  return (
    maySee(context.scope, sources) && maySeeName(context.scope, record) && context.hidden?.has(record.uid) !== true
  );
}

/**
 * Of the given records those that are there at `n`: a source asserts them, or an edge that is alive touches them. A field
 * or dataset that is gone has a record too, but nothing holds it up.
 */
export async function readStanding(
  context: QueryContext,
  records: readonly EntityRecord[],
  n: number,
): Promise<ReadonlySet<Uid>> {
  const standing = new Set<Uid>();
  const doubtful: Uid[] = [];
  for (const { uid, assertions } of records) {
    if (assertions.length > 0) standing.add(uid);
    else doubtful.push(uid);
  }
  const kinds = [...directKinds, ...indirectKinds, 'DATASET' as const];
  for (const direction of ['downstream', 'upstream'] as const) {
    const open = doubtful.filter((uid) => !standing.has(uid));
    if (open.length === 0) break;
    for (let after: string | undefined; ;) {
      const page = await context.graph.edges(open, direction, kinds, n, {
        first: 1000,
        ...(after === undefined ? {} : { after }),
      });
      for (const edge of page.items) standing.add(direction === 'downstream' ? edge.from : edge.to);
      if (page.cursor === null || open.every((uid) => standing.has(uid))) break;
      after = page.cursor;
    }
  }
  return standing;
}
