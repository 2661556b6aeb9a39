import { STATUS_CODES } from 'node:http';
import type { Request, RequestHandler } from 'express';
import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { Response } from 'graphql-sse';
import { createHandler } from 'graphql-sse/lib/use/express';
import { withSpan } from '../base/trace.ts';
import type { Viewer } from '../access/viewer.ts';
import { isLexlineError, LexlineError } from '../base/errors.ts';
import type { GraphqlContext } from './context.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import type { Limits } from './limits.ts';
import type { Prepare } from './prepare.ts';

/** How long a stream goes on before the caller has to ask again, and prove anew who it is. */
const streamMs = 15 * 60 * 1000;
/** Streams of all callers together, and of one. */
const maxStreams = 500;
const maxStreamsOfOne = 20;

export interface StreamOptions {
  readonly schema: GraphQLSchema;
  readonly prepare: Prepare;
  readonly limits: Limits;
  readonly viewerOf: (request: Request) => Viewer;
  readonly contextFor: (viewer: Viewer, deadline: Deadline) => GraphqlContext;
  readonly maskError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  /** Refuses a text that may not be asked; the allow-list. */
  readonly checkText: (text: string) => void;
}

/**
 * Subscriptions over server-sent events, one operation a request (the "distinct connections mode" of GraphQL over SSE). They
 * come through the same limits, rights and masking as a POST; each event is resolved with a context of its own, within the
 * time that a POST has, so that nothing remembered grows old.
 */
export function createStream(options: StreamOptions): RequestHandler {
  const open = new Map<string, number>();
  let total = 0;
  const handler = createHandler({
    schema: options.schema,
    authenticate: () => null,
    onSubscribe(request, { query, operationName, variables }) {
      const viewer = options.viewerOf(request.raw);
      try {
        const document = read(options, query, operationName ?? undefined, variables ?? {}, viewer);
        const caller = viewer.actor.id;
        if (total >= maxStreams || (open.get(caller) ?? 0) >= maxStreamsOfOne)
          throw new LexlineError('RATE_LIMITED', `[graphql] a caller may follow ${maxStreamsOfOne} streams at a time`);
        const lifetime = createDeadline(streamMs);
        total += 1;
        open.set(caller, (open.get(caller) ?? 0) + 1);
        request.context.res.once('close', () => {
          total -= 1;
          open.set(caller, (open.get(caller) ?? 1) - 1);
          lifetime.abandon();
        });
        return events(
          options,
          { document, operationName: operationName ?? null, variables: variables ?? {} },
          viewer,
          lifetime,
        );
      } catch (error) {
        return refusal(masked(options, error), error);
      }
    },
  });
  return async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    await handler(request, response);
  };
}

/** Parses, validates and prepares a subscription. */
function read(
  { schema, prepare, limits, checkText }: StreamOptions,
  query: unknown,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
  viewer: Viewer,
): DocumentNode {
  if (typeof query !== 'string') throw bad('A stream needs the text of a subscription.');
  checkText(query);
  const document = parsed(query, limits.tokens);
  const [problem] = validate(schema, document);
  if (problem !== undefined) throw coded(problem, 'GRAPHQL_VALIDATION_FAILED');
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) throw bad('The text has no operation of that name.');
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) throw bad('Questions and changes go to POST /graphql.');
  prepare({ document, operation, variables }, viewer);
  return document;
}

async function* events(
  options: StreamOptions,
  asked: {
    readonly document: DocumentNode;
    readonly operationName: string | null;
    readonly variables: Record<string, unknown>;
  },
  viewer: Viewer,
  lifetime: Deadline,
): AsyncGenerator<ExecutionResult, void> {
  const { schema, limits, contextFor } = options;
  const args = {
    schema,
    document: asked.document,
    operationName: asked.operationName,
    variableValues: asked.variables,
  };
  try {
    const source = await createSourceEventStream({ ...args, contextValue: contextFor(viewer, lifetime) });
    if (!isIterable(source)) {
      yield maskedResult(options, source);
      return;
    }
    for await (const rootValue of source) {
      const deadline = createDeadline(limits.deadlineMs);
      try {
        const result = await withSpan('graphql', { 'graphql.operation.type': 'subscription' }, async () =>
          execute({ ...args, rootValue, contextValue: contextFor(viewer, deadline) }),
        );
        yield maskedResult(options, result);
      } finally {
        deadline.end();
      }
    }
  } catch (error) {
    if (lifetime.signal.aborted) return;
    yield masked(options, error);
  } finally {
    lifetime.end();
  }
}

function isIterable<T>(value: AsyncIterable<T> | ExecutionResult): value is AsyncIterable<T> {
  return Symbol.asyncIterator in value;
}

/** What was never begun is answered as JSON, with a status. */
function refusal(result: ExecutionResult, error: unknown): Response {
  const http =
    error instanceof GraphQLError ? (error.extensions['http'] as { readonly status?: number } | undefined) : {};
  const status = http?.status ?? (isLexlineError(error) && error.code === 'RATE_LIMITED' ? 429 : 400);
  return [
    JSON.stringify(result),
    { status, statusText: STATUS_CODES[status] ?? '', headers: { 'content-type': 'application/json; charset=utf-8' } },
  ];
}

function maskedResult({ maskError }: StreamOptions, result: ExecutionResult): ExecutionResult {
  if (result.errors === undefined) return result;
  return { ...result, errors: result.errors.map((error) => asError(maskError(error.toJSON(), error))) };
}

function masked({ maskError }: StreamOptions, error: unknown): ExecutionResult {
  const known = error instanceof GraphQLError ? error : new GraphQLError('failed', { originalError: error as Error });
  return { errors: [asError(maskError(known.toJSON(), error instanceof GraphQLError ? known : error))] };
}

function asError({ message, path, extensions }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, {
    ...(path === undefined ? {} : { path }),
    ...(extensions === undefined ? {} : { extensions }),
  });
}

function parsed(query: string, maxTokens: number): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    throw error instanceof GraphQLError ? coded(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
}

function coded({ message }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function bad(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}
