import { readFileSync } from 'node:fs';
import { Client, type ClientConfig } from 'pg';
import { LexlineError } from '../../server/base/errors.ts';
import type { Address } from './address.ts';
import type { PostgresConfig } from './config.ts';
import { toFailure, type Asked } from './failure.ts';
import type { QueryPort, Row } from './query-port.ts';
import { sessionSettings } from './session.ts';

/**
 * Talks to a PostgreSQL server over one connection whose session can only read and gives up by itself: read-only
 * transactions, statement, lock and idle time-outs. The connection is made on first use and made anew after it broke.
 */
export function createServerPort(source: string, address: Address, config: PostgresConfig): QueryPort {
  const asked: Asked = {
    source,
    where: `${address.host}:${address.port}/${address.database}`,
    user: address.user,
  };
  let connected: Promise<Client> | null = null;

  async function connect(): Promise<Client> {
    const client = new Client(clientConfig(source, address, config));
    const forget = () => {
      connected = null;
    };
    client.on('error', forget);
    client.on('end', forget);
    await client.connect();
    const { sql, params } = sessionSettings(config);
    await client.query(sql, [...params]);
    return client;
  }

  /** Drops the session at once, whatever it is doing; the next question gets a new one. */
  function cut(): void {
    const broken = connected;
    connected = null;
    void broken?.then((client) => client.connection.stream.destroy()).catch(() => {});
  }

  /** Runs `work`; when the signal fires the connection is cut, because a cancelled statement may answer late. */
  async function guarded<T>(signal: AbortSignal, work: (client: Client) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    signal.addEventListener('abort', cut, { once: true });
    try {
      connected ??= connect();
      return await work(await connected);
    } catch (error) {
      signal.throwIfAborted();
      if (!isStatementError(error)) cut();
      throw toFailure(error, asked);
    } finally {
      signal.removeEventListener('abort', cut);
    }
  }

  return {
    capabilities: { timeouts: true, manyUsers: true },
    query: (sql, params, signal) => guarded(signal, async (client) => (await client.query<Row>(sql, [...params])).rows),
    async *pages(sql, params, pageRows, signal) {
      await guarded(signal, async (client) => {
        await client.query('begin read only');
        await client.query(`declare lexline_page no scroll cursor for ${sql}`, [...params]);
      }).catch(async (error: unknown) => {
        await rollback();
        throw error;
      });
      try {
        for (;;) {
          const rows = await guarded(
            signal,
            async (client) => (await client.query<Row>(`fetch ${pageRows} from lexline_page`)).rows,
          );
          if (rows.length === 0) return;
          yield rows;
        }
      } finally {
        await rollback();
      }
    },
    async close() {
      const open = connected;
      connected = null;
      await open?.then((client) => client.end()).catch(() => {});
    },
  };

  async function rollback(): Promise<void> {
    await connected?.then((client) => client.query('rollback')).catch(() => {});
  }
}

/** The server answered and the session is still good. */
function isStatementError(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && error.severity === 'ERROR';
}

function clientConfig(source: string, address: Address, config: PostgresConfig): ClientConfig {
  return {
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    // An empty text, not undefined: the driver would otherwise look into the environment and ~/.pgpass by itself.
    password: address.password ?? '',
    ssl: tlsOptions(source, address),
    application_name: 'lexline',
    connectionTimeoutMillis: config.connectTimeoutMs,
    query_timeout: config.statementTimeoutMs + 5_000,
    keepAlive: true,
  };
}

function tlsOptions(source: string, address: Address): NonNullable<ClientConfig['ssl']> {
  if (address.tls === 'off') return false;
  if (address.tls === 'encrypt') return { rejectUnauthorized: false };
  if (address.caFile === null) return { rejectUnauthorized: true };
  try {
    return { rejectUnauthorized: true, ca: readFileSync(address.caFile, 'utf8') };
  } catch (error) {
    throw new LexlineError(
      'CONFIG_INVALID',
      `[connectors/postgres] source "${source}": the certificate file of sslrootcert cannot be read: ${address.caFile}`,
      { cause: error },
    );
  }
}
