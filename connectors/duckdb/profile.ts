import { isLexlineError } from '../../server/base/errors.ts';
import { splitName } from '../../server/model/dataset-name.ts';
import type { ProfileRequest, Profiler } from '../../server/model/profile.ts';
import type { ProfileMessage, ProfileOptions } from '../connector.ts';
import { maxValue, showValues } from '../kit/shown-values.ts';
import type { QueryPort } from './port.ts';
import { quote } from './sql.ts';

/** Fields looked at by one statement. */
const maxFields = 10;

/**
 * Shows bounded rows to the profiler, table by table, and forgets them: a reservoir sample that is the same for the same
 * seed. Members of structures are asked for one by one, because those inside lists cannot be. What cannot be looked at is a
 * gap; the rest goes on.
 */
export async function* profileFields(
  port: QueryPort,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  for (const [table, fields] of Map.groupBy(requests, ({ dataset }) => dataset.name)) {
    const columns = fields.filter(({ path }) => path.length === 1);
    for (let at = 0; at < columns.length; at += maxFields)
      yield* profileSome(port, table, columns.slice(at, at + maxFields), profiler, options, signal);
    for (const member of fields.filter(({ path }) => path.length > 1))
      yield* profileSome(port, table, [member], profiler, options, signal);
  }
}

async function* profileSome(
  port: QueryPort,
  table: string,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  { maxRows, seed }: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  const parts = splitName(table);
  const from = parts.map(quote).join('.');
  const columns = requests.map(
    ({ path }, i) => `left(CAST(${['t', ...path].map(quote).join('.')} AS VARCHAR), ${maxValue}) AS c${i}`,
  );
  const sample = `USING SAMPLE reservoir(${Math.trunc(maxRows)} ROWS) REPEATABLE (${Math.abs(Math.trunc(seed)) % 2_147_483_647})`;
  try {
    // A view of the database may leave out its name.
    await port.query(`USE ${quote(parts[0] ?? '')}`, [], signal);
    const rows = await port.query(`SELECT ${columns.join(', ')} FROM ${from} AS t ${sample}`, [], signal);
    const shown = showValues(profiler, requests);
    for (const row of rows) shown.add(row);
    yield* shown.end();
  } catch (error) {
    signal.throwIfAborted();
    if (!isLexlineError(error) || !['CONNECTOR_MISSING_RIGHTS', 'CONNECTOR_UNEXPECTED'].includes(error.code))
      throw error;
    const outside = error.code === 'CONNECTOR_MISSING_RIGHTS';
    const what =
      requests.length === 1 ? `values of ${table}, ${requests[0]?.path.join('.') ?? ''}` : `values of ${table}`;
    const detail = outside
      ? 'it is a view over other files or the network, which are not opened here'
      : 'DuckDB cannot give them: members inside a list, or a view that does not hold any more';
    const remedy = outside
      ? 'decide the fields in the review, or keep a copy as a table in the database'
      : 'decide the fields in the review; where the view is broken, mend or drop it';
    yield { type: 'gap', gap: { what, reason: 'unsupported', detail, remedy } };
  }
}
