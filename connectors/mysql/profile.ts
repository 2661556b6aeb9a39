import { isLexlineError } from '../../server/base/errors.ts';
import { splitName } from '../../server/model/dataset-name.ts';
import type { ProfileRequest, Profiler } from '../../server/model/profile.ts';
import type { ProfileMessage, ProfileOptions } from '../connector.ts';
import { maxValue, rowsForbidden, showValues } from '../kit/shown-values.ts';
import type { QueryPort } from './port.ts';
import { quote } from './sql.ts';

/** Fields looked at by one statement. */
const maxFields = 40;
/** Rows held at a time. */
const pageRows = 500;

/**
 * Shows bounded rows to the profiler, table by table, and forgets them. MySQL has no repeatable sample: the rows are the
 * first ones in the order of the table's own storage. What cannot be looked at is a gap; the rest goes on.
 */
export async function* profileFields(
  port: QueryPort,
  user: string,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  const tables = Map.groupBy(requests, ({ dataset }) => dataset.name);
  for (const [table, fields] of tables)
    for (let at = 0; at < fields.length; at += maxFields)
      yield* profileSome(port, user, table, fields.slice(at, at + maxFields), profiler, options, signal);
}

async function* profileSome(
  port: QueryPort,
  user: string,
  table: string,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  { maxRows }: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  const [schema = '', name = table] = splitName(table).slice(-2);
  const shown = showValues(profiler, requests);
  const columns = requests.map(
    ({ path }, i) => `LEFT(CONVERT(${quote(path[0] ?? '')} USING utf8mb4), ${maxValue}) AS c${i}`,
  );
  try {
    for (let offset = 0; offset < maxRows; offset += pageRows) {
      const rows = Math.min(pageRows, maxRows - offset);
      const sql = `SELECT ${columns.join(', ')} FROM ${quote(schema)}.${quote(name)} LIMIT ${rows} OFFSET ${offset}`;
      const page = await port.query(sql, [], signal);
      for (const row of page) shown.add(row);
      if (page.length < rows) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!isLexlineError(error) || error.code !== 'CONNECTOR_MISSING_RIGHTS') throw error;
    const grant = `GRANT SELECT ON ${quote(schema)}.${quote(name)} TO ${account(user)};`;
    yield { type: 'gap', gap: rowsForbidden(table, user, grant) };
    return;
  }
  yield* shown.end();
}

/** `reader@10.0.0.%` as GRANT wants it. */
export function account(user: string): string {
  const at = user.lastIndexOf('@');
  const [name, host] = at < 0 ? [user, '%'] : [user.slice(0, at), user.slice(at + 1)];
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  return `${quoted(name)}@${quoted(host)}`;
}
