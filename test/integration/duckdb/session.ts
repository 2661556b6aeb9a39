import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll } from 'vitest';
import { duckdb } from '../../../connectors/duckdb/connector.ts';
import { duckdbConfig } from '../../../connectors/duckdb/config.ts';
import type { SourceConnection } from '../../../connectors/connector.ts';
import { silentLog } from '../../../server/base/log.ts';
import { never } from '../../connector-messages.ts';

export const isRoot = process.getuid?.() === 0;
export const folder = mkdtempSync(join(tmpdir(), 'lexline-duckdb-'));
export const context = {
  source: 'shop',
  clock: { now: () => Date.UTC(2026, 0, 1) },
  log: silentLog,
  directory: folder,
};
export const shop = join(folder, 'shop.duckdb');
export const fixture = readFileSync(join(import.meta.dirname, '../../fixtures/duckdb/schema.sql'), 'utf8');

/** Runs statements in a file of DuckDB's own making, as its users do. */
export async function run(path: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    for (const sql of statements) await connection.run(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export const settings = {
  path: 'shop.duckdb',
  attach: [{ name: 'mart', path: 'mart.duckdb' }],
  pageSize: 2,
  lockWaitMs: 0,
};
export const connect = (changed: object = {}): SourceConnection =>
  duckdb.connect(duckdbConfig.parse({ ...settings, ...changed }), context);
export const only = (path: string, changed: object = {}): SourceConnection => connect({ path, attach: [], ...changed });

export async function failed(connection: SourceConnection): Promise<unknown> {
  try {
    await connection.check(never);
    return null;
  } catch (error) {
    return error;
  } finally {
    await connection.close();
  }
}

/** Makes the files before the tests of a file, and takes them away after. */
export function withFiles(): void {
  beforeAll(async () => {
    const [shopSql = '', martSql = ''] = fixture.split('-- mart.duckdb\n');
    await run(shop, ...shopSql.split(/;\n/u).filter((sql) => sql.trim() !== ''));
    await run(join(folder, 'mart.duckdb'), ...martSql.split(/;\n/u).filter((sql) => sql.trim() !== ''));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}
