import { readFileSync } from 'node:fs';
import { createConnection, type Connection } from 'mysql2/promise';
import type { Address } from './address.ts';
import type { MysqlConfig } from './config.ts';
import { toFailure, type Asked } from './failure.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What the connector asks of a server: statements with parameters, one at a time. */
export interface QueryPort {
  query(sql: string, params: readonly (string | number)[], signal: AbortSignal): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** One connection to a real server, made at the first statement and made anew after it was lost. Never writes. */
export function createServerPort(source: string, address: Address, config: MysqlConfig): QueryPort {
  const asked: Asked = { source, where: `${address.host}:${address.port}`, user: address.user };
  let opened: Promise<Connection> | null = null;
  const open = (): Promise<Connection> => {
    opened ??= connect(address, config).catch((error: unknown) => {
      opened = null;
      throw toFailure(error, asked);
    });
    return opened;
  };
  const forget = (): void => {
    opened = null;
  };
  return {
    async query(sql, params, signal) {
      signal.throwIfAborted();
      const connection = await open();
      const stop = (): void => connection.destroy();
      signal.addEventListener('abort', stop, { once: true });
      try {
        const [rows] = await connection.query({ sql, timeout: config.statementTimeoutMs, values: [...params] });
        return Array.isArray(rows) ? (rows as readonly Row[]) : [];
      } catch (error) {
        signal.throwIfAborted();
        const failure = toFailure(error, asked);
        // A statement that is given up still runs on its connection.
        if (failure.code !== 'CONNECTOR_MISSING_RIGHTS') {
          connection.destroy();
          forget();
        }
        throw failure;
      } finally {
        signal.removeEventListener('abort', stop);
        if (signal.aborted) forget();
      }
    },
    async close() {
      const connection = await opened?.catch(() => null);
      forget();
      await connection?.end().catch(() => connection.destroy());
    },
  };
}

async function connect(address: Address, config: MysqlConfig): Promise<Connection> {
  const { tls, caFile } = address;
  const connection = await createConnection({
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    connectTimeout: config.connectTimeoutMs,
    charset: 'utf8mb4',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    ...(tls === 'off'
      ? {}
      : { ssl: { rejectUnauthorized: tls === 'verify', ...(caFile === null ? {} : { ca: readFileSync(caFile) }) } }),
  });
  await connection.query('SET SESSION TRANSACTION READ ONLY');
  return connection;
}
