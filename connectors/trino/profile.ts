import { isLexlineError } from '../../server/base/errors.ts';
import { splitName } from '../../server/model/dataset-name.ts';
import type { ProfileRequest, Profiler } from '../../server/model/profile.ts';
import type { ProfileMessage, ProfileOptions } from '../connector.ts';
import { maxValue, rowsForbidden, showValues } from '../kit/shown-values.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import type { TrinoPort } from './port.ts';
import { quote } from './sql.ts';

/** Fields looked at by one statement. */
const maxFields = 40;
/** Types that can be given as text. */
const asText =
  /^(?:varchar|char|bigint|integer|smallint|tinyint|double|real|decimal|number|boolean|date|time|timestamp|uuid|ipaddress|interval)\b/iu;

/**
 * Shows bounded rows to the profiler, table by table, and forgets them: the first that the system behind the catalog gives.
 * What cannot be looked at is a gap; the rest goes on.
 */
export async function* profileFields(
  port: TrinoPort,
  user: string,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  for (const [table, fields] of Map.groupBy(requests, ({ dataset }) => dataset.name)) {
    const shown = fields.filter(({ path, type }) => path.length === 1 && asText.test(type ?? ''));
    if (shown.length < fields.length) yield { type: 'gap', gap: notAsText(table, fields.length - shown.length) };
    for (let at = 0; at < shown.length; at += maxFields)
      yield* profileSome(port, user, table, shown.slice(at, at + maxFields), profiler, options, signal);
  }
}

async function* profileSome(
  port: TrinoPort,
  user: string,
  table: string,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  { maxRows }: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  const columns = requests.map(
    ({ path }, i) => `substr(CAST(${quote(path[0] ?? '')} AS varchar), 1, ${maxValue}) AS c${i}`,
  );
  const from = splitName(table).map(quote).join('.');
  const sql = `SELECT ${columns.join(', ')} FROM ${from} LIMIT ${Math.trunc(maxRows)}`;
  try {
    const rows = await port.query(sql, `values of ${table}`, signal);
    const shown = showValues(profiler, requests);
    for (const row of rows) shown.add(row);
    yield* shown.end();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UnreadPart) {
      yield { type: 'gap', gap: error.gap };
      return;
    }
    if (!isLexlineError(error) || error.code !== 'CONNECTOR_MISSING_RIGHTS') throw error;
    yield { type: 'gap', gap: rowsForbidden(table, user, `GRANT SELECT ON ${from} TO USER ${quote(user)};`) };
  }
}

function notAsText(table: string, count: number) {
  return {
    what: `values of ${count} ${count === 1 ? 'field' : 'fields'} of ${table}`,
    reason: 'unsupported',
    detail: 'structures, lists, maps and bytes are not looked at',
    remedy: 'decide the fields in the review',
  } as const;
}
