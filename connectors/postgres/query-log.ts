import { instant, type Clock } from '../../server/base/clock.ts';
import { isLexlineError } from '../../server/base/errors.ts';
import type { SourceMessage } from '../../server/model/document.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { Catalog } from './client.ts';
import type { PostgresConfig } from './config.ts';
import { quote, type Naming } from './map.ts';
import { mapStatement } from './map-routine.ts';

/**
 * The statements that `pg_stat_statements` remembers. A window: its scope is never completed, so a statement that the server
 * forgot is not retired; how long ago it was seen is an observation.
 */
export async function* readQueryLog(
  catalog: Catalog,
  config: PostgresConfig,
  naming: Naming,
  clock: Clock,
  scope: string,
): AsyncIterable<SourceMessage> {
  const gap = logGap(catalog);
  if (gap !== null) {
    yield { type: 'gap', scope, gap };
    return;
  }
  let rows;
  try {
    rows = await catalog.statements(config.maxQueries);
  } catch (error) {
    // A statistics view that cannot be read must not cost the schemas: not preloaded, revoked or of an old release.
    if (!isLexlineError(error) || !['CONNECTOR_UNEXPECTED', 'CONNECTOR_MISSING_RIGHTS'].includes(error.code))
      throw error;
    yield { type: 'gap', scope, gap: unreadable(catalog.server.role) };
    return;
  }
  const last = instant(clock);
  yield { type: 'scope-begin', scope };
  for (const row of rows) {
    const document = mapStatement(row, naming);
    if (document === null) continue;
    yield { type: 'document', scope, document };
    const { namespace, name } = document;
    yield {
      type: 'observation',
      kind: 'job',
      name: { namespace, name },
      measure: 'calls-since-reset',
      day: last.slice(0, 10),
      count: 1,
      last,
      body: { calls: row.calls },
    };
  }
  if (rows.some((row) => row.hidden)) yield { type: 'gap', scope, gap: hidden(catalog.server.role) };
}

function logGap({ server }: Catalog): Gap | null {
  if (server.statistics_schema !== null) return null;
  return {
    what: `statements that were run in database ${server.database}`,
    reason: 'not-connected',
    detail: 'the extension pg_stat_statements is not installed, so only views and routines tell where data flows',
    remedy: `add pg_stat_statements to shared_preload_libraries, restart, then: CREATE EXTENSION pg_stat_statements; (or set "queries: false" on the source to leave them out)`,
  };
}

function unreadable(role: string): Gap {
  return {
    what: 'statements in pg_stat_statements',
    reason: 'no-rights',
    detail: `role ${role} cannot read the view, or the library is not preloaded`,
    remedy: `GRANT SELECT ON pg_stat_statements TO ${quote(role)}; GRANT pg_read_all_stats TO ${quote(role)}; and check shared_preload_libraries`,
  };
}

function hidden(role: string): Gap {
  return {
    what: 'statements of other users in pg_stat_statements',
    reason: 'no-rights',
    detail: `role ${role} sees only its own statements`,
    remedy: `GRANT pg_read_all_stats TO ${quote(role)};`,
  };
}
