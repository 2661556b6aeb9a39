import { randomUUID } from 'node:crypto';
import type { Connector, ConnectorContext, SourceConnection } from '../connector.ts';
import { createHttp } from '../kit/http.ts';
import { localPath } from '../kit/local-path.ts';
import { usualRetry } from '../kit/retry.ts';
import { snowflakeConfig, type SnowflakeConfig } from './config.ts';
import { namespaceOf, urlOf } from './names.ts';
import { createStatementPort, type StatementPort } from './port.ts';
import { profileFields } from './profile.ts';
import { databasesOf, readAccount } from './read.ts';
import { createSession } from './session.ts';
import { createSignIn } from './sign-in.ts';
import { snowflakeWriter } from './write.ts';

/** Snowflake through its SQL API: structure, tags, policies, grants, the statements that ran; never a row unless profiling is on. */
export const snowflake: Connector<SnowflakeConfig> = {
  name: 'snowflake',
  configSchema: snowflakeConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: ['sample'], accept: false, write: true },
  connect(config, context) {
    const baseUrl = (config.url ?? urlOf(config.account)).replace(/\/+$/u, '');
    const { source, clock } = context;
    const signIn = createSignIn(config, { source, clock, fileAt: (path) => localPath(context, path) });
    const http = createHttp({
      connector: 'snowflake',
      source,
      baseUrl,
      headers: { 'user-agent': 'lexline' },
      signIn,
      user: signIn.who,
      timeoutMs: config.timeoutMs,
      retry: { ...usualRetry, attempts: config.retries + 1 },
      maxBytes: 256 * 1024 * 1024,
    });
    const asked = { source, origin: new URL(baseUrl).origin, who: signIn.who, warehouse: config.warehouse };
    return connectThrough(createStatementPort({ http, config, asked, requestId: randomUUID }), config, context);
  },
};

/** The connection over any port: a real account's, or one that fails on purpose. */
export function connectThrough(
  port: StatementPort,
  config: SnowflakeConfig,
  { clock, source }: ConnectorContext,
): SourceConnection {
  const namespace = config.namespace ?? namespaceOf(config.account);
  const session = createSession({ port, config, namespace, clock, source });
  return {
    async check(signal) {
      const { system, region, user, role } = await session.about(signal);
      const { names: databases } = await databasesOf(session, signal);
      const cost = session.cost.said();
      return {
        system,
        gaps: [...session.takeNotes(), ...(cost === null || cost.gap === null ? [] : [cost.gap])],
        notes: [
          ...(cost === null ? [] : [cost.text]),
          `${databases.length} databases are read as ${user} with role ${role}, in region ${region ?? 'unknown'}; what the role has no right on does not show up`,
        ],
      };
    },
    read: (request, signal) => readAccount(session, request, signal),
    profile: (requests, profiler, options, signal) => profileFields(session, requests, profiler, options, signal),
    write: snowflakeWriter(session.port, source, config),
    close: () => port.close(),
  };
}
