import type { Connector, ConnectorContext, SourceConnection } from '../connector.ts';
import { createHttp } from '../kit/http.ts';
import { usualRetry } from '../kit/retry.ts';
import { databricksConfig, type DatabricksConfig } from './config.ts';
import { noWarehouse } from './gaps.ts';
import { baseOf, namespaceOf } from './names.ts';
import { createPort, type DatabricksPort } from './port.ts';
import { profileFields } from './profile.ts';
import { askWarehouse, catalogsOf, probeSystem, readMetastore } from './read.ts';
import { createSession } from './session.ts';
import { createSignIn } from './sign-in.ts';
import { databricksWriter } from './write.ts';

/** Databricks' Unity Catalog: structure, masks, tags, keys, grants, and what jobs and statements moved; never a row unless profiling is on. */
export const databricks: Connector<DatabricksConfig> = {
  name: 'databricks',
  configSchema: databricksConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: ['sample'], accept: false, write: true },
  connect(config, context) {
    const baseUrl = baseOf(config.url);
    const { source, clock } = context;
    const signIn = createSignIn(config, { source, clock });
    const http = createHttp({
      connector: 'databricks',
      source,
      baseUrl,
      headers: { 'user-agent': 'lexline' },
      signIn,
      user: signIn.who,
      timeoutMs: config.timeoutMs,
      retry: { ...usualRetry, attempts: config.retries + 1 },
      maxBytes: 256 * 1024 * 1024,
    });
    const { warehouseId, statementTimeoutSeconds, pageSize } = config;
    const asked = { source, origin: new URL(baseUrl).origin, who: signIn.who };
    return connectThrough(createPort({ http, asked, warehouseId, statementTimeoutSeconds, pageSize }), config, context);
  },
};

/** The connection over any port: a real workspace's, or one that fails on purpose. */
export function connectThrough(
  port: DatabricksPort,
  config: DatabricksConfig,
  { clock, source }: Pick<ConnectorContext, 'clock' | 'source'>,
): SourceConnection {
  const namespace = config.namespace ?? namespaceOf(config.url);
  const session = createSession({ port, config, namespace, clock });
  return {
    async check(signal) {
      const { catalogs } = await catalogsOf(session, signal);
      const { system } = await session.about(signal);
      if (!port.hasWarehouse) session.note(noWarehouse);
      else if ((await askWarehouse(session, signal)) !== null) await probeSystem(session, signal);
      return {
        system,
        gaps: session.takeNotes(),
        notes: [
          `${catalogs.length} ${catalogs.length === 1 ? 'catalog is' : 'catalogs are'} read as ${port.who}; what it has no right on does not show up`,
        ],
      };
    },
    read: (request, signal) => readMetastore(session, request, signal),
    profile: (requests, profiler, options, signal) => profileFields(session, requests, profiler, options, signal),
    write: databricksWriter(session, source),
    close: () => port.close(),
  };
}
