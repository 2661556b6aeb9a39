import { basename } from 'node:path';
import { LexlineError } from '../../server/base/errors.ts';
import type { Connector, ConnectorContext, SourceConnection } from '../connector.ts';
import { localPath } from '../kit/local-path.ts';
import { readDatabases } from '../kit/warehouse/read-databases.ts';
import { nothingWanted, wantedSchemas } from '../kit/warehouse/schema-filter.ts';
import { duckdbWarehouse } from './client.ts';
import { duckdbConfig, type DuckdbConfig } from './config.ts';
import type { DuckdbFile } from './messages.ts';
import { createFilePort, type QueryPort } from './port.ts';
import { profileFields } from './profile.ts';
import { quote } from './sql.ts';

/** DuckDB files, read-only: schemas, tables, views, columns, keys, macros; never a row unless profiling is on. */
export const duckdb: Connector<DuckdbConfig> = {
  name: 'duckdb',
  configSchema: duckdbConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: ['sample'], accept: false, write: false },
  connect(config, context) {
    checkNames(config, context.source);
    const files = filesOf(config).map((file) => ({ ...file, path: localPath(context, file.path) }));
    return connectThrough(createFilePort(context.source, files, config), config, context);
  },
};

/** The connection over any port: a real file's, or one that fails on purpose. */
export function connectThrough(port: QueryPort, config: DuckdbConfig, context: ConnectorContext): SourceConnection {
  const namespace = config.namespace ?? `duckdb://${config.path.replaceAll('\\', '/').replace(/^\.\//u, '')}`;
  const databases = filesOf(config).map(({ name }) => ({
    warehouse: duckdbWarehouse(port, name, config.pageSize),
    naming: { namespace, platform: 'duckdb', dialect: 'duckdb', database: name },
  }));
  return {
    async check(signal) {
      const notes: string[] = [];
      const all: { readonly schema: string }[] = [];
      let system = '';
      for (const { warehouse, naming } of databases) {
        system = (await warehouse.about(signal)).system;
        const schemas = await warehouse.schemas(signal);
        all.push(...schemas);
        const wanted = wantedSchemas(schemas, config.schemas);
        notes.push(`database ${naming.database}: ${wanted.length} of ${schemas.length} schemas are read`);
      }
      notes.push('while a sync reads, DuckDB lets no other process write to the file');
      return { system, gaps: nothingWanted(all, config.schemas), notes };
    },
    read: (request, signal) =>
      readDatabases(
        {
          namespace,
          databases: async () => databases,
          filter: config.schemas,
          quote,
          grant: () => null,
          clock: context.clock,
        },
        request,
        signal,
      ),
    profile: (requests, profiler, options, signal) => profileFields(port, requests, profiler, options, signal),
    close: () => port.close(),
  };
}

/** The files with the names by which statements call their databases. */
function filesOf(config: DuckdbConfig): readonly DuckdbFile[] {
  const encryptionKey = config.encryptionKey ?? null;
  const stem = basename(config.path).replace(/\..*$/su, '');
  const name = config.name ?? (isReserved(stem) ? `${stem}_db` : stem);
  return [{ name, path: config.path }, ...config.attach].map((file) => ({ ...file, encryptionKey }));
}

/** Names that DuckDB has for itself: it puts `_db` behind most of them, too. */
function isReserved(name: string): boolean {
  return ['main', 'memory', 'system', 'temp'].includes(name.toLowerCase());
}

function checkNames(config: DuckdbConfig, source: string): void {
  const names = filesOf(config).map(({ name }) => name.toLowerCase());
  const bad = names.find((name, i) => isReserved(name) || names.indexOf(name) !== i);
  if (bad !== undefined)
    throw new LexlineError(
      'CONFIG_INVALID',
      `[connectors/duckdb] source "${source}": two databases cannot be called "${bad}", and main, memory, system and temp are DuckDB's own: set name`,
    );
}
