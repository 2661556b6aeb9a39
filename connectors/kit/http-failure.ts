import { isLexlineError, type LexlineError } from '../../server/base/errors.ts';
import { compareVersions, grantRights, brokenOff, explained, type Explanation } from './explanation.ts';

/** A source answered a request with a status of the 4xx family: what it means depends on what was asked. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  /** The source's own error code; empty when it gives none. */
  readonly errorCode: string;
  /** What it is when nobody knows better. */
  readonly failure: LexlineError;

  constructor(status: number, errorCode: string, failure: LexlineError) {
    super(failure.message);
    this.status = status;
    this.errorCode = errorCode;
    this.failure = failure;
  }
}

/** The typed error of anything that a request threw. */
export function typedFailure(error: unknown): unknown {
  return error instanceof HttpRefusal ? error.failure : error;
}

/** True when a source says that this one thing may not be seen. */
export function isForbidden(error: unknown): boolean {
  return (
    (error instanceof HttpRefusal && error.status === 403) ||
    (isLexlineError(error) && error.code === 'CONNECTOR_MISSING_RIGHTS')
  );
}

interface Asked {
  readonly connector: string;
  readonly source: string;
  readonly baseUrl: string;
  readonly user: string;
}

const resets: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ECONNABORTED',
  'UND_ERR_SOCKET',
]);

/** True for what may be gone at the next try: a time limit, a reset, a name server that does not answer. */
export function isTransient(error: unknown, timedOut: boolean): boolean {
  return (
    timedOut || resets.has(codeOf(error)) || /socket hang up|aborted/.test(error instanceof Error ? error.message : '')
  );
}

/** Makes a typed error of a status or a failure on the wire. Never holds the answer's text. */
export function failureOf(what: unknown, asked: Asked, path = ''): LexlineError {
  const at = `[connectors/${asked.connector}] source "${asked.source}" at ${new URL(asked.baseUrl).origin}`;
  return explained(explain(what, asked, path.split('?')[0] ?? ''), at);
}

function explain(what: unknown, asked: Asked, path: string): Explanation {
  if (what === 'timeout')
    return {
      code: 'CONNECTOR_TIMEOUT',
      says: 'no answer in time; nothing was changed',
      remedy: 'check the address, or raise timeoutMs',
    };
  if (what === 'not-json')
    return {
      code: 'CONNECTOR_UNEXPECTED',
      says: `${path} answered something that is not JSON`,
      remedy: 'check that url is the service itself and no sign-in page or proxy',
    };
  const status = typeof what === 'object' && what !== null && 'status' in what ? Number(what.status) : null;
  if (status !== null) return ofStatus(status, asked);
  const code = codeOf(what);
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code))
    return {
      code: 'CONNECTOR_UNAVAILABLE',
      says: "the server's certificate cannot be trusted",
      remedy: 'set caFile to the authority that signed it',
    };
  if (['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'].includes(code))
    return {
      code: 'CONNECTOR_UNAVAILABLE',
      says: 'nobody answers there',
      remedy: 'check url, and that the service runs',
    };
  return brokenOff;
}

function ofStatus(status: number, { user, connector }: Asked): Explanation {
  if (status === 401)
    return {
      code: 'CONNECTOR_AUTH_FAILED',
      says: `it refused the sign-in of "${user}"`,
      remedy: 'check the user and the password or token',
    };
  if (status === 403)
    return {
      code: 'CONNECTOR_MISSING_RIGHTS',
      says: `"${user}" may not do something that is needed`,
      remedy: grantRights(connector),
    };
  if (status === 404)
    return {
      code: 'NOT_FOUND',
      says: 'what was asked for is not there (404)',
      remedy: 'check that url is the service itself, with its path where it has one',
    };
  if (status === 429)
    return {
      code: 'CONNECTOR_UNAVAILABLE',
      says: 'it asks for fewer requests, again and again (429)',
      remedy: 'sync at another time, or let the service allow more',
    };
  if (status >= 300 && status < 400)
    return {
      code: 'CONNECTOR_UNEXPECTED',
      says: `it sends elsewhere (${status}), and redirects are not followed`,
      remedy: 'put the address of the service itself into url',
    };
  if (status >= 500)
    return {
      code: 'CONNECTOR_UNAVAILABLE',
      says: `it fails inside (${status})`,
      remedy: 'sync again; where it goes on, look at the log of the service',
    };
  return { code: 'CONNECTOR_UNEXPECTED', says: `it refused a request (${status})`, remedy: compareVersions(connector) };
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
