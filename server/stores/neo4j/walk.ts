import { directKinds } from '../../model/edge.ts';
import { LexlineError } from '../../base/errors.ts';
import type {
  CountRequest,
  CountResult,
  PathRequest,
  PathResult,
  WalkRequest,
  WalkResult,
} from '../graph/graph-store.ts';
import { fromCursor, limitOf, toCursor } from '../cursor.ts';
import { whole, type Database } from './database.ts';
import { edgesAlong, isFlowing } from './flows.ts';
import { readAt, readWithHead, type Reading } from './read-at.ts';
import { createSearch, type Search } from './search-breadth.ts';

/** A walk looks beyond the page that is asked for, up to this many things: a smaller one says exactly how many are left. */
const lookAhead = 200;

/** Searches of published revisions that are remembered: pages of one walk are one search. */
const rememberedSearches = 8;

const defaultBudget = 1_000_000;

function checkDepth(depth: number): void {
  if (!Number.isInteger(depth) || depth < 1 || depth > 1000)
    throw new LexlineError('INPUT_INVALID', `[stores] depth ${depth} is not a whole number from 1 to 1000`);
}

/** Walks on one database. */
export interface Walks {
  walk(request: WalkRequest, signal?: AbortSignal): Promise<WalkResult>;
  count(request: CountRequest, signal?: AbortSignal): Promise<CountResult>;
  path(request: PathRequest, signal?: AbortSignal): Promise<PathResult | null>;
}

export function createWalks(database: Database): Walks {
  const remembered = new Map<string, Search>();

  /** Takes the search out while it is used: two at once would disturb each other. */
  const take = (key: string, request: CountRequest): Search => {
    const known = remembered.get(key);
    remembered.delete(key);
    return known ?? createSearch(request);
  };
  const keep = (key: string, search: Search) => {
    remembered.set(key, search);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedSearches && oldest !== undefined) remembered.delete(oldest);
  };

  return {
    async walk(request, signal) {
      checkDepth(request.depth);
      limitOf(request);
      const { n, first } = request;
      const offset = offsetOf(request);
      const { from, direction, depth, kinds, budget } = request;
      const key = JSON.stringify([from, direction, depth, kinds, n, budget]);
      const { result: search, published } = await readWithHead(
        database,
        n,
        async (reading) => {
          // A transaction that is done again must not go on with a search that the failed one left half-way.
          const own = take(key, request);
          await own.grow(reading, offset + first + lookAhead);
          return own;
        },
        signal,
      );
      if (n <= published) keep(key, search);
      return toResult(search, n, offset, first);
    },
    count(request, signal) {
      checkDepth(request.depth);
      return readAt(database, request.n, (reading) => countReached(reading, request), signal);
    },
    path(request, signal) {
      checkDepth(request.maxDepth);
      return readAt(database, request.n, (reading) => shortestPath(reading, request), signal);
    },
  };
}

function offsetOf({ n, after }: WalkRequest): number {
  if (after === undefined) return 0;
  const [revision, offset = 0] = fromCursor(after, 2).map(Number);
  if (revision !== n || !Number.isSafeInteger(offset) || offset < 0)
    throw new LexlineError('INPUT_INVALID', '[stores] this cursor belongs to another revision', {
      remedy: 'Ask at the revision of the first page.',
    });
  return offset;
}

function toResult(search: Search, n: number, offset: number, first: number): WalkResult {
  const { hits } = search;
  const end = search.ended();
  const page = hits.slice(offset, offset + first);
  const left = hits.length - offset - page.length;
  return {
    hits: page,
    explored: hits.length,
    truncated:
      left > 0
        ? { reason: 'first', remaining: end === null ? left : null }
        : end === null || end === undefined
          ? null
          : { reason: end, remaining: null },
    cursor: left > 0 ? toCursor([n, offset + page.length]) : null,
  };
}

/**
 * Counts at the server in one statement: a pruning breadth-first expansion finds what lies nearer than the depth, each thing
 * once, whatever the number of paths; the edges that leave it are those that the walk goes along. They name the jobs and lead to
 * everything that is reached. The depth stands in the text, where a bound must, and was checked to be a small whole number.
 */
async function countReached({ ask, n }: Reading, request: CountRequest): Promise<CountResult> {
  const { depth, direction, kinds = directKinds, budget = defaultBudget } = request;
  const from = [...new Set(request.from)];
  const [left, right] = direction === 'downstream' ? ['-', '->'] : ['<-', '-'];
  const [row] = await ask(
    `UNWIND $from AS uid MATCH (s:Entity {uid: uid}) WITH collect(s) AS starts UNWIND starts AS s
     MATCH (s)${left}[rs:FLOWS*0..${depth - 1}]${right}(x) WHERE all(r IN rs WHERE ${isFlowing(kinds)})
     WITH DISTINCT starts, x LIMIT $limit
     MATCH (x)${left}[r:FLOWS]${right}(y) WHERE ${isFlowing(kinds)}
     WITH r.job AS job, CASE WHEN y IN starts THEN null ELSE y END AS y
     RETURN count(DISTINCT y) AS things, count(DISTINCT CASE WHEN y:Field THEN y END) AS fields,
       count(DISTINCT CASE WHEN y:Field THEN y.parent WHEN y:Dataset THEN y.uid END) AS datasets, count(DISTINCT job) AS jobs`,
    { from, kinds, n, limit: whole(budget + from.length + 1) },
  );
  const count = (column: string) => Number(row?.[column] ?? 0);
  return {
    fields: count('fields'),
    datasets: count('datasets'),
    jobs: count('jobs'),
    complete: count('things') <= budget,
  };
}

/** One shortest path between two things, searched by the server; its edges are read afterwards. */
async function shortestPath(reading: Reading, request: PathRequest): Promise<PathResult | null> {
  const { from, to, maxDepth, kinds = directKinds } = request;
  if (from === to) return { edges: [] };
  const [row] = await reading.ask(
    `MATCH p = SHORTEST 1 (s:Entity {uid: $from})(()-[r:FLOWS WHERE ${isFlowing(kinds)}]->()){1,${maxDepth}}(t:Entity {uid: $to})
     RETURN [x IN nodes(p) | x.uid] AS path`,
    { from, to, kinds, n: reading.n },
  );
  if (row === undefined) return null;
  return { edges: await edgesAlong(reading, row['path'] as readonly string[], kinds) };
}
