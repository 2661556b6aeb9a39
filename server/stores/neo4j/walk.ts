import { directKinds } from '../../model/edge.ts';
import type {
  CountRequest,
  CountResult,
  PathRequest,
  PathResult,
  WalkRequest,
  WalkResult,
} from '../graph/graph-store.ts';
import { checkDepth, defaultBudget, lookAhead, offsetOfWalk, pageOfWalk } from '../graph/walk-page.ts';
import { whole, type Database } from './database.ts';
import { isFlowing } from './flows.ts';
import { readAt, readWithHead, type Reading } from './read-at.ts';
import { createSearch, type Search } from './search-breadth.ts';
import { shortestPath } from './shortest-path.ts';

/** Searches of published revisions that are remembered: pages of one walk are one search. */
const rememberedSearches = 8;

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
      const { n, first } = request;
      const offset = offsetOfWalk(request);
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
      return pageOfWalk(search.hits, search.ended(), { n, first, offset }, (hit) => hit);
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
