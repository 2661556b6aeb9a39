import { directKinds } from '../../model/edge.ts';
import { LexlineError } from '../../base/errors.ts';
import type { CountRequest, PathRequest, PathResult, WalkRequest, WalkResult } from '../graph/graph-store.ts';
import { edgesBetween } from './edge-rows.ts';
import { uidReader } from './names-of-ids.ts';
import type { Engine } from './engine.ts';
import type { Connection } from './prepared.ts';
import { defaultBudget, idsOf, reach, type Reached } from './reach.ts';
import { fromCursor, limitOf, toCursor } from '../cursor.ts';

/** Fails with INPUT_INVALID for a depth that no walk has. */
export function checkDepth(depth: number): void {
  if (!Number.isInteger(depth) || depth < 1 || depth > 1000)
    throw new LexlineError('INPUT_INVALID', `[stores] depth ${depth} is not a whole number from 1 to 1000`);
}

/** The last searches of published revisions, which never change: pages of one walk are one search, the first of them twice. */
interface Remembered {
  readonly key: string;
  readonly reached: Reached;
}
const remembered = new WeakMap<Connection, readonly Remembered[]>();
const rememberedSearches = 3;

/**
 * A walk looks so far beyond the page that is asked for, and doubles that as pages go on: a hub costs its first neighbours, not
 * all that lies behind them. Where less is left, the answer says exactly how much.
 */
const lookAhead = 1000;

function horizonOf(wanted: number): number {
  let horizon = lookAhead * 2;
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
  checkDepth(request.depth);
  limitOf(request);
  const [n, offset = 0] = request.after === undefined ? [request.n, 0] : fromCursor(request.after, 2).map(Number);
  if (n !== request.n || !Number.isSafeInteger(offset) || offset < 0)
    throw new LexlineError('INPUT_INVALID', '[stores] this cursor belongs to another revision', {
      remedy: 'Ask at the revision of the first page.',
    });
  const { budget = defaultBudget } = request;
  const horizon = Math.min(budget, horizonOf(offset + request.first));
  const { from, direction, depth, kinds } = request;
  const asked = { from, direction, depth, n, budget: horizon, ...(kinds === undefined ? {} : { kinds }) };
  const { visits, stopped } = reachOnce(engine, asked);
  const page = visits.slice(offset, offset + request.first);
  const uid = uidReader(engine.connection);
  const left = visits.length - offset - page.length;
  return {
    hits: page.map((visit) => ({ uid: uid(visit.id), degree: visit.degree, via: uid(visit.via) })),
    explored: visits.length,
    truncated:
      left > 0
        ? { reason: 'first', remaining: stopped === null ? left : null }
        : stopped === null
          ? null
          : { reason: stopped, remaining: null },
    cursor: left > 0 ? toCursor([request.n, offset + page.length]) : null,
  };
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
  if (stopped === 'budget')
    throw new LexlineError('QUERY_TOO_COSTLY', `[stores] no path was found among the ${visits.length} nearest things`, {
      remedy: 'Ask with a smaller depth, or from a thing that is nearer.',
    });
  if (visits.at(-1)?.id !== target) return null;
  const via = new Map(visits.map((visit) => [visit.id, visit.via]));
  const edges: PathResult['edges'][number][] = [];
  let at = target;
  for (let before = via.get(at); before !== undefined; before = via.get(at)) {
    edges.push(...edgesBetween(connection, before, at, kinds, n).slice(0, 1));
    at = before;
  }
  return { edges: edges.reverse() };
}
