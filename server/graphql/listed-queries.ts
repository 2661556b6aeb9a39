import { createHash } from 'node:crypto';
import { HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import type { Request, RequestHandler, Response } from 'express';
import type { Viewer } from '../access/viewer.ts';
import type { Clock } from '../base/clock.ts';
import type { GraphqlContext } from './context.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import type { Limits } from './limits.ts';
import type { KnownOperation, KnownOperations } from './operations.ts';

/** What is stale moves with the hour, not with the revision. */
const hourMs = 3_600_000;

export interface ListedQueriesOptions {
  readonly operations: KnownOperations;
  readonly viewerOf: (request: Request) => Viewer;
  readonly contextFor: (viewer: Viewer, deadline: Deadline) => GraphqlContext;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly run: (request: {
    httpGraphQLRequest: HTTPGraphQLRequest;
    context: () => Promise<GraphqlContext>;
  }) => Promise<HTTPGraphQLResponse>;
}

/**
 * Listed queries by GET: `?id=<name or SHA-256>&variables=<JSON>`. The answer carries an ETag of the revision, of each
 * source's last run, of the hour and of who asks; a poll that sends it back is answered 304 without the query being run. A
 * query about what moves between revisions, a report that is being made, is always run.
 */
export function listedQueries(options: ListedQueriesOptions): RequestHandler {
  const { operations, viewerOf, contextFor, limits, clock } = options;
  return async (request, response) => {
    const asked = operationOf(request, operations);
    if ('refused' in asked) return refuse(response, asked.refused, asked.status);
    const viewer = viewerOf(request);
    const deadline = createDeadline(limits.deadlineMs);
    response.once('close', () => (response.writableFinished ? deadline.end() : deadline.abandon()));
    response.setHeader('Cache-Control', asked.operation.followsRevisions ? 'private, no-cache' : 'private, no-store');
    response.vary('Authorization');
    const context = contextFor(viewer, deadline);
    const etag = asked.operation.followsRevisions ? await etagOf(context, asked, clock) : null;
    if (etag !== null && viewer.rights.has('read') && request.headers['if-none-match'] === etag) {
      response.setHeader('ETag', etag);
      return void response.status(304).end();
    }
    const { operation, variables } = asked;
    const answer = await options.run({
      httpGraphQLRequest: {
        method: 'POST',
        headers: new HeaderMap([['content-type', 'application/json']]),
        search: '',
        body: { query: operation.text, operationName: operation.name, variables },
      },
      context: () => Promise.resolve(context),
    });
    for (const [name, value] of answer.headers) if (name !== 'cache-control') response.setHeader(name, value);
    const status = answer.status ?? 200;
    if (status === 200 && etag !== null) response.setHeader('ETag', etag);
    response.status(status).send(answer.body.kind === 'complete' ? answer.body.string : '');
    return undefined;
  };
}

interface Asked {
  readonly operation: KnownOperation;
  readonly variables: Record<string, unknown>;
}

function operationOf(
  request: Request,
  operations: KnownOperations,
): Asked | { readonly refused: string; readonly status: number } {
  const { id, variables = '{}' } = request.query;
  if (typeof id !== 'string' || typeof variables !== 'string')
    return { refused: 'A GET names a listed query: ?id=<name or SHA-256>&variables=<JSON>.', status: 400 };
  const operation = operations.find(id);
  if (operation === null) return { refused: 'This server lists no operation of that name or hash.', status: 404 };
  if (operation.kind !== 'query') return { refused: 'Only queries are answered by GET.', status: 405 };
  const value = parsed(variables);
  if (value === null) return { refused: 'The variables are not a JSON object.', status: 400 };
  return { operation, variables: value };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Changes whenever an answer could. */
async function etagOf(
  { query, viewer }: GraphqlContext,
  { operation, variables }: Asked,
  clock: Clock,
): Promise<string> {
  const sources = await query.sources();
  const runs = await Promise.all(sources.map(async ({ name }) => (await query.lastRun(name))?.run ?? ''));
  const revision = sources.length === 0 ? 0 : (await query.at().catch(() => ({ n: 0 }))).n;
  const ground = [
    operation.sha256,
    variables,
    revision,
    runs,
    Math.floor(clock.now() / hourMs),
    viewer.scope,
    [...viewer.rights],
  ];
  return `"${createHash('sha256').update(JSON.stringify(ground)).digest('base64url').slice(0, 32)}"`;
}

function refuse(response: Response, message: string, status: number): void {
  const code = status === 404 ? 'NOT_FOUND' : 'INPUT_INVALID';
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}
