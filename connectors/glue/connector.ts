import type { Connector, ConnectorContext, SourceConnection } from '../connector.ts';
import { readDatabases } from '../kit/warehouse/read-databases.ts';
import { nothingWanted, wantedSchemas } from '../kit/warehouse/schema-filter.ts';
import type { WarehouseNaming } from '../kit/warehouse/warehouse.ts';
import { glueWarehouse } from './client.ts';
import { glueConfig, type GlueConfig } from './config.ts';
import { createGluePort, type GlueDatabase, type GluePort } from './port.ts';

/** The AWS Glue Data Catalog: databases, tables, partition keys, views of every engine, locations, owners, LF-Tags. Holds no rows. */
export const glue: Connector<GlueConfig> = {
  name: 'glue',
  configSchema: glueConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: [], accept: false, write: false },
  connect: (config, context) => connectThrough(createGluePort(context.source, config), config, context),
};

/** The connection over any port: the real service, or one that fails on purpose. */
export function connectThrough(port: GluePort, config: GlueConfig, context: ConnectorContext): SourceConnection {
  const wanted = async (signal: AbortSignal): Promise<readonly GlueDatabase[]> => {
    const all = (await port.databases(signal)).map((database) => ({ schema: database.name, database }));
    return wantedSchemas(all, config.databases).map(({ database }) => database);
  };
  const namespaceOf = (databases: readonly GlueDatabase[]): string => {
    const account = config.catalogId ?? databases.find(({ catalogId }) => catalogId !== null)?.catalogId ?? 'default';
    return config.namespace ?? `arn:aws:glue:${config.region}:${account}`;
  };
  return {
    async check(signal) {
      const all = await port.databases(signal);
      const databases = all.map(({ name }) => ({ schema: name }));
      const { length } = wantedSchemas(databases, config.databases);
      const notes = [`${length} of ${all.length} databases that the credentials show in ${config.region} are read`];
      return { system: `AWS Glue in ${config.region}`, gaps: nothingWanted(databases, config.databases), notes };
    },
    async *read(request, signal) {
      signal.throwIfAborted();
      const databases = await wanted(signal);
      const namespace = namespaceOf(databases);
      const naming: WarehouseNaming = { namespace, platform: 'glue', dialect: 'athena', database: null };
      const warehouse = glueWarehouse(port, databases, naming, config);
      yield* readDatabases(
        {
          namespace,
          databases: async () => [{ warehouse, naming }],
          filter: {},
          quote,
          grant: (_, database) => grantOf(config.region, namespace, database ?? ''),
          clock: context.clock,
        },
        request,
        signal,
      );
    },
    close: async () => port.close(),
  };
}

/** A statement of an IAM policy, and the permission of Lake Formation where it guards the database. */
function grantOf(region: string, namespace: string, database: string): string {
  const account = namespace.split(':').at(-1) ?? '*';
  const arn = (what: string): string => `"arn:aws:glue:${region}:${account}:${what}"`;
  const resources = [arn('catalog'), arn(`database/${database}`), arn(`table/${database}/*`)].join(', ');
  const statement = `{"Effect": "Allow", "Action": ["glue:GetDatabases", "glue:GetTables"], "Resource": [${resources}]}`;
  return `add to the IAM policy: ${statement}; in Lake Formation grant DESCRIBE on the database and all its tables`;
}

/** A name as Athena quotes it. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
