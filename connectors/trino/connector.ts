import { readFileSync } from 'node:fs';
import type { CheckResult, Connector, ConnectorContext, SourceConnection } from '../connector.ts';
import { createHttp } from '../kit/http.ts';
import { localPath } from '../kit/local-path.ts';
import { usualRetry } from '../kit/retry.ts';
import { readDatabases, type WarehousePart } from '../kit/warehouse/read-databases.ts';
import { nothingWanted, wantedSchemas } from '../kit/warehouse/schema-filter.ts';
import { gapOfPart } from '../kit/warehouse/unread-part.ts';
import { headersOf, namespaceOf } from './address.ts';
import { listCatalogs, trinoWarehouse } from './client.ts';
import { trinoConfig, type TrinoConfig } from './config.ts';
import { historyWindow, ownCatalogs } from './history.ts';
import { createTrinoPort, type TrinoPort } from './port.ts';
import { profileFields } from './profile.ts';
import { quote } from './sql.ts';

/** A Trino cluster through its statement interface: every catalog's tables and views, grants, and the queries it remembers. */
export const trino: Connector<TrinoConfig> = {
  name: 'trino',
  configSchema: trinoConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: ['sample'], accept: false, write: false },
  connect(config, context) {
    const { caFile, url, username, timeoutMs, retries, statementTimeoutMs } = config;
    const http = createHttp({
      connector: 'trino',
      source: context.source,
      baseUrl: url.replace(/\/+$/u, ''),
      headers: headersOf(config, context.source),
      user: username,
      timeoutMs,
      retry: { ...usualRetry, attempts: retries + 1 },
      maxBytes: 256 * 1024 * 1024,
      ...(caFile === undefined ? {} : { ca: readFileSync(localPath(context, caFile), 'utf8') }),
    });
    return connectThrough(createTrinoPort({ source: context.source, http, statementTimeoutMs }), config, context);
  },
};

/** The connection over any port: a real coordinator's, or one that fails on purpose. */
export function connectThrough(port: TrinoPort, config: TrinoConfig, context: ConnectorContext): SourceConnection {
  const namespace = config.namespace ?? namespaceOf(config.url);
  async function catalogs(signal: AbortSignal): Promise<readonly WarehousePart[]> {
    const { include, exclude = include === undefined ? ownCatalogs : [] } = config.catalogs;
    const found = (await listCatalogs(port, signal)).map((catalog) => ({ schema: catalog.name, catalog }));
    return wantedSchemas(found, { ...(include === undefined ? {} : { include }), exclude }).map(({ catalog }) => ({
      warehouse: trinoWarehouse(port, catalog, config),
      naming: { namespace, platform: 'trino', dialect: 'trino', database: catalog.name },
    }));
  }
  return {
    async check(signal): Promise<CheckResult> {
      const system = `Trino ${await port.version(signal)}`;
      const gaps: CheckResult['gaps'][number][] = [];
      const notes: string[] = [];
      const all: { readonly schema: string }[] = [];
      for (const { warehouse, naming } of await catalogs(signal))
        try {
          const schemas = await warehouse.schemas(signal);
          all.push(...schemas);
          const wanted = wantedSchemas(schemas, config.schemas);
          notes.push(
            `catalog ${naming.database}: ${wanted.length} of ${schemas.length} schemas that "${config.username}" may see are read`,
          );
        } catch (error) {
          const gap = gapOfPart(error, () => ({
            what: `catalog ${naming.database}`,
            reason: 'no-rights',
            detail: `"${config.username}" may not list its schemas`,
            remedy:
              grantOf(naming.database ?? '', null, config.username) ??
              `let "${config.username}" list its schemas, or leave the catalog out`,
          }));
          if (gap === null) throw error;
          gaps.push(gap);
        }
      return { system, gaps: [...gaps, ...nothingWanted(all, config.schemas)], notes };
    },
    read: (request, signal) =>
      readDatabases(
        {
          namespace,
          databases: catalogs,
          filter: config.schemas,
          quote,
          grant: grantOf,
          clock: context.clock,
          ...(config.queries ? { window: historyWindow(port, namespace, config) } : {}),
        },
        request,
        signal,
      ),
    profile: (requests, profiler, options, signal) =>
      profileFields(port, config.username, requests, profiler, options, signal),
    close: async () => port.close(),
  };
}

/** Trino's access control is a file, Ranger or OPA as a rule; the statement helps where the catalog keeps grants itself. */
function grantOf(database: string, schema: string | null, user: string): string | null {
  if (schema === null) return null;
  return `GRANT SELECT ON SCHEMA ${quote(database)}.${quote(schema)} TO USER ${quote(user)};`;
}
