import { z } from 'zod';
import { splitName } from '../../server/model/dataset-name.ts';
import type { ProfileRequest, Profiler } from '../../server/model/profile.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { ProfileMessage, ProfileOptions } from '../connector.ts';
import { fieldNames, maxValue, rowsForbidden, showValues } from '../kit/shown-values.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import { BigQueryRefused, isRefused } from './failure.ts';
import { getOne } from './list.ts';
import { path, quote } from './names.ts';
import { rowPoliciesOf } from './row-policies.ts';
import { rowsAt, sampleStarts, selectedFields, valuesIn, type RowValues } from './sample.ts';
import type { Session } from './session.ts';
import { findField, getTable, placeIn, tablePath, type SchemaField, type Table, type TablePlace } from './table.ts';
import { unreadOf } from './unread.ts';

/** Columns of one request: the address of a request is bounded. */
const maxFields = 40;
/** Types whose values are bytes, shapes or structures and no text. */
const noText = /^(?:BYTES|GEOGRAPHY|RECORD|STRUCT|JSON|RANGE|INTERVAL)$/iu;

/**
 * Shows bounded rows to the profiler, table by table, and forgets them. Rows are listed, which costs nothing; with `sampling:
 * query` views and external tables are read by queries that are billed, within the limits of the source. A column with a policy
 * tag or a masking rule is not looked at: what this account is shown may be a mask. What cannot be looked at is a gap.
 */
export async function* profileFields(
  session: Session,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  for (const [name, fields] of Map.groupBy(requests, ({ dataset }) => dataset.name)) {
    signal.throwIfAborted();
    try {
      const place = await placeIn(session, name, signal);
      if (place === null) yield { type: 'gap', gap: notThere(name) };
      else yield* profileTable(session, { name, place, fields }, profiler, options, signal);
    } catch (error) {
      signal.throwIfAborted();
      const unread = unreadOf(`values of ${name}`, error);
      if (unread instanceof UnreadPart) yield { type: 'gap', gap: unread.gap };
      else if (isRefused(error) || (error instanceof BigQueryRefused && error.code === 'CONNECTOR_BUDGET_SPENT'))
        yield { type: 'gap', gap: refusedRows(session, name, error) };
      else throw error;
    }
  }
}

interface Looked {
  readonly name: string;
  readonly place: TablePlace;
  readonly fields: readonly ProfileRequest[];
}

async function* profileTable(
  session: Session,
  { name, place, fields }: Looked,
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  const table = await getTable(session, place, 'FULL', signal);
  const known = fields.map((request) => ({ request, field: findField(table.schema.fields, request.path) }));
  const asText = known.filter(({ field }) => field !== null && !noText.test(field.type));
  const notText = known.filter((one) => !asText.includes(one));
  if (notText.length > 0)
    yield {
      type: 'gap',
      gap: notAsText(
        name,
        notText.map(({ request }) => request),
      ),
    };
  const closed = asText.filter(({ request }) => isProtected(table.schema.fields, request.path));
  if (closed.length > 0)
    yield {
      type: 'gap',
      gap: protectedHere(
        session,
        name,
        closed.map(({ request }) => request),
      ),
    };
  const open = asText.filter((one) => !closed.includes(one)).map(({ request }) => request);
  if (open.length === 0) return;
  const isListed = table.type === 'TABLE' || table.type === 'SNAPSHOT';
  if (!isListed && session.config.sampling === 'list') {
    yield { type: 'gap', gap: notListed(name, table.type) };
    return;
  }
  const policies = isListed
    ? await session.optional(
        () => rowPoliciesOf(session, [place.project, place.dataset, place.table], signal),
        () => unknownRows(name),
      )
    : [];
  for (const gap of session.takeNotes()) yield { type: 'gap', gap };
  if ((policies ?? []).length > 0) {
    yield { type: 'gap', gap: rowsHidden(session, name) };
    return;
  }
  for (let at = 0; at < open.length; at += maxFields) {
    const some = open.slice(at, at + maxFields);
    // Each by itself: a list gives several values a row.
    const shown = some.map((field) => showValues(profiler, [field]));
    const rows =
      session.config.sampling === 'list'
        ? listedRows(session, place, table, some, options, signal)
        : queriedRows(session, place, table, some, options, signal);
    for await (const row of rows)
      for (const [i, values] of row.entries()) for (const value of values) shown[i]?.add({ c0: value });
    for (const field of shown) yield* field.end();
  }
}

const dataShape = z.object({ rows: z.array(z.unknown()).default([]), totalRows: z.string().optional() });

/** Rows from several places of the table, chosen by the seed: the first rows of a table are often its oldest. */
async function* listedRows(
  session: Session,
  place: TablePlace,
  table: Table,
  fields: readonly ProfileRequest[],
  { maxRows, seed }: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<RowValues> {
  const paths = fields.map((request) => request.path);
  const selected = selectedFields(table.schema.fields, paths).join(',');
  for (const { start, count } of sampleStarts(table.numRows ?? 0, maxRows, seed)) {
    const query = new URLSearchParams({
      selectedFields: selected,
      startIndex: String(start),
      maxResults: String(count),
      'formatOptions.useInt64Timestamp': 'true',
    });
    const { rows } = await getOne(
      session.port,
      'bigquery',
      `${tablePath(place)}/data?${query.toString()}`,
      dataShape,
      signal,
    );
    yield* rowsAt(table.schema.fields, paths, rows);
  }
}

/** One statement; of a large table some of its blocks. */
async function* queriedRows(
  session: Session,
  { project, dataset, table: name }: TablePlace,
  table: Table,
  fields: readonly ProfileRequest[],
  { maxRows }: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<RowValues> {
  const columns = fields.map((request, i) => `${textOfField(table.schema.fields, request.path)} AS c${i}`);
  const rows = table.numRows ?? 0;
  const percent = Math.max(1, Math.min(100, Math.ceil((maxRows * 10_000) / Math.max(1, rows))));
  const blocks = table.type === 'TABLE' && percent < 100 ? ` TABLESAMPLE SYSTEM (${percent} PERCENT)` : '';
  const sql = `SELECT TO_JSON_STRING(STRUCT(${columns.join(', ')})) AS json FROM ${path(project, dataset, name)}${blocks} LIMIT ${Math.trunc(maxRows)}`;
  for (const row of await session.rows(sql, table.location, signal)) yield valuesIn(fields.length, row);
}

/** A field as text; of a repeated one, or a member of one, its first values in one list. */
function textOfField(fields: readonly SchemaField[], members: readonly string[]): string {
  const parts: { readonly name: string; readonly isList: boolean }[] = [];
  let level = fields;
  for (const member of members) {
    const field = findField(level, [member]);
    parts.push({ name: member, isList: field?.mode === 'REPEATED' });
    level = field?.fields ?? [];
  }
  const expression = (base: string, from: number): string => {
    const list = parts.findIndex(({ isList }, i) => i >= from && isList);
    const upTo = parts.slice(from, list < 0 ? parts.length : list + 1).map(({ name }) => quote(name));
    const whole = [base, ...upTo].filter((part) => part !== '').join('.');
    if (list < 0) return `LEFT(CAST(${whole} AS STRING), ${maxValue})`;
    const inner =
      list + 1 === parts.length ? `LEFT(CAST(v${list} AS STRING), ${maxValue})` : expression(`v${list}`, list + 1);
    return `ARRAY(SELECT ${inner} FROM UNNEST(${whole}) AS v${list} LIMIT 20)`;
  };
  return expression('', 0);
}

/** True where the field, or one that it is a member of, has a policy tag or a masking rule. */
function isProtected(fields: readonly SchemaField[], members: readonly string[]): boolean {
  return members.some((_, i) => {
    const field = findField(fields, members.slice(0, i + 1));
    const policies = [field?.['dataPolicies'], field?.['dataPolicyList'], field?.['dataGovernanceTagsInfo']];
    return (field?.policyTags?.names ?? []).length > 0 || policies.some((one) => one !== undefined && one !== null);
  });
}

function accountOf({ port }: Session): string {
  return port.who.includes('@') ? `serviceAccount:${port.who}` : 'serviceAccount:<account>';
}

function refusedRows(session: Session, name: string, refusal: BigQueryRefused): Gap {
  if (refusal.code === 'CONNECTOR_MISSING_RIGHTS') {
    const grant = `GRANT \`roles/bigquery.dataViewer\` ON TABLE ${path(...splitName(name))} TO "${accountOf(session)}";`;
    return rowsForbidden(name, session.port.who, grant);
  }
  return {
    what: `values of ${name}`,
    reason: refusal.code === 'CONNECTOR_BUDGET_SPENT' ? 'not-read' : 'unsupported',
    detail: refusal.message,
    remedy: refusal.remedy ?? 'sample other columns of it, or judge it by names',
  };
}

function notThere(name: string): Gap {
  return { what: `values of ${name}`, reason: 'not-read', detail: 'it is not there any more', remedy: 'sync again' };
}

function notAsText(name: string, fields: readonly ProfileRequest[]): Gap {
  return {
    what: `values of ${name}: ${fieldNames(fields)}`,
    reason: 'unsupported',
    detail: 'bytes, places, structures, JSON and ranges are not looked at as a whole, nor columns that are gone',
    remedy: 'judge these columns by hand; members of structures are looked at by themselves',
  };
}

function protectedHere(session: Session, name: string, fields: readonly ProfileRequest[]): Gap {
  return {
    what: `values of ${name}: ${fieldNames(fields)}`,
    reason: 'names-only',
    detail:
      'a policy tag or masking rule stands on them: what this account is shown may be a mask, so they were not looked at',
    remedy: `judge these columns by hand; "${session.port.who}" needs no right to read them`,
  };
}

function notListed(name: string, type: string): Gap {
  return {
    what: `values of ${name}`,
    reason: 'not-read',
    detail: `only rows of tables are listed without a charge; this is of type ${type}`,
    remedy: 'set "sampling: query" on the source: its queries are billed, within maxGigabytesPerQuery',
  };
}

function unknownRows(name: string): Gap {
  return {
    what: `row access policies of ${name}`,
    reason: 'no-rights',
    detail: 'they may not be listed: which rows were looked at may be decided by one',
    remedy: 'grant bigquery.rowAccessPolicies.list by a custom role',
  };
}

function rowsHidden(session: Session, name: string): Gap {
  return {
    what: `values of ${name}`,
    reason: 'no-rights',
    detail: 'a row access policy stands on it, and such a table is not sampled',
    remedy: `judge it by its names, or by a table that it is filled from; "${session.port.who}" needs no right to read it`,
  };
}
