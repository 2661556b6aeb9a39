import type { Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
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
  let count = 0;
  for (let at = 0; at < uids.length; at += 1000)
    for (const record of await graph.get(uids.slice(at, at + 1000), n))
      if (
        record?.kind === 'field' &&
        sees(
          seen,
          record.assertions.map(({ source }) => source),
        )
      )
        count += 1;
  return count;
}
