import type { CheckResult, Connector, ConnectorContext, SourceConnection } from '../connector.ts';
import { namespaceOf, parseAddress, type Address } from './address.ts';
import { localPath } from '../kit/local-path.ts';
import { nothingWanted } from '../kit/warehouse/schema-filter.ts';
import { inTurns } from './in-turns.ts';
import { openCatalog, type Catalog } from './client.ts';
import { postgresConfig, type PostgresConfig } from './config.ts';
import { quote, type Naming } from './map.ts';
import { createPglitePort } from './pglite-port.ts';
import { profileFields } from './profile.ts';
import type { QueryPort } from './query-port.ts';
import { readDatabase, wanted } from './read.ts';
import { createServerPort } from './server-port.ts';
import { LexlineError } from '../../server/base/errors.ts';

/** PostgreSQL 12 and later, and PGlite: structure, keys, views, routines, statement texts; never a row unless profiling is on. */
export const postgres: Connector<PostgresConfig> = {
  name: 'postgres',
  configSchema: postgresConfig,
  capabilities: {
    mode: 'snapshot',
    incremental: true,
    profile: ['in-database', 'sample'],
    accept: false,
    write: false,
  },
  connect(config, context) {
    const address = withLocalPaths(parseAddress(context.source, config.url), context);
    if (address.kind === 'embedded' && config.namespace === undefined)
      throw new LexlineError(
        'CONFIG_INVALID',
        `[connectors/postgres] source "${context.source}": an embedded database has no address: set "namespace", for example postgres://shop:5432`,
      );
    const port =
      address.kind === 'embedded'
        ? createPglitePort(context.source, address, config)
        : createServerPort(context.source, address, config);
    return connectThrough(inTurns(port), config.namespace ?? namespaceOf(address), config, context);
  },
};

/** Folders and files that the url names, from the configuration's folder. */
function withLocalPaths(address: Address, context: ConnectorContext): Address {
  const { folder, caFile } = address;
  return {
    ...address,
    folder: folder === null || folder.startsWith('memory://') ? folder : localPath(context, folder),
    caFile: caFile === null ? null : localPath(context, caFile),
  };
}

/** The connection over any port: a real server's, an embedded one's, or recorded answers. */
export function connectThrough(
  port: QueryPort,
  namespace: string,
  config: PostgresConfig,
  context: ConnectorContext,
): SourceConnection {
  const namingOf = ({ server }: Catalog): Naming => ({
    namespace,
    database: server.database,
    defaultSchema: server.default_schema ?? 'public',
  });
  let role: string | null = null;
  return {
    async check(signal) {
      const catalog = await openCatalog(context.source, port, signal);
      return checkRights(catalog, port, config);
    },
    async *read(request, signal) {
      const catalog = await openCatalog(context.source, port, signal);
      yield* readDatabase(catalog, config, namingOf(catalog), context.clock, request);
    },
    async *profile(requests, profiler, options, signal) {
      role ??= (await openCatalog(context.source, port, signal)).server.role;
      yield* profileFields(port, role, requests, profiler, options, signal);
    },
    close: () => port.close(),
  };
}

async function checkRights(catalog: Catalog, port: QueryPort, config: PostgresConfig): Promise<CheckResult> {
  const { server } = catalog;
  const schemas = await catalog.schemas();
  const chosen = new Set(wanted(schemas, config));
  const closed = schemas.filter(({ schema, usage }) => chosen.has(schema) && !usage).map(({ schema }) => schema);
  const role = quote(server.role);
  return {
    system: `PostgreSQL ${server.version}`,
    gaps: nothingWanted(schemas, config.schemas),
    notes: [
      `${chosen.size} of ${schemas.length} schemas of database ${server.database} are read as role ${server.role}`,
      ...(port.capabilities.timeouts ? [] : ['the embedded engine keeps no statement time-outs']),
      ...(closed.length === 0
        ? []
        : [
            `structure needs no more rights; profiling needs, in ${closed.length} schema(s): ${closed
              .map(quote)
              .map(
                (schema) =>
                  `GRANT USAGE ON SCHEMA ${schema} TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role};`,
              )
              .join(' ')}`,
          ]),
    ],
  };
}
