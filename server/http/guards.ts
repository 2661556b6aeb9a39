import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { refuseOnLoopback } from '../access/loopback.ts';
import { isLexlineError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { redactText } from '../base/redact.ts';
import { respondError } from './respond.ts';

/** Without sign-in: only this machine, by a local name, directly; of pages elsewhere only those of `origins`. */
export function loopbackGuard(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const from = { headers: request.headers, remoteAddress: request.socket.remoteAddress };
    const why = refuseOnLoopback(from, origins);
    if (why === null) next();
    else
      respondError(response, 403, 'SIGN_IN_REQUIRED', `Not answered without sign-in: ${why}.`, {
        remedy: 'Ask 127.0.0.1 directly, or configure sign-in.',
      });
  };
}

/** Only these methods; anything else is answered with the list of them. */
export function onlyMethods(...methods: readonly string[]): RequestHandler {
  return (request, response, next) => {
    if (methods.includes(request.method)) return next();
    response.setHeader('Allow', methods.join(', '));
    return respondError(response, 405, 'INPUT_INVALID', `${request.method} is not answered here.`);
  };
}

/** Only this media type, whatever its parameters: a form or plain text of another site never gets further. */
export function onlyContentType(type: string): RequestHandler {
  return (request, response, next) => {
    const given = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (given === type) return next();
    return respondError(response, 415, 'INPUT_INVALID', `The body must be ${type}.`);
  };
}

/** Headers that keep browsers from doing more with an answer than it is meant for. */
export const safeHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  next();
};

/** Whatever went wrong before a route answered: a mistake in the request as such, anything else as an id in the log. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const type = error instanceof Error && 'type' in error ? error.type : undefined;
    if (type === 'entity.too.large')
      return respondError(response, 413, 'INPUT_INVALID', `The body is larger than ${limitOf(error)} MB.`);
    if (type === 'entity.parse.failed')
      return respondError(response, 400, 'INPUT_INVALID', 'The body is not valid JSON.');
    if (type === 'request.aborted') return response.destroy();
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 400 && status < 500)
      return respondError(response, status, 'INPUT_INVALID', 'The request cannot be read.');
    if (isLexlineError(error) && error.code !== 'INTERNAL')
      return respondError(response, error.code === 'NOT_FOUND' ? 404 : 503, error.code, redactText(error.message));
    const errorId = randomUUID();
    log.error('a request failed', { errorId, path: request.path, error });
    return respondError(response, 500, 'INTERNAL', 'Something went wrong on our side.', { errorId });
  };
}

/** The limit that a body exceeded, in MB. */
function limitOf(error: unknown): number {
  const limit = error instanceof Error && 'limit' in error ? Number(error.limit) : 0;
  return Math.max(1, Math.round(limit / (1024 * 1024)));
}
