import { directKinds } from '../../model/edge.ts';
import { byClaim } from '../graph/edge-order.ts';
import type { CountRequest, PathRequest, PathResult, WalkRequest, WalkResult } from '../graph/graph-store.ts';
import { checkDepth, defaultBudget, lookAhead, offsetOfWalk, pageOfWalk, tooCostlyPath } from '../graph/walk-page.ts';
import { edgesBetween } from './edge-rows.ts';
import { uidReader } from './names-of-ids.ts';
import type { Engine } from './engine.ts';
import type { Connection } from './prepared.ts';
import { idsOf, reach, type Reached } from './reach.ts';

/** The last searches of published revisions, which never change: pages of one walk are one search, the first of them twice. */
interface Remembered {
  readonly key: string;
  readonly reached: Reached;
}
const remembered = new WeakMap<Connection, readonly Remembered[]>();
const rememberedSearches = 3;

/** A search is remembered with so much beyond its page that the next pages need no other, and doubles that as they go on. */
const firstHorizon = 500;

function horizonOf(wanted: number): number {
  let horizon = firstHorizon;
  while (horizon < wanted + lookAhead) horizon *= 2;
  return horizon;
}

function reachOnce({ connection, isStopped }: Engine, request: CountRequest): Reached {
  const { from, direction, depth, kinds, n, budget } = request;
  const head = connection.sql('SELECT published FROM head').get();
  if (n > Number(head?.['published'])) return reach(connection, request, isStopped);
  const key = JSON.stringify([from, direction, depth, kinds, n, budget]);
  const searches = remembered.get(connection) ?? [];
  const known = searches.find((search) => search.key === key);
  const reached = known?.reached ?? reach(connection, request, isStopped);
  const others = searches.filter((search) => search !== known).slice(0, rememberedSearches - 1);
  remembered.set(connection, [{ key, reached }, ...others]);
  return reached;
}

export function walk(engine: Engine, request: WalkRequest): WalkResult {
  const offset = offsetOfWalk(request);
  const { from, direction, depth, kinds, n, first, budget = defaultBudget } = request;
  const horizon = Math.min(budget, horizonOf(offset + first));
  const asked = { from, direction, depth, n, budget: horizon, ...(kinds === undefined ? {} : { kinds }) };
  const { visits, stopped } = reachOnce(engine, asked);
  const uid = uidReader(engine.connection);
  return pageOfWalk(visits, stopped, { n, first, offset }, (visit) => ({
    uid: uid(visit.id),
    degree: visit.degree,
    via: uid(visit.via),
  }));
}

/**
 * Walks downstream until the target is met, then follows the way back. A thing reaches itself by no edge at all. Fails with
 * QUERY_TOO_COSTLY when the budget ends before either is known.
 */
export function shortestPath({ connection, isStopped }: Engine, request: PathRequest): PathResult | null {
  checkDepth(request.maxDepth);
  const { from, to, maxDepth: depth, n, kinds = directKinds } = request;
  if (from === to) return { edges: [] };
  const [target] = idsOf(connection, [to]);
  if (target === undefined) return null;
  const asked: CountRequest = { from: [from], direction: 'downstream', depth, n, kinds };
  const { visits, stopped } = reach(connection, asked, isStopped, target);
  if (stopped === 'budget') throw tooCostlyPath(visits.length);
  if (visits.at(-1)?.id !== target) return null;
  const via = new Map(visits.map((visit) => [visit.id, visit.via]));
  const edges: PathResult['edges'][number][] = [];
  let at = target;
  for (let before = via.get(at); before !== undefined; before = via.get(at)) {
    edges.push(...edgesBetween(connection, before, at, kinds, n).toSorted(byClaim).slice(0, 1));
    at = before;
  }
  return { edges: edges.reverse() };
}
