import type { Connector, ConnectorContext, SourceConnection } from '../connector.ts';
import { localPath } from '../kit/local-path.ts';
import { readWarehouse } from '../kit/warehouse/read-warehouse.ts';
import { nothingWanted, wantedSchemas } from '../kit/warehouse/schema-filter.ts';
import type { WarehouseNaming } from '../kit/warehouse/warehouse.ts';
import { namespaceOf, parseAddress } from './address.ts';
import { mysqlWarehouse } from './client.ts';
import { mysqlConfig, type MysqlConfig } from './config.ts';
import { createServerPort, type QueryPort } from './port.ts';
import { account, profileFields } from './profile.ts';
import { unshownTexts } from './gaps.ts';
import { parseRows, unshownRow, type UnshownRow } from './rows.ts';
import { quote, unshownSql } from './sql.ts';

/** MySQL 5.7 and later, MariaDB 10.4 and later: structure, keys, views, routines, triggers, events; never a row unless profiling is on. */
export const mysql: Connector<MysqlConfig> = {
  name: 'mysql',
  configSchema: mysqlConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: ['sample'], accept: false, write: false },
  connect(config, context) {
    const given = parseAddress(context.source, config.url);
    const address = { ...given, caFile: given.caFile === null ? null : localPath(context, given.caFile) };
    const port = createServerPort(context.source, address, config);
    return connectThrough(port, config.namespace ?? namespaceOf(address), config, context);
  },
};

/** The connection over any port: a real server's, or one that fails on purpose. */
export function connectThrough(
  port: QueryPort,
  namespace: string,
  config: MysqlConfig,
  context: ConnectorContext,
): SourceConnection {
  const warehouse = mysqlWarehouse(port, config.pageSize);
  const naming: WarehouseNaming = { namespace, platform: 'mysql', dialect: 'mysql', database: null };
  const grant = (schema: string, user: string): string =>
    `GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON ${quote(schema)}.* TO ${account(user)};`;
  return {
    async check(signal) {
      const { system, user } = await warehouse.about(signal);
      const schemas = await warehouse.schemas(signal);
      const wanted = wantedSchemas(schemas, config.schemas);
      const names = wanted.map(({ schema }) => schema);
      const hidden = await unshown(port, names, signal);
      return {
        system,
        gaps: [...nothingWanted(schemas, config.schemas), ...unshownTexts(hidden, user, system)],
        notes: [
          `${wanted.length} of ${schemas.length} schemas that "${user}" may see are read; a schema without any right does not show up`,
        ],
      };
    },
    read: (request, signal) =>
      readWarehouse({ warehouse, naming, filter: config.schemas, quote, grant, clock: context.clock }, request, signal),
    async *profile(requests, profiler, options, signal) {
      const { user } = await warehouse.about(signal);
      yield* profileFields(port, user, requests, profiler, options, signal);
    },
    close: () => warehouse.close(),
  };
}

async function unshown(
  port: QueryPort,
  schemas: readonly string[],
  signal: AbortSignal,
): Promise<readonly UnshownRow[]> {
  if (schemas.length === 0) return [];
  const found: UnshownRow[] = [];
  for (const sql of unshownSql(schemas.length))
    found.push(...parseRows('what has no text', unshownRow, await port.query(sql, schemas, signal)));
  return found;
}
