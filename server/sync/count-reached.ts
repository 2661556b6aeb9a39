import type { Uid } from '../model/ids.ts';
import type { EntityRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';
import { sees, type SeenSources } from './queue-index.ts';

const depth = 20;
/** Fields of a group that are followed: what more of them reach is rarely something else. */
const mostStarts = 200;
/** Fields looked at one by one for somebody who sees some sources only. */
const mostLookedAt = 5000;

/**
 * How many fields the values of these flow to. Of somebody who sees some sources only those fields are counted that such a
 * source describes: a number would tell of the others.
 */
export async function countReached(
  graph: Pick<GraphStore, 'count' | 'walk' | 'get'>,
  fields: readonly Uid[],
  n: number,
  seen: SeenSources,
): Promise<number> {
  const walk = { from: fields.slice(0, mostStarts), direction: 'downstream' as const, depth, n };
  if (seen === 'all') return (await graph.count(walk)).fields;
  const own = new Set(fields);
  const { hits } = await graph.walk({ ...walk, first: mostLookedAt });
  const uids = hits.map(({ uid }) => uid).filter((uid) => !own.has(uid));
  const records = await inBatches(uids, (batch) => graph.get(batch, n));
  const sourcesOf = ({ assertions }: EntityRecord): readonly string[] => assertions.map(({ source }) => source);
  return records.filter((record) => record?.kind === 'field' && sees(seen, sourcesOf(record))).length;
}
