import type { IncomingMessage, Server } from 'node:http';
import cors from 'cors';
import express, { type Request, type RequestHandler, type Router } from 'express';
import type { ExchangedTokens } from '../access/exchanged-tokens.ts';
import type { SignInMethod, SignInResult } from '../access/sign-in.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Log } from '../base/log.ts';
import type { Query } from '../query/query.ts';
import { createDrain } from './drain.ts';
import { errorHandler, onlyContentType, onlyMethods, safeHeaders } from './guards.ts';
import { createRequestMeter, graphLines, metric, processLines } from './metrics.ts';
import { tokenExchange } from './token-exchange.ts';
import { traceRequests } from './trace-requests.ts';
import { createWhoAsks, needs } from './who-asks.ts';

/** Largest body that is read. */
const maxBody = '1mb';
/** Time that running requests have when the server goes down. */
const drainMs = 10_000;

export interface RouterOptions {
  readonly query: Query;
  /** The GraphQL door, made by `server/graphql/create-graphql.ts`: the composition hands it in, doors do not know each other. */
  readonly graphql: {
    handler(viewerOf: (request: Request) => Viewer): RequestHandler;
    stream(viewerOf: (request: Request) => Viewer): RequestHandler;
    listed(viewerOf: (request: Request) => Viewer): RequestHandler;
    figures(): {
      readonly operations: number;
      readonly failed: number;
      readonly refused: number;
      readonly seconds: number;
    };
    close(): Promise<void>;
  };
  /** Further routes, behind the sign-in. */
  readonly doors?: readonly ((viewerOf: (request: Request) => Viewer) => RequestHandler)[];
  /** Routes whose calls prove by themselves who they are from; without sign-in still for this machine only. */
  readonly signedDoors?: readonly RequestHandler[];
  /** Lines for `/metrics` beside those of the router. */
  readonly figures?: () => Promise<readonly string[]>;
  /** The web pages; asked for whatever no other route answers. */
  readonly pages?: RequestHandler;
  /** Who a request comes from. Left out: there is no sign-in, and only this machine is answered. */
  readonly signIn?: (request: IncomingMessage) => Promise<SignInResult>;
  /** Requests of one caller in a minute. Default: as many as it likes. */
  readonly requestsPerMinute?: number;
  /** Origins of pages elsewhere that may ask from a browser. Default: none. */
  readonly origins?: readonly string[];
  /** Lets the back ends of catalogs get tokens for their users. */
  readonly exchange?: { readonly users: SignInMethod; readonly tokens: ExchangedTokens };
  readonly log: Log;
}

/** The routes, to be mounted on an Express application or listened to by {@link file://./listen.ts}. */
export interface LexlineRouter {
  readonly router: Router;
  /** Watches a server's connections, so that `close` can let them end. */
  attach(server: Server): void;
  /** Refuses new requests, lets running ones end (at most ten seconds), lets go of what the doors hold. */
  close(): Promise<void>;
}

/** `POST /graphql`, its streams and listed queries, `POST /auth/token`, `GET /healthz /readyz /metrics`, the pages at `/`. */
export function createRouter(options: RouterOptions): LexlineRouter {
  const { query, graphql, pages, doors = [], signedDoors = [], signIn, origins = [], exchange, log } = options;
  const drain = createDrain();
  const meter = createRequestMeter();
  const router = express.Router();
  const whoAsks = createWhoAsks(options);

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const ready = !drain.draining && (await query.sources().then(isThere, isNotThere));
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready' });
  });
  router.use(drain.handler, traceRequests, measured(meter), safeHeaders);
  router.use(crossOrigin(origins));
  // The pages hold no data: a browser gets them, and signs in with what it then asks.
  if (pages !== undefined && signIn !== undefined) router.use(unlessAsked(pages));
  if (signIn !== undefined) for (const door of signedDoors) router.use(door);
  router.use(whoAsks.handler);
  if (signIn === undefined) for (const door of signedDoors) router.use(door);
  if (exchange !== undefined) router.use('/auth/token', tokenExchange({ ...exchange, whoAsks }));
  router.get('/metrics', needs('operate', whoAsks), async (_request, response) => {
    const lines = [
      ...meter.lines(),
      ...graphqlLines(graphql.figures()),
      ...(await graphLines(query)),
      ...((await options.figures?.()) ?? []),
      ...processLines(),
    ];
    response.type('text/plain; version=0.0.4').send(`${lines.join('\n')}\n`);
  });
  const viewerOf = (request: Request): Viewer => whoAsks.viewerOf(request);
  const json = [onlyContentType('application/json'), express.json({ limit: maxBody, strict: true })];
  router.use('/graphql/stream', onlyMethods('POST'), json, graphql.stream(viewerOf));
  router.get('/graphql', graphql.listed(viewerOf));
  router.use('/graphql', onlyMethods('GET', 'POST'), json, graphql.handler(viewerOf));
  for (const door of doors) router.use(door(viewerOf));
  if (pages !== undefined) router.use(pages);
  router.use(errorHandler(log));
  return {
    router,
    attach: (server) => drain.attach(server),
    async close() {
      await drain.end(drainMs);
      await graphql.close();
    },
  };
}

const isThere = () => true;
const isNotThere = () => false;

/** Paths that are asked for data; every other belongs to the pages. */
const asked = /^\/(?:graphql|metrics|auth|api|hooks|reports)(?:\/|$)/u;

function unlessAsked(pages: RequestHandler): RequestHandler {
  return (request, response, next) => (asked.test(request.path) ? next() : pages(request, response, next));
}

/** Answers browsers' questions whether a page of a configured origin may ask. Tokens go by header, never by cookie. */
function crossOrigin(origins: readonly string[]): RequestHandler {
  return cors({
    origin: [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['Authorization', 'Content-Type', 'If-None-Match', 'Apollo-Require-Preflight'],
    exposedHeaders: ['ETag', 'Retry-After'],
    credentials: false,
    maxAge: 600,
  });
}

/** Counts by route: a few fixed names, so that a caller cannot make up new ones. */
function measured(meter: ReturnType<typeof createRequestMeter>): RequestHandler {
  return (request, response, next) => {
    const route = request.path === '/graphql' || request.path === '/metrics' ? request.path : '/';
    const started = performance.now();
    response.once('finish', () => meter.add(route, response.statusCode, (performance.now() - started) / 1000));
    next();
  };
}

function graphqlLines({ operations, failed, refused, seconds }: ReturnType<RouterOptions['graphql']['figures']>) {
  return [
    ...metric('lexline_graphql_operations_total', 'counter', 'GraphQL operations, by how they ended.'),
    `lexline_graphql_operations_total{result="answered"} ${operations - failed}`,
    `lexline_graphql_operations_total{result="failed"} ${failed - refused}`,
    `lexline_graphql_operations_total{result="refused"} ${refused}`,
    ...metric('lexline_graphql_seconds_total', 'counter', 'Time spent on GraphQL operations.'),
    `lexline_graphql_seconds_total ${seconds}`,
  ];
}
