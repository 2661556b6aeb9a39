import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import type { ProfileMessage, SourceConnection } from '../../../connectors/connector.ts';
import { postgres } from '../../../connectors/postgres/connector.ts';
import { postgresConfig } from '../../../connectors/postgres/config.ts';
import { silentLog } from '../../../server/base/log.ts';
import type { SourceMessage } from '../../../server/model/document.ts';
import type { Json } from '../../../server/model/json.ts';
import { createProfiler } from '../../../server/profile/create-profiler.ts';
import { postgresMissing, startPostgres, type RunningPostgres } from '../../../scripts/postgres.ts';
import {
  never,
  profileAll as profileConnection,
  readAll as readConnection,
  readSince,
} from '../../connector-messages.ts';

export { never };
export const context = { source: 'shop', clock: { now: () => Date.UTC(2026, 0, 1) }, log: silentLog };
const schema = join(import.meta.dirname, '../../fixtures/postgres/schema.sql');

/** A running server and what tests do with it. */
export interface RealServer {
  readonly server: RunningPostgres;
  /** A database of its own, empty or with our recorded schema; returns its url for the superuser. */
  database(name: string, filled?: boolean): Promise<string>;
  /** Runs SQL as whoever the url signs in. */
  run(url: string, sql: string): Promise<readonly Record<string, unknown>[]>;
}

/** A suite on a real PostgreSQL of its own; where none can be had it is skipped by name, with the reason. */
export function describeOnPostgres(
  name: string,
  settings: readonly string[],
  suite: (real: () => RealServer) => void,
): void {
  const missing = postgresMissing();
  if (missing !== null) {
    describe.skip(`${name} (skipped: ${missing})`, () => suite(() => ({}) as RealServer));
    process.stderr.write(`skipped: ${name}: ${missing}\n`);
    return;
  }
  describe(name, () => {
    let real: RealServer | null = null;
    beforeAll(async () => {
      const server = await startPostgres(settings);
      real = {
        server,
        run,
        async database(database, filled = false) {
          await run(server.url, `create database ${database}`);
          const url = server.url.replace(/\/postgres$/, `/${database}`);
          if (filled) await run(url, readFileSync(schema, 'utf8'));
          return url;
        },
      };
    });
    afterAll(async () => real?.server.stop());
    suite(() => {
      if (real === null) throw new Error('the server is not there yet');
      return real;
    });
  });
}

async function run(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The url with another user. */
export function as(url: string, user: string, password: string): string {
  return url.replace(/\/\/[^@]+@/, `//${user}:${password}@`);
}

export function connectTo(url: string, settings: object = {}): SourceConnection {
  return postgres.connect(postgresConfig.parse({ url, connectTimeoutMs: 120_000, ...settings }), context);
}

export function readAll(url: string, settings: object = {}, since?: Json): Promise<readonly SourceMessage[]> {
  const connection = connectTo(url, settings);
  return since === undefined ? readConnection(connection) : readSince(connection, since);
}

/** Profiles every field of every dataset that a read gives. */
export async function profileAll(
  url: string,
  mode: 'in-database' | 'sample',
  settings: object = {},
): Promise<readonly ProfileMessage[]> {
  const requests = documentsOf(await readAll(url)).flatMap((document) =>
    document.type === 'dataset' && document.kind !== 'foreign-table'
      ? document.fields.map(({ path, type }) => ({
          dataset: { namespace: document.namespace, name: document.name },
          path,
          type,
        }))
      : [],
  );
  const profiler = createProfiler({ detectorSet: 'none', tests: [] });
  return profileConnection(connectTo(url, settings), requests, { mode, profiler });
}

export function documentsOf(messages: readonly SourceMessage[]) {
  return messages.flatMap((message) => (message.type === 'document' ? [message.document] : []));
}

export function begunScopes(messages: readonly SourceMessage[]): readonly string[] {
  return messages.flatMap((message) => (message.type === 'scope-begin' ? [message.scope] : []));
}

export function lastCursor(messages: readonly SourceMessage[]): Json {
  return messages.findLast((message) => message.type === 'checkpoint')?.cursor ?? null;
}
