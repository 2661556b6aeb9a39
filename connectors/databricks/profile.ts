import { isLexlineError } from '../../server/base/errors.ts';
import { splitName } from '../../server/model/dataset-name.ts';
import type { ProfileRequest, Profiler } from '../../server/model/profile.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { ProfileMessage, ProfileOptions } from '../connector.ts';
import { fieldNames, maxValue, rowsForbidden, showValues } from '../kit/shown-values.ts';
import { StatementRefused } from './failure.ts';
import { noWarehouse } from './gaps.ts';
import { columnTagsNow, tagsBySql, type Place } from './live-tags.ts';
import { path, quote } from './names.ts';
import { filtersOf, masksOf, policiesOn } from './policies.ts';
import { ifShown } from './port.ts';
import type { Session } from './session.ts';
import { tableItem } from './shapes.ts';

/** Fields looked at by one statement, at most. */
const maxFields = 20;
/** A result inline may have 25 MiB: fields are taken together so that the longest values stay below this. */
const maxBytes = 20 * 1024 * 1024;
/** Rows are taken from all over a table: each with this chance, by the seed. */
const percent = 10;
/** Types that can be given as text. */
const asText =
  /^(?:string|varchar|char|bigint|int|integer|smallint|tinyint|long|short|byte|double|float|real|decimal|dec|numeric|boolean|date|timestamp|timestamp_ntz|interval)\b/iu;

/**
 * Shows bounded rows to the profiler, table by table, and forgets them. A column that is masked is not looked at: masks say
 * nothing of what is behind them. What cannot be looked at is a gap; the rest goes on.
 */
export async function* profileFields(
  session: Session,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  if (!session.port.hasWarehouse) {
    if (requests.length > 0) yield { type: 'gap', gap: { ...noWarehouse, what: 'values of columns' } };
    return;
  }
  for (const [table, fields] of Map.groupBy(requests, ({ dataset }) => dataset.name)) {
    signal.throwIfAborted();
    const shown = fields.filter(({ path: own, type }) => own.length === 1 && asText.test(type ?? ''));
    if (shown.length < fields.length) yield { type: 'gap', gap: notAsText(table, fields.length - shown.length) };
    if (shown.length > 0) yield* profileTable(session, table, shown, profiler, options, signal);
  }
}

async function* profileTable(
  session: Session,
  table: string,
  fields: readonly ProfileRequest[],
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  const [catalog = '', schema = '', relation = ''] = splitName(table);
  const place = { catalog, schema, relation, column: null };
  const protection = await protectionOf(session, place, signal);
  if (!protection.isKnown) yield { type: 'gap', gap: maskingUnknown(table, session.port.who) };
  if (protection.filtersRows) yield { type: 'gap', gap: rowsHidden(table) };
  const masked = fields.filter(({ path: [column = ''] }) => protection.masked.has(column.toLowerCase()));
  if (masked.length > 0) yield { type: 'gap', gap: maskedHere(table, masked) };
  const open = fields.filter((field) => !masked.includes(field));
  const atOnce = Math.max(1, Math.min(maxFields, Math.floor(maxBytes / (options.maxRows * maxValue))));
  for (let at = 0; at < open.length; at += atOnce) {
    const some = open.slice(at, at + atOnce);
    try {
      const shown = showValues(profiler, some);
      for (const row of await sampled(session, place, some, options, signal)) shown.add(row);
      yield* shown.end();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StatementRefused)) throw error;
      const grant = `GRANT USE CATALOG ON CATALOG ${path(catalog)} TO ${quote(session.port.who)}; GRANT USE SCHEMA ON SCHEMA ${path(catalog, schema)} TO ${quote(session.port.who)}; GRANT SELECT ON TABLE ${path(catalog, schema, relation)} TO ${quote(session.port.who)};`;
      if (error.code === 'CONNECTOR_MISSING_RIGHTS') {
        yield { type: 'gap', gap: rowsForbidden(table, session.port.who, grant) };
        return;
      }
      yield { type: 'gap', gap: unreadable(table, some, error) };
    }
  }
}

/** From all over the table, chosen by the seed; of a table that is too small for that, from its beginning. */
async function sampled(
  { port }: Session,
  { catalog, schema, relation }: Place,
  fields: readonly ProfileRequest[],
  { maxRows, seed }: ProfileOptions,
  signal: AbortSignal,
) {
  const columns = fields.map(
    ({ path: [column = ''] }, i) => `left(CAST(${quote(column)} AS STRING), ${maxValue}) AS c${i}`,
  );
  const select = `SELECT ${columns.join(', ')} FROM ${path(catalog, schema, relation)}`;
  const limit = `LIMIT ${Math.trunc(maxRows)}`;
  const repeatable = `REPEATABLE (${Math.abs(Math.trunc(seed)) % 2_147_483_647})`;
  const spread = await port.query(`${select} TABLESAMPLE (${percent} PERCENT) ${repeatable} ${limit}`, {}, signal);
  return spread.length >= maxRows / 2 ? spread : port.query(`${select} ${limit}`, {}, signal);
}

interface Protection {
  /** Names in lower case. */
  readonly masked: ReadonlySet<string>;
  readonly filtersRows: boolean;
  /** False: policies that mask by tag may not be seen. */
  readonly isKnown: boolean;
}

/** What stands between us and the values of a table, as it is now. A mask of which it cannot be told whether it works counts. */
async function protectionOf({ port }: Session, place: Place, signal: AbortSignal): Promise<Protection> {
  const fullName = `${place.catalog}.${place.schema}.${place.relation}`;
  const of = `/api/2.1/unity-catalog/tables/${encodeURIComponent(fullName)}`;
  const item = await ifShown(port.get(of, {}, tableItem, signal));
  const masked = new Set(
    (item?.columns ?? []).flatMap(({ name, mask }) =>
      (mask?.function_name ?? null) === null ? [] : [name.toLowerCase()],
    ),
  );
  const filtersRows = (item?.row_filter?.function_name ?? null) !== null;
  try {
    const policies = await policiesOn(port, 'TABLE', fullName, signal, true);
    if (policies.length === 0) return { masked, filtersRows, isKnown: item !== null };
    const tableTags = await tagsBySql(port, place, signal);
    const byColumn = Map.groupBy(await columnTagsNow(port, place, signal), ({ column }) => column.toLowerCase());
    const tagsOf = (name: string) => (byColumn.get(name.toLowerCase()) ?? []).map(({ tag }) => tag);
    for (const { name } of item?.columns ?? []) {
      const { controls, unknown } = masksOf(policies, tableTags, tagsOf(name));
      if (controls.length + unknown.length > 0) masked.add(name.toLowerCase());
    }
    const columns = (item?.columns ?? []).map(({ name }) => tagsOf(name));
    return {
      masked,
      filtersRows: filtersRows || filtersOf(policies, tableTags, columns).length > 0,
      isKnown: item !== null,
    };
  } catch (error) {
    if (!isLexlineError(error) || !['CONNECTOR_MISSING_RIGHTS', 'NOT_FOUND'].includes(error.code)) throw error;
    return { masked, filtersRows, isKnown: false };
  }
}

function notAsText(table: string, count: number): Gap {
  return {
    what: `values of ${count} ${count === 1 ? 'field' : 'fields'} of ${table}`,
    reason: 'unsupported',
    detail: 'structures and their members, lists, maps, bytes and places are not looked at',
    remedy: 'judge them by hand, or put a view with plain columns beside the table',
  };
}

function maskedHere(table: string, fields: readonly ProfileRequest[]): Gap {
  return {
    what: `values of ${table}: ${fieldNames(fields)}`,
    reason: 'names-only',
    detail: 'a mask stands on them: what is seen says nothing of what is behind it, so they were not looked at',
    remedy: 'let the mask show this principal the values, or judge these columns by hand',
  };
}

function maskingUnknown(table: string, who: string): Gap {
  return {
    what: `masking of ${table}`,
    reason: 'no-rights',
    detail: `"${who}" may not see which policies mask by tag here: the values that were looked at may be masks`,
    remedy: `let "${who}" see the policies of the catalog (MANAGE on it)`,
  };
}

function rowsHidden(table: string): Gap {
  return {
    what: `rows of ${table}`,
    reason: 'no-rights',
    detail: 'a row filter decides which rows are seen: what was looked at may be a part of them, or none',
    remedy: 'let the filter show this principal all rows',
  };
}

function unreadable(table: string, fields: readonly ProfileRequest[], error: StatementRefused): Gap {
  return {
    what: `values of ${table}: ${fieldNames(fields)}`,
    reason: error.code === 'CONNECTOR_TIMEOUT' ? 'source-failed' : 'unsupported',
    detail: `the warehouse gives no rows of it${error.reason === '' ? '' : ` (${error.reason})`}`,
    remedy: error.remedy ?? 'run SELECT on the table by hand and see what it says',
  };
}
