import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { shapes, type Route } from './shapes.ts';

type Sparse = { readonly indices: readonly number[]; readonly values: readonly number[] };
type Dense = readonly number[];
interface Point {
  readonly id: string;
  readonly vector: Readonly<Record<string, Sparse | Dense>>;
  readonly payload: Readonly<Record<string, unknown>>;
}
type Condition = {
  readonly key: string;
  readonly match?: { readonly any: readonly string[] };
  readonly range?: { readonly lte?: number; readonly gt?: number };
};
interface Prefetch {
  readonly query: Sparse | Dense | { readonly fusion: string };
  readonly using?: string;
  readonly filter?: { readonly must: readonly Condition[] };
  readonly prefetch?: readonly Prefetch[];
  readonly limit: number;
}
interface Collection {
  readonly params: { readonly vectors: Readonly<Record<string, { readonly size: number }>> };
  readonly points: Map<string, Point>;
}

/** What was asked of the server. */
export interface Recorded {
  readonly route: string;
  readonly query: string;
  readonly apiKey: string | undefined;
  readonly body: unknown;
}

/** A server on this machine that holds every request to the published shapes and answers as Qdrant's documents say. */
export interface LoopbackQdrant {
  readonly url: string;
  readonly requests: readonly Recorded[];
  close(): Promise<void>;
}

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const isSparse = (vector: Sparse | Dense | { readonly fusion: string }): vector is Sparse => 'indices' in vector;

function passes(point: Point, filter: Prefetch['filter']): boolean {
  return (filter?.must ?? []).every(({ key, match, range }) => {
    const value = point.payload[key];
    if (match !== undefined) return typeof value === 'string' && match.any.includes(value);
    return (
      typeof value === 'number' &&
      (range?.lte === undefined || value <= range.lte) &&
      (range?.gt === undefined || value > range.gt)
    );
  });
}

/** Sparse: the product over shared indices, each times how rare it is. Dense: cosine. */
function scored(
  collection: Collection,
  { query, using = '', filter, limit }: Prefetch,
): { point: Point; score: number }[] {
  const points = [...collection.points.values()].filter((point) => passes(point, filter));
  const vectors = [...collection.points.values()].map((point) => point.vector[using]);
  const scores = points.flatMap((point) => {
    const vector = point.vector[using];
    if (vector === undefined || 'fusion' in query) return [];
    if (isSparse(query)) {
      if (!isSparse(vector)) return [];
      let score = 0;
      for (const [i, index] of query.indices.entries()) {
        const at = vector.indices.indexOf(index);
        if (at < 0) continue;
        const holding = vectors.filter(
          (one) => one !== undefined && isSparse(one) && one.indices.includes(index),
        ).length;
        const idf = Math.log(1 + (vectors.length - holding + 0.5) / (holding + 0.5));
        score += (query.values[i] ?? 0) * (vector.values[at] ?? 0) * idf;
      }
      return score > 0 ? [{ point, score }] : [];
    }
    if (isSparse(vector)) return [];
    const length = (one: Dense) => Math.hypot(...one);
    const score = query.reduce((sum, x, i) => sum + x * (vector[i] ?? 0), 0) / (length(query) * length(vector));
    return [{ point, score }];
  });
  return scores.toSorted((a, b) => b.score - a.score).slice(0, limit);
}

function answerQuery(collection: Collection, request: Prefetch): { point: Point; score: number }[] {
  if (request.prefetch === undefined) return scored(collection, request);
  const fused = new Map<string, { point: Point; score: number }>();
  for (const way of request.prefetch)
    for (const [rank, { point }] of scored(collection, way).entries()) {
      const before = fused.get(point.id)?.score ?? 0;
      fused.set(point.id, { point, score: before + 1 / (rank + 2) });
    }
  return [...fused.values()].toSorted((a, b) => b.score - a.score).slice(0, request.limit);
}

/** Starts it. `apiKey`: what every request has to carry. */
export async function startLoopbackQdrant(apiKey?: string): Promise<LoopbackQdrant> {
  const collections = new Map<string, Collection>();
  const aliases = new Map<string, string>();
  const requests: Recorded[] = [];
  const collectionOf = (name: string): Collection => {
    const found = collections.get(name);
    if (found === undefined) throw new Refused(404, `Not found: Collection \`${name}\` doesn't exist!`);
    return found;
  };
  // Bodies were held to their shapes before they come here.
  const handlers: Readonly<Record<Route, (name: string, body: never) => unknown>> = {
    'PUT /collections/{name}': (name, body: Collection['params']) => {
      if (collections.has(name)) throw new Refused(409, 'already exists');
      collections.set(name, { params: body, points: new Map() });
      return true;
    },
    'DELETE /collections/{name}': (name) => {
      for (const [alias, target] of aliases) if (target === name) aliases.delete(alias);
      return collections.delete(name);
    },
    'GET /collections/{name}': (name) => ({ status: 'green', config: { params: collectionOf(name).params } }),
    'GET /collections': () => ({ collections: [...collections.keys()].map((name) => ({ name })) }),
    'GET /aliases': () => ({
      aliases: [...aliases].map(([alias, target]) => ({ alias_name: alias, collection_name: target })),
    }),
    'POST /collections/aliases': (
      _,
      { actions }: { actions: readonly Record<string, { alias_name: string; collection_name: string }>[] },
    ) => {
      for (const { create_alias: made, delete_alias: gone } of actions) {
        if (gone !== undefined) aliases.delete(gone.alias_name);
        if (made !== undefined) {
          collectionOf(made.collection_name);
          aliases.set(made.alias_name, made.collection_name);
        }
      }
      return true;
    },
    'PUT /collections/{name}/index': (name) => ({ status: 'completed', collection: collectionOf(name).points.size }),
    'PUT /collections/{name}/points': (name, { points }: { points: readonly Point[] }) => {
      for (const point of points) {
        for (const [vector, { size }] of Object.entries(collectionOf(name).params.vectors)) {
          const given = point.vector[vector];
          if (Array.isArray(given) && given.length !== size)
            throw new Refused(400, 'Wrong input: Vector dimension error');
        }
        collectionOf(name).points.set(point.id, point);
      }
      return { operation_id: 1, status: 'completed' };
    },
    'POST /collections/{name}/points': (name, { ids }: { ids: readonly string[] }) =>
      ids.flatMap((id) => collectionOf(name).points.get(id) ?? []),
    'POST /collections/{name}/points/scroll': (name, { limit, offset }: { limit: number; offset?: string }) => {
      const points = [...collectionOf(name).points.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const from = offset === undefined ? points : points.filter(({ id }) => id >= offset);
      return { points: from.slice(0, limit), next_page_offset: from[limit]?.id ?? null };
    },
    'POST /collections/{name}/points/count': (name) => ({ count: collectionOf(name).points.size }),
    'POST /collections/{name}/points/delete': (name, { filter }: Prefetch) => {
      const { points } = collectionOf(name);
      for (const [id, point] of points) if (passes(point, filter)) points.delete(id);
      return { operation_id: 2, status: 'completed' };
    },
    'POST /collections/{name}/points/query': (name, body: Prefetch) => ({
      points: answerQuery(collectionOf(name), body).map(({ point, score }) => ({ ...point, version: 1, score })),
    }),
  };
  const server = createServer((request, response) => {
    void (async () => {
      try {
        const result = await answer(request);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ result, status: 'ok', time: 0 }));
      } catch (error) {
        const status = error instanceof Refused ? error.status : 500;
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ status: { error: String(error) }, time: 0 }));
      }
    })();
  });
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const isAliases = pathname === '/collections/aliases';
    const name = isAliases ? '' : decodeURIComponent(/^\/collections\/([^/]+)/u.exec(pathname)?.[1] ?? '');
    const route = `${request.method ?? ''} ${name === '' ? pathname : pathname.replace(/^\/collections\/[^/]+/u, '/collections/{name}')}`;
    const key = request.headers['api-key'];
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    requests.push({ route, query: search, apiKey: typeof key === 'string' ? key : undefined, body });
    if (apiKey !== undefined && key !== apiKey) throw new Refused(401, 'Invalid API key');
    if (!Object.hasOwn(shapes, route)) throw new Refused(404, `no route ${route}`);
    const known = route as Route;
    const checked = shapes[known].safeParse(body);
    if (!checked.success) throw new Refused(422, `${route}: ${checked.error.message}`);
    return handlers[known](name, checked.data as never);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
