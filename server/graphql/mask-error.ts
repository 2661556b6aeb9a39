import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isLexlineError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { redactText } from '../base/redact.ts';

/** Codes of what Apollo, graphql-js and our limits say about a request; they are written for callers. */
const codesForCallers: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'NOT_ALLOWED',
  'OPERATION_RESOLUTION_FAILURE',
  'QUERY_TOO_COSTLY',
]);

/** Thrown by graphql-js itself, not by a resolver. */
function isGraphqlsOwn(error: unknown): boolean {
  return error instanceof GraphQLError && error.originalError === undefined;
}

/**
 * What callers are shown of an error: those that they can mend as they are, with a stable code; any other as INTERNAL with an
 * id that finds it in the log, and nothing else of it.
 */
export function createErrorMask(log: Log): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const original = unwrapResolverError(error);
    const place = {
      ...(formatted.path === undefined ? {} : { path: formatted.path }),
      ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    };
    if (isLexlineError(original) && original.code !== 'INTERNAL') {
      const { code, remedy } = original;
      if (code.startsWith('STORE_')) log.warn('a question could not be answered', { code, error: original });
      return {
        ...place,
        message: redactText(original.message),
        extensions: { code, ...(remedy === null ? {} : { remedy }) },
      };
    }
    const code = formatted.extensions?.['code'];
    if (
      typeof code === 'string' &&
      codesForCallers.has(code) &&
      (formatted.path === undefined || isGraphqlsOwn(original))
    )
      return { ...place, message: formatted.message, extensions: { code } };
    const id = randomUUID();
    log.error('a GraphQL request failed', { errorId: id, path: formatted.path, error: original });
    return {
      ...place,
      message: `Something went wrong on our side. The log has more under ${id}.`,
      extensions: { code: 'INTERNAL', errorId: id },
    };
  };
}
