import type { Connector, ConnectorContext, SourceConnection } from '../connector.ts';
import { createHttp, type Http } from '../kit/http.ts';
import { usualRetry } from '../kit/retry.ts';
import { createAmundsenClient } from './client.ts';
import { amundsenConfig, type AmundsenConfig } from './config.ts';
import { createGraphPort, type GraphPort } from './graph-port.ts';
import { readGraph } from './read.ts';
import { amundsenWriter } from './write.ts';

/** Amundsen by its Neo4j: tables, columns, descriptions, owners, badges, tags, lineage, usage. Writes through its metadata service. */
export const amundsen: Connector<AmundsenConfig> = {
  name: 'amundsen',
  configSchema: amundsenConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: [], accept: false, write: true },
  connect: (config, context) => connectThrough(createGraphPort(context.source, config), config, context),
};

/** The connection over any way to the graph: a real database's, or recorded answers. */
export function connectThrough(port: GraphPort, config: AmundsenConfig, context: ConnectorContext): SourceConnection {
  const client = createAmundsenClient(context.source, port);
  const http = config.serviceUrl === undefined ? null : serviceOf(config.serviceUrl, config, context);
  return {
    async check(signal) {
      const system = await client.system(signal);
      const schemas = await client.schemas(signal);
      const service = config.serviceUrl === undefined ? ['tags cannot be written back without serviceUrl'] : [];
      return { system, gaps: [], notes: [`${schemas.length} schemas`, ...service] };
    },
    read: (request, signal) => readGraph(client, config, context.clock, request, context.source, signal),
    ...(http === null ? {} : { write: amundsenWriter(http, context.source, config.badgeCategory) }),
    async close() {
      http?.close();
      await client.close();
    },
  };
}

function serviceOf(url: string, config: AmundsenConfig, { source }: ConnectorContext): Http {
  return createHttp({
    connector: 'amundsen',
    source,
    baseUrl: url.replace(/\/+$/u, ''),
    headers: config.serviceToken === undefined ? {} : { authorization: `Bearer ${config.serviceToken}` },
    user: config.serviceToken === undefined ? 'nobody' : 'the holder of the token',
    timeoutMs: config.timeoutMs,
    retry: { ...usualRetry, attempts: config.retries + 1 },
  });
}
