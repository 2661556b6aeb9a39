import { directKinds } from '../model/edge.ts';
import type { Uid } from '../model/ids.ts';
import { applyEffect } from '../model/treatment.ts';
import type { QueryContext } from './context.ts';
import { readJudged } from './judged.ts';
import { collectWalk } from './lineage/collect-walk.ts';
import { readEdges } from './lineage/read-edges.ts';
import type { PropagatedState } from './origins.ts';

const maxDepth = 20;
/** Fields upstream that are looked at. */
const maxFields = 500;
/** Ways that are tried, the longest first. */
const maxWays = 5;

/**
 * How a category also reaches a field that carries it by its own verdict, from the farthest field upstream that carries it:
 * the propagation keeps no row there, because the field is an origin itself. In order from there to the field; empty: it does
 * not, or not within the limits.
 */
export async function upstreamWitness(
  context: QueryContext,
  field: Uid,
  category: string,
  n: number,
): Promise<readonly PropagatedState[]> {
  const request = { from: [field], direction: 'upstream', depth: maxDepth, kinds: directKinds, n } as const;
  const { hits } = await collectWalk(context, request, maxFields);
  const judged = await readJudged(
    context,
    hits.map(({ uid }) => uid),
    n,
  );
  const via = new Map(hits.map((hit) => [hit.uid, hit.via]));
  const carriers = hits.filter(({ uid }) =>
    judged.get(uid)?.effective.classifications.some((one) => one.category === category),
  );
  for (const { uid } of carriers.toReversed().slice(0, maxWays)) {
    const way = [uid];
    for (let step = via.get(uid); step !== undefined; step = via.get(step)) way.push(step);
    const states = await treatedOnTheWay(context, way, category, n);
    if (states !== null) return states;
  }
  return [];
}

/** The value's states along a way of fields; null where nothing of it remains at the end. */
async function treatedOnTheWay(
  context: QueryContext,
  way: readonly Uid[],
  category: string,
  n: number,
): Promise<readonly PropagatedState[] | null> {
  const [first, ...rest] = way;
  if (first === undefined) return null;
  const onTheWay = new Set(way);
  const { edges } = await readEdges(context, {
    uids: rest,
    direction: 'upstream',
    kinds: directKinds,
    n,
    keep: (edge) => onTheWay.has(edge.from),
  });
  const vouched = await context.vouched(n);
  const states: PropagatedState[] = [{ field: first, category, treatment: 'clear' }];
  for (const to of rest) {
    const before = states.at(-1);
    const [treatment] = edges.flatMap((edge) => {
      if (before === undefined || edge.from !== before.field || edge.to !== to) return [];
      const after = applyEffect(before.treatment, vouched.effectOf(edge));
      return after === null ? [] : [after];
    });
    if (treatment === undefined) return null;
    states.push({ field: to, category, treatment });
  }
  return states;
}
