import { isLexlineError, type LexlineError } from '../../server/base/errors.ts';
import { compareVersions, brokenOff as broken, explained, type Explanation } from '../kit/explanation.ts';

/** Who was asked, for messages: never the user's password. */
export interface Asked {
  readonly source: string;
  /** `host:port/database`, or the folder of an embedded one. */
  readonly where: string;
  readonly user: string;
}

/**
 * Makes a typed error of whatever the driver threw. Only the SQLSTATE or system code is used: a server's own text, detail
 * and context can quote values of rows, so they go no further than this function.
 */
export function toFailure(error: unknown, asked: Asked): LexlineError {
  if (isLexlineError(error)) return error;
  const code = codeOf(error);
  return explained(explain(code, error, asked), `[connectors/postgres] source "${asked.source}" at ${asked.where}`);
}

/** The SQLSTATE (five characters) or system code (`ECONNREFUSED`) of a driver's error; empty when it has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

function explain(code: string, error: unknown, asked: Asked): Explanation {
  const byCode = explanations[code] ?? classes[code.slice(0, 2)];
  if (byCode !== undefined) return byCode(asked);
  const text = error instanceof Error ? error.message : '';
  if (/does not support SSL/i.test(text)) return noTls();
  if (/password must be a string|password authentication|SASL/i.test(text)) return badPassword(asked);
  if (/timeout expired|timed? ?out/i.test(text)) return noAnswer();
  if (/terminated|closed|ended|reset|hang up|not queryable/i.test(text)) return brokenOff();
  if (/certificate|TLS|SSL/i.test(text) || code.startsWith('ERR_TLS') || code.includes('CERT')) return badCertificate();
  return {
    code: 'CONNECTOR_UNEXPECTED',
    says: `it failed${code === '' ? '' : ` with SQLSTATE ${code}`}`,
    remedy: compareVersions('postgres'),
  };
}

const badPassword = (asked: Asked): Explanation => ({
  code: 'CONNECTOR_AUTH_FAILED',
  says: `it refused the sign-in of "${asked.user}"`,
  remedy: `check user and password in the source's url, and the line for them in pg_hba.conf`,
});
const noAnswer = (): Explanation => ({
  code: 'CONNECTOR_TIMEOUT',
  says: 'no answer in time; nothing was changed',
  remedy: 'check the address and firewall, or raise connectTimeoutMs / statementTimeoutMs',
});
const brokenOff = (): Explanation => broken;
const noTls = (): Explanation => ({
  code: 'CONNECTOR_UNAVAILABLE',
  says: 'the server does not speak TLS',
  remedy: 'turn ssl on at the server, or add ?sslmode=disable to the url if the network in between is trusted',
});
const badCertificate = (): Explanation => ({
  code: 'CONNECTOR_UNAVAILABLE',
  says: "the server's certificate cannot be trusted",
  remedy: 'add ?sslmode=verify-full&sslrootcert=<CA file> to the url, or sslmode=require to encrypt without checking',
});
const unreachable = (): Explanation => ({
  code: 'CONNECTOR_UNAVAILABLE',
  says: 'nobody answers there',
  remedy: 'check host and port in the url, and that the server runs and listens on that address',
});

const explanations: Readonly<Record<string, (asked: Asked) => Explanation>> = {
  '28P01': badPassword,
  '28000': badPassword,
  '3D000': () => ({
    code: 'CONNECTOR_UNAVAILABLE',
    says: 'there is no such database',
    remedy: 'check the database name at the end of the url',
  }),
  '42501': (asked) => ({
    code: 'CONNECTOR_MISSING_RIGHTS',
    says: `"${asked.user}" may not read something that is needed`,
    remedy: `GRANT CONNECT ON DATABASE … TO "${asked.user}"; and see docs/connectors/postgres.md for the least rights`,
  }),
  '53300': () => ({
    code: 'CONNECTOR_UNAVAILABLE',
    says: 'it has no connection free',
    remedy: 'sync at another time, or raise max_connections at the server',
  }),
  '55P03': () => ({
    code: 'CONNECTOR_TIMEOUT',
    says: 'a lock was not free in time; nothing was changed',
    remedy: 'sync again when no migration runs',
  }),
  '57014': noAnswer,
  '57P01': brokenOff,
  '57P02': brokenOff,
  '57P03': () => ({
    code: 'CONNECTOR_UNAVAILABLE',
    says: 'the server is starting up or shutting down',
    remedy: 'sync again when it is up',
  }),
  '57P05': brokenOff,
  '25P03': brokenOff,
  ECONNREFUSED: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENOENT: unreachable,
  ETIMEDOUT: noAnswer,
  ECONNRESET: brokenOff,
  EPIPE: brokenOff,
  SELF_SIGNED_CERT_IN_CHAIN: badCertificate,
  DEPTH_ZERO_SELF_SIGNED_CERT: badCertificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: badCertificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: badCertificate,
};

const classes: Readonly<Record<string, (asked: Asked) => Explanation>> = {
  '08': brokenOff,
  '28': badPassword,
};
