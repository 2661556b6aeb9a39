import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isLexlineError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { redactText } from '../base/redact.ts';

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
    // What graphql-js and Apollo say about a request is written for callers; resolvers' errors are not.
    const { extensions } = formatted;
    if (
      original instanceof GraphQLError &&
      original.originalError === undefined &&
      extensions?.['code'] !== 'INTERNAL_SERVER_ERROR'
    )
      return { ...place, message: formatted.message, extensions: { code: extensions?.['code'] ?? 'BAD_REQUEST' } };
    const id = randomUUID();
    log.error('a GraphQL request failed', { errorId: id, path: formatted.path, error: original });
    return {
      ...place,
      message: `Something went wrong on our side. The log has more under ${id}.`,
      extensions: { code: 'INTERNAL', errorId: id },
    };
  };
}
