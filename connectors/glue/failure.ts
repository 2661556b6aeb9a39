import { isLexlineError, type LexlineError } from '../../server/base/errors.ts';
import { compareVersions, grantRights, brokenOff, explained, type Explanation } from '../kit/explanation.ts';

const refused: Explanation = {
  code: 'CONNECTOR_AUTH_FAILED',
  says: 'it refused the sign-in',
  remedy: 'check accessKeyId, secretAccessKey and sessionToken, or the role that the machine has',
};
const forbidden: Explanation = {
  code: 'CONNECTOR_MISSING_RIGHTS',
  says: 'something that is needed may not be read',
  remedy: grantRights('glue'),
};
const throttled: Explanation = {
  code: 'CONNECTOR_UNAVAILABLE',
  says: 'it asks for fewer requests, again and again',
  remedy: 'raise retries, or sync at another time',
};
const failing: Explanation = {
  code: 'CONNECTOR_UNAVAILABLE',
  says: 'it fails inside',
  remedy: 'check region and endpoint, and sync again later',
};
const unreachable: Explanation = {
  code: 'CONNECTOR_UNAVAILABLE',
  says: 'nobody answers there',
  remedy: 'check region and endpoint, and that this machine reaches AWS',
};
const late: Explanation = {
  code: 'CONNECTOR_TIMEOUT',
  says: 'no answer in time; nothing was changed',
  remedy: 'check endpoint, or raise timeoutMs',
};
const strange: Explanation = {
  code: 'CONNECTOR_UNEXPECTED',
  says: 'it answered something that Glue does not answer',
  remedy: 'check that endpoint is the service itself and no proxy',
};

/** By the names of the service's and the SDK's errors; their texts are left alone. */
const byName: readonly (readonly [RegExp, Explanation])[] = [
  [/^(AccessDenied\w*|UnauthorizedOperation|NotAuthorized\w*)$/u, forbidden],
  [
    /^(UnrecognizedClient\w*|InvalidSignature\w*|ExpiredToken\w*|InvalidClientTokenId|InvalidAccessKeyId|IncompleteSignature\w*|MissingAuthenticationToken\w*|SignatureDoesNotMatch|CredentialsProviderError|TokenProviderError)$/u,
    refused,
  ],
  [/^(Throttl\w*|TooManyRequests\w*|RequestLimitExceeded|SlowDown)$/u, throttled],
  // The SDK calls a reset a TimeoutError, too.
  [/^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/u, brokenOff],
  [/^(TimeoutError|RequestTimeout\w*|ETIMEDOUT)$/u, late],
  [/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/u, unreachable],
];

/** Makes a typed error of whatever the SDK threw. Its text goes no further than this function. */
export function toFailure(error: unknown, source: string): LexlineError {
  if (isLexlineError(error)) return error;
  return explained(explain(error), `[connectors/glue] source "${source}"`);
}

function explain(error: unknown): Explanation {
  const names = namesOf(error);
  for (const [pattern, explanation] of byName) if (names.some((name) => pattern.test(name))) return explanation;
  const status = statusOf(error);
  if (status !== null && status >= 500) return failing;
  const said = error instanceof Error ? error.message : '';
  if (/socket hang up|aborted|premature|terminated/iu.test(said)) return brokenOff;
  if (names.some((name) => /^(SyntaxError|TypeError)$/u.test(name)) || /Deserialization/u.test(said)) return strange;
  if (status === 401) return refused;
  if (status === 403) return forbidden;
  if (status === 429) return throttled;
  if (status !== null && status >= 500) return failing;
  return {
    code: 'CONNECTOR_UNEXPECTED',
    says: `it refused a request${names[0] === undefined ? '' : ` (${names[0].slice(0, 60)})`}`,
    remedy: compareVersions('glue'),
  };
}

/** The names of an error and of what is behind it. */
export function namesOf(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { name, code, Code, cause } = error as Readonly<Record<string, unknown>>;
  const own = [name, code, Code].filter((value): value is string => typeof value === 'string' && /^\w+$/u.test(value));
  return [...own.filter((value) => value !== 'Error'), ...(cause === error ? [] : namesOf(cause))];
}

function statusOf(error: unknown): number | null {
  const metadata = typeof error === 'object' && error !== null && '$metadata' in error ? error.$metadata : null;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : null;
  return typeof status === 'number' ? status : null;
}
