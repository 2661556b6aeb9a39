import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import type { Request, RequestHandler } from 'express';
import { GraphQLError } from 'graphql';
import type { Viewer } from '../access/viewer.ts';
import { invariant, LexlineError } from '../base/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { beginSpan, type OpenSpan } from '../base/trace.ts';
import type { Query } from '../query/query.ts';
import { createMemory } from '../base/remember.ts';
import { loadTaxonomy, type Taxonomy } from '../rulebook/taxonomy.ts';
import type { Sync } from '../sync/sync.ts';
import { buildGraphqlSchema } from './build-schema.ts';
import { createContext, type GraphqlContext, type ReportDoor, type ReviewDoor } from './context.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { createErrorMask } from './mask-error.ts';
import type { Measure } from './measure.ts';
import { listedQueries } from './listed-queries.ts';
import { checkListed, loadOperations } from './operations.ts';
import { createOnce } from './once.ts';
import { createPrepare, type Prepare } from './prepare.ts';
import { noRooms, type Rooms } from './rooms.ts';
import { createStream } from './stream.ts';
import { createSyncRequests, type RequestMemory } from './sync-requests.ts';

export interface GraphqlOptions {
  readonly query: Query;
  readonly sync: Sync;
  /** Reports as jobs; default: none can be made here. */
  readonly reports?: ReportDoor;
  /** What waits for people; default: nothing does here. */
  readonly review?: ReviewDoor;
  /** The data taxonomy; default: the one that ships. */
  readonly taxonomy?: Taxonomy;
  /** What people enter, stops, tags on their way back, regulations, policies, the ledger; default: none of it here. */
  readonly rooms?: Rooms;
  /** Remembers asked-for runs: the state store fits. */
  readonly memory: RequestMemory;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<Limits>;
  /** Whether callers may ask for the schema. */
  readonly introspection: boolean;
  /** A folder of `.graphql` files that are answered by name or hash, also as GET. Default: none. */
  readonly operations?: string | null;
  /** Answer nothing but those. Default: false. */
  readonly onlyOperations?: boolean;
}

/** The GraphQL door. */
export interface GraphqlDoor {
  /** Answers a POST whose JSON body was parsed. Who asks comes from `viewerOf`. */
  handler(viewerOf: (request: Request) => Viewer): RequestHandler;
  /** Answers subscriptions as server-sent events; the JSON body was parsed. */
  stream(viewerOf: (request: Request) => Viewer): RequestHandler;
  /** Answers `GET ?id=…&variables=…` of a listed query, with an ETag that changes with what it was read from. */
  listed(viewerOf: (request: Request) => Viewer): RequestHandler;
  /** What has been counted since the start, for the metrics. */
  figures(): GraphqlFigures;
  /** Stops the runs that were asked for here. */
  close(): Promise<void>;
}

export interface GraphqlFigures {
  readonly operations: number;
  readonly failed: number;
  readonly refused: number;
  readonly seconds: number;
}

/** Builds the door on Apollo Server. No landing page, no batching, no guessing of names, limits before anything runs. */
export async function createGraphql(options: GraphqlOptions): Promise<GraphqlDoor> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const schema = buildGraphqlSchema();
  const operations = loadOperations(options.operations ?? null, schema);
  const checkText = checkListed(operations, options.onlyOperations ?? false);
  const prepare = createPrepare(schema, limits);
  const maskError = createErrorMask(options.log);
  const syncRequests = createSyncRequests(options);
  const once = createOnce(options.memory, () => options.clock.now());
  const platforms = createMemory<readonly string[]>(32);
  const taxonomy = options.taxonomy ?? loadTaxonomy();
  const contextFor = (viewer: Viewer, deadline: Deadline): GraphqlContext =>
    createContext({
      viewer,
      deadline,
      query: options.query,
      sync: options.sync,
      syncRequests,
      reports: options.reports ?? noReports,
      review: options.review ?? noReview,
      rooms: options.rooms ?? noRooms,
      once,
      taxonomy,
      platforms,
    });
  const figures = { operations: 0, failed: 0, refused: 0, seconds: 0 };
  const server = new ApolloServer<GraphqlContext>({
    schema,
    introspection: options.introspection,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    formatError: maskError,
    logger: quietLogger(options.log),
    plugins: [ApolloServerPluginLandingPageDisabled(), guard(prepare, figures, limits, options.clock)],
  });
  await server.start();
  const callers = new WeakMap<Request, { readonly viewer: Viewer; readonly deadline: Deadline }>();
  const middleware = expressMiddleware(server, {
    context: async ({ req }) => {
      const caller = callers.get(req);
      invariant(caller !== undefined, 'a request came to GraphQL without a viewer');
      return contextFor(caller.viewer, caller.deadline);
    },
  });
  return {
    handler: (viewerOf) => (request, response, next) => {
      const { query: text } = (request.body ?? {}) as { readonly query?: unknown };
      const refusal = refusalOf(checkText, typeof text === 'string' ? text : '');
      if (refusal !== null) return response.status(403).json({ errors: [refusal.toJSON()] });
      const deadline = createDeadline(limits.deadlineMs);
      callers.set(request, { viewer: viewerOf(request), deadline });
      response.once('close', () => (response.writableFinished ? deadline.end() : deadline.abandon()));
      response.setHeader('Cache-Control', 'no-store');
      return middleware(request, response, next);
    },
    stream: (viewerOf) => createStream({ schema, prepare, limits, viewerOf, contextFor, maskError, checkText }),
    listed: (viewerOf) =>
      listedQueries({
        operations,
        viewerOf,
        contextFor,
        limits,
        clock: options.clock,
        run: (request) => server.executeHTTPGraphQLRequest(request),
      }),
    figures: () => ({ ...figures }),
    async close() {
      await syncRequests.close();
      await server.stop();
    },
  };
}

const notHere = (): Promise<never> =>
  Promise.reject(new LexlineError('NOT_FOUND', '[graphql] reports cannot be made here'));
const noReports: ReportDoor = {
  kinds: () => Promise.resolve([]),
  start: notHere,
  get: () => Promise.resolve(null),
  list: () => Promise.resolve([]),
  confirm: notHere,
};

const noReview: ReviewDoor = {
  queue: () => Promise.reject(new LexlineError('NOT_FOUND', '[graphql] there is no review here')),
  decide: () => Promise.reject(new LexlineError('NOT_FOUND', '[graphql] there is no review here')),
  preview: () => Promise.reject(new LexlineError('NOT_FOUND', '[graphql] there is no review here')),
};

function refusalOf(checkText: (text: string) => void, text: string): GraphQLError | null {
  try {
    checkText(text);
    return null;
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** Refuses what goes beyond the limits before it is run, and says in the answer what it cost. */
function guard(
  prepare: Prepare,
  figures: { operations: number; failed: number; refused: number; seconds: number },
  limits: Limits,
  clock: Clock,
): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart() {
      const started = clock.now();
      let measure: Measure | null = null;
      const span = beginSpan('graphql', {});
      return Promise.resolve({
        didResolveOperation({ document, operation, request, contextValue }) {
          // Without an operation of the name asked for, execution says so.
          if (operation !== undefined) span.set({ 'graphql.operation.type': operation.operation });
          if (operation !== undefined)
            measure = prepare({ document, operation, variables: request.variables ?? {} }, contextValue.viewer);
          return Promise.resolve();
        },
        willSendResponse({ response }) {
          figures.operations += 1;
          figures.seconds += Math.max(0, clock.now() - started) / 1000;
          if (measure === null) figures.refused += 1;
          endSpan(span, measure, response.body);
          if (response.body.kind !== 'single') return Promise.resolve();
          const { singleResult } = response.body;
          if (singleResult.errors !== undefined) figures.failed += 1;
          if (measure !== null)
            singleResult.extensions = {
              ...singleResult.extensions,
              cost: { requested: measure.cost, limit: limits.cost, depth: measure.depth, aliases: measure.aliases },
            };
          return Promise.resolve();
        },
      });
    },
  };
}

function endSpan(span: OpenSpan, measure: Measure | null, body: GraphQLResponse['body']): void {
  const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  span.set({
    'lexline.graphql.errors': errors.length,
    ...(measure === null ? {} : { 'lexline.graphql.cost': measure.cost }),
  });
  // Only codes, and only those of a fixed form: never what a caller wrote.
  const code = errors[0]?.extensions?.['code'];
  if (typeof code === 'string' && /^[A-Z_]{1,40}$/u.test(code)) span.fail(code);
  span.end();
}

function quietLogger(log: Log) {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (message?: unknown) =>
    log[level]('apollo', { detail: message instanceof Error ? message : String(message) });
  return { debug: at('debug'), info: at('debug'), warn: at('warn'), error: at('error') };
}
