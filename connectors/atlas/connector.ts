import { readFileSync } from 'node:fs';
import { LexlineError } from '../../server/base/errors.ts';
import { digestOf } from '../../server/model/json.ts';
import type { CheckResult, Connector, ConnectorContext, SourceConnection } from '../connector.ts';
import { createHttp } from '../kit/http.ts';
import type { KafkaSettings } from '../kit/kafka-settings.ts';
import { isForbidden, typedFailure } from '../kit/http-failure.ts';
import { localPath } from '../kit/local-path.ts';
import { usualRetry } from '../kit/retry.ts';
import { createAtlasClient, type AtlasClient } from './client.ts';
import { atlasConfig, type AtlasConfig } from './config.ts';
import { readCursor } from './cursor.ts';
import { readChanges } from './read-changes.ts';
import { readFull } from './read-full.ts';
import { readNotices } from './read-notices.ts';
import type { Session } from './session.ts';
import { typeRoles, type TypeRoles } from './type-roles.ts';
import { atlasWriter } from './write.ts';

/** Raised when the same entities would make other documents. */
const mapping = 1;

/** Apache Atlas 2.x by its REST interface: datasets, columns, processes, column lineage, classifications, terms. */
export const atlas: Connector<AtlasConfig> = {
  name: 'atlas',
  configSchema: atlasConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: [], accept: false, write: true },
  connect(config, context) {
    const { caFile } = config;
    const http = createHttp({
      connector: 'atlas',
      source: context.source,
      baseUrl: config.url.replace(/\/+$/u, ''),
      headers: { authorization: authorization(config, context), 'x-xsrf-header': 'lexline' },
      user: config.username ?? 'the token',
      timeoutMs: config.timeoutMs,
      retry: { ...usualRetry, attempts: config.retries + 1 },
      maxBytes: 256 * 1024 * 1024,
      ...(caFile === undefined ? {} : { ca: readFileSync(localPath(context, caFile), 'utf8') }),
    });
    return connectThrough(createAtlasClient(context.source, http), config, context);
  },
};

function authorization({ username, password, token }: AtlasConfig, { source }: ConnectorContext): string {
  if (token !== undefined) return `Bearer ${token}`;
  if (username === undefined || password === undefined)
    throw new LexlineError(
      'CONFIG_INVALID',
      `[connectors/atlas] source "${source}": nobody signs in: set username and password, or token`,
    );
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** The connection over any client: a real catalog's or one of recorded answers. */
export function connectThrough(client: AtlasClient, config: AtlasConfig, context: ConnectorContext): SourceConnection {
  const url = config.url.replace(/\/+$/u, '');
  const rolesNow = async (signal: AbortSignal): Promise<TypeRoles> =>
    typeRoles(await client.typeDefs(signal), config.types);
  return {
    check: (signal) => check(client, config, rolesNow, signal),
    async *read(request, signal) {
      signal.throwIfAborted();
      const roles = await rolesNow(signal);
      const now = client.now ?? context.clock.now();
      const naming = { catalog: new URL(url).host, platformOf: (type: string) => roles.platformOf(type) };
      const session = (through: number): Session => ({
        source: context.source,
        client,
        config,
        context: { roles, naming, url, sqlText: config.sqlText, businessMetadata: config.businessMetadata },
        clock: context.clock,
        signal,
        places: new Map(),
        recent: new Map(),
        names: new Map(),
        recentSince: through - config.overlapSeconds * 1000,
      });
      const { types, databases, sqlText, businessMetadata } = config;
      const digest = digestOf([mapping, naming.catalog, roles.digest, types, databases, sqlText, businessMetadata]);
      const before = readCursor(request.cursor?.at, digest);
      const isDue = before === null || context.clock.now() - before.fullAt >= config.fullEveryHours * 3_600_000;
      if (before !== null && before.phase === 'changes' && (!isDue || request.cursor?.kind === 'resume')) {
        const notices = await readNotices(config, context.source, before.places, signal);
        const changes = notices.isBroken ? null : await readChanges(session(now), before, now, notices);
        if (changes !== null) {
          yield* changes;
          return;
        }
      }
      const resumed = before?.phase === 'full' ? before : null;
      const through = resumed?.through ?? now;
      // Where the topic ends before anything is read: what is told from here on is asked for next time.
      const places = resumed?.places ?? (await readNotices(config, context.source, {}, signal)).places;
      yield* readFull(session(through), digest, resumed, through, places);
    },
    ...(config.kafka === undefined ? {} : { changes: told(config.kafka, context.source) }),
    write: atlasWriter(client),
    close: async () => client.close(),
  };
}

/** Atlas tells of every change of an entity on its topic. */
function told(kafka: KafkaSettings, source: string) {
  return async function* (signal: AbortSignal): AsyncIterable<unknown> {
    const { topicChanges } = await import('../kit/topic-changes.ts');
    yield* topicChanges(kafka, `[connectors/atlas] source "${source}"`, signal);
  };
}

async function check(
  client: AtlasClient,
  config: AtlasConfig,
  rolesNow: (signal: AbortSignal) => Promise<TypeRoles>,
  signal: AbortSignal,
): Promise<CheckResult> {
  const { version } = await client.version(signal);
  const roles = await rolesNow(signal);
  const notes = [
    `${roles.datasets.length} types of datasets and ${roles.processes.length} of processes are read, as ${config.username ?? 'the holder of the token'}`,
  ];
  if (!(await canSearch(client, [...roles.datasets, ...roles.processes], signal)))
    throw new LexlineError(
      'CONNECTOR_MISSING_RIGHTS',
      `[connectors/atlas] "${config.username ?? 'the token'}" may not search the catalog`,
      { remedy: 'give it type-read, entity-read and entity-read-classification on all types and entities' },
    );
  return { system: `Apache Atlas ${version}`, gaps: [], notes };
}

/** True when one type at least may be searched: a type that may not be is a gap of the read. */
async function canSearch(client: AtlasClient, types: readonly string[], signal: AbortSignal): Promise<boolean> {
  for (const typeName of types.length === 0 ? ['DataSet'] : types)
    try {
      await client.search(
        { typeName, includeSubTypes: false, excludeDeletedEntities: true, attributes: [], limit: 1, offset: 0 },
        signal,
      );
      return true;
    } catch (error) {
      if (!isForbidden(error)) throw typedFailure(error);
    }
  return false;
}
