import { isLexlineError, type LexlineError } from '../../server/base/errors.ts';
import { compareVersions, grantRights, brokenOff, explained, type Explanation } from '../kit/explanation.ts';

/** Who was asked, for messages: never the password. */
export interface Asked {
  readonly source: string;
  readonly where: string;
  readonly user: string;
}

const unreachable: Explanation = {
  code: 'CONNECTOR_UNAVAILABLE',
  says: 'nobody answers there',
  remedy: 'check host and port in the url, and that the server runs and listens on that address',
};
const noAnswer: Explanation = {
  code: 'CONNECTOR_TIMEOUT',
  says: 'no answer in time; nothing was changed',
  remedy: 'check the address and firewall, or raise connectTimeoutMs / statementTimeoutMs',
};
const badCertificate: Explanation = {
  code: 'CONNECTOR_UNAVAILABLE',
  says: "the server's certificate cannot be trusted",
  remedy: 'add ?sslmode=verify-full&sslrootcert=<CA file> to the url, or sslmode=require to encrypt without checking',
};
const noRight: Explanation = {
  code: 'CONNECTOR_MISSING_RIGHTS',
  says: 'something that is needed may not be read',
  remedy: grantRights('mysql'),
};

/** By the error names of MySQL's client and server error reference, which MariaDB shares, and of the system. */
const explanations: Readonly<Record<string, Explanation>> = {
  ER_DBACCESS_DENIED_ERROR: noRight,
  ER_TABLEACCESS_DENIED_ERROR: noRight,
  ER_COLUMNACCESS_DENIED_ERROR: noRight,
  ER_SPECIFIC_ACCESS_DENIED_ERROR: noRight,
  ER_PROCACCESS_DENIED_ERROR: noRight,
  ER_VIEW_INVALID: noRight,
  ER_CON_COUNT_ERROR: {
    code: 'CONNECTOR_UNAVAILABLE',
    says: 'it has no connection free',
    remedy: 'sync at another time, or raise max_connections at the server',
  },
  ER_HOST_NOT_PRIVILEGED: {
    code: 'CONNECTOR_AUTH_FAILED',
    says: 'it takes no sign-in from this machine',
    remedy: 'create the user for the address from which Lexline connects',
  },
  ER_QUERY_TIMEOUT: noAnswer,
  ER_STATEMENT_TIMEOUT: noAnswer,
  PROTOCOL_SEQUENCE_TIMEOUT: noAnswer,
  ETIMEDOUT: noAnswer,
  PROTOCOL_CONNECTION_LOST: brokenOff,
  ER_SERVER_SHUTDOWN: brokenOff,
  ECONNRESET: brokenOff,
  EPIPE: brokenOff,
  ECONNREFUSED: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  HANDSHAKE_NO_SSL_SUPPORT: {
    code: 'CONNECTOR_UNAVAILABLE',
    says: 'the server does not speak TLS',
    remedy: 'turn TLS on at the server, or add ?sslmode=disable to the url if the network in between is trusted',
  },
  SELF_SIGNED_CERT_IN_CHAIN: badCertificate,
  DEPTH_ZERO_SELF_SIGNED_CERT: badCertificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: badCertificate,
  HANDSHAKE_SSL_ERROR: badCertificate,
};

/**
 * Makes a typed error of whatever the driver threw. Only the error's name is used: the server's own text can quote values of
 * rows, so it goes no further than this function.
 */
export function toFailure(error: unknown, asked: Asked): LexlineError {
  if (isLexlineError(error)) return error;
  const name = codeOf(error);
  const refused: Explanation = {
    code: 'CONNECTOR_AUTH_FAILED',
    says: `it refused the sign-in of "${asked.user}"`,
    remedy: "check user and password in the source's url",
  };
  const known = name.startsWith('ER_ACCESS_DENIED') ? refused : explanations[name];
  const closed = error instanceof Error && /closed|terminated|destroyed/iu.test(error.message) ? brokenOff : undefined;
  const otherwise: Explanation = {
    code: 'CONNECTOR_UNEXPECTED',
    says: `it failed${name === '' ? '' : ` with ${name}`}`,
    remedy: compareVersions('mysql'),
  };
  return explained(known ?? closed ?? otherwise, `[connectors/mysql] source "${asked.source}" at ${asked.where}`);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}
