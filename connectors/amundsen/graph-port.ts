import neo4j, { type Driver, type Session } from 'neo4j-driver';
import { LexlineError } from '../../server/base/errors.ts';
import { compareVersions } from '../kit/explanation.ts';
import { retrying, TransientFailure, usualRetry } from '../kit/retry.ts';
import type { AmundsenConfig } from './config.ts';

/** One row of an answer, members in plain JavaScript values. */
export type GraphRow = Readonly<Record<string, unknown>>;

/** The way to Amundsen's graph: a real database, or recorded answers. */
export interface GraphPort {
  /** Reads. `name` says which question it is, for messages and recordings. */
  ask(name: string, cypher: string, parameters: GraphRow, signal: AbortSignal): Promise<readonly GraphRow[]>;
  close(): Promise<void>;
}

/** Opens nothing before the first question. */
export function createGraphPort(source: string, config: AmundsenConfig): GraphPort {
  let driver: Driver | undefined;
  const { url, username, password, database, timeoutMs, retries } = config;
  const connect = (): Driver => {
    const auth = username === undefined ? undefined : neo4j.auth.basic(username, password ?? '');
    return neo4j.driver(url, auth, {
      disableLosslessIntegers: true,
      connectionTimeout: timeoutMs,
      maxTransactionRetryTime: 0,
      maxConnectionPoolSize: 4,
      userAgent: 'lexline',
    });
  };

  async function once(cypher: string, parameters: GraphRow, signal: AbortSignal): Promise<readonly GraphRow[]> {
    driver ??= connect();
    const session: Session = driver.session({
      defaultAccessMode: neo4j.session.READ,
      ...(database === undefined ? {} : { database }),
    });
    const stop = (): void => void session.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const { records } = await session.run(cypher, parameters, { timeout: timeoutMs });
      return records.map((record) => record.toObject());
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw toFailure(error, source, config);
    } finally {
      signal.removeEventListener('abort', stop);
      await session.close();
    }
  }

  return {
    async ask(_, cypher, parameters, signal) {
      return retrying(() => once(cypher, parameters, signal), { ...usualRetry, attempts: retries + 1 }, signal);
    },
    async close() {
      await driver?.close();
    },
  };
}

/** A typed error of what the driver threw; one that may pass is marked so. The server's text goes no further. */
export function toFailure(
  error: unknown,
  source: string,
  { url, username }: Pick<AmundsenConfig, 'url' | 'username'>,
): Error {
  const code =
    typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const at = `[connectors/amundsen] source "${source}" at ${new URL(url).host}`;
  if (/Unauthorized|AuthenticationRateLimit|CredentialsExpired/.test(code))
    return new LexlineError('CONNECTOR_AUTH_FAILED', `${at}: it refused the sign-in of "${username ?? 'nobody'}"`, {
      remedy: 'check username and password',
    });
  if (/Forbidden|AccessDenied/.test(code))
    return new LexlineError(
      'CONNECTOR_MISSING_RIGHTS',
      `${at}: "${username ?? 'nobody'}" may not read something that is needed`,
      {
        remedy: 'give the user the role reader on the database',
      },
    );
  if (/DatabaseNotFound/.test(code))
    return new LexlineError('CONNECTOR_UNAVAILABLE', `${at}: there is no such database`, { remedy: 'check database' });
  if (/TransactionTimedOut|Terminated/.test(code))
    return new LexlineError('CONNECTOR_TIMEOUT', `${at}: no answer in time; nothing was changed`, {
      remedy: 'lower pageSize, or raise timeoutMs',
    });
  const unreachable = new LexlineError(
    'CONNECTOR_UNAVAILABLE',
    `${at}: nobody answers, or the connection broke off; what was read so far is kept`,
    {
      remedy: 'check url, and that the database runs',
    },
  );
  if (code === 'ServiceUnavailable' || code === 'SessionExpired' || code.startsWith('Neo.TransientError'))
    return new TransientFailure(unreachable, null);
  return new LexlineError(
    'CONNECTOR_UNEXPECTED',
    `${at}: a query failed${code.startsWith('Neo') ? ` with ${code}` : ''}`,
    { remedy: compareVersions('amundsen') },
  );
}
