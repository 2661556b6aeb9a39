import { isLexlineError } from '../../server/base/errors.ts';
import { splitName } from '../../server/model/dataset-name.ts';
import type { ProfileRequest, Profiler } from '../../server/model/profile.ts';
import type { ProfileMessage, ProfileOptions } from '../connector.ts';
import type { QueryPort } from './port.ts';
import { quote } from './sql.ts';

/** Fields looked at by one statement. */
const maxFields = 40;
/** Values are cut here before anything looks at them. */
const maxValue = 4096;
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
  const looking = requests.map((request) => profiler.begin(request));
  const columns = requests.map(
    ({ path }, i) => `LEFT(CONVERT(${quote(path[0] ?? '')} USING utf8mb4), ${maxValue}) AS c${i}`,
  );
  try {
    for (let offset = 0; offset < maxRows; offset += pageRows) {
      const rows = Math.min(pageRows, maxRows - offset);
      const sql = `SELECT ${columns.join(', ')} FROM ${quote(schema)}.${quote(name)} LIMIT ${rows} OFFSET ${offset}`;
      const page = await port.query(sql, [], signal);
      for (const row of page)
        for (const [i, field] of looking.entries()) {
          const value = row[`c${i}`];
          field.add(typeof value === 'string' ? value : null);
        }
      if (page.length < rows) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!isLexlineError(error) || error.code !== 'CONNECTOR_MISSING_RIGHTS') throw error;
    const gap = {
      what: `values of ${table}`,
      reason: 'no-rights',
      detail: `"${user}" may not read its rows; its structure was read`,
      remedy: `GRANT SELECT ON ${quote(schema)}.${quote(name)} TO ${account(user)};`,
    } as const;
    yield { type: 'gap', gap };
    return;
  }
  for (const field of looking) yield { type: 'profile', profile: field.end() };
}

/** `reader@10.0.0.%` as GRANT wants it. */
export function account(user: string): string {
  const at = user.lastIndexOf('@');
  const [name, host] = at < 0 ? [user, '%'] : [user.slice(0, at), user.slice(at + 1)];
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  return `${quoted(name)}@${quoted(host)}`;
}
