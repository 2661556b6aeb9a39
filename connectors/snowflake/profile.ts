import { splitName } from '../../server/model/dataset-name.ts';
import type { ProfileRequest, Profiler } from '../../server/model/profile.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { ProfileMessage, ProfileOptions } from '../connector.ts';
import { fieldNames, maxValue, showValues } from '../kit/shown-values.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import { policyOnRow } from './account-rows.ts';
import { StatementRefused } from './failure.ts';
import { path, quote } from './names.ts';
import { parseRows } from './rows.ts';
import type { Session } from './session.ts';
import { catalogSql } from './sql.ts';
import { policiesOnNowSql } from './sql-account.ts';
import { unreadOf } from './unread.ts';

/** Fields looked at by one statement. */
const maxFields = 20;
/** A table so many times larger than the sample is sampled by its blocks instead of from its beginning. */
const largeBy = 100;
/** Types whose values are bytes, shapes or vectors and no text. */
const noText = /^(?:BINARY|VARBINARY|VECTOR|FILE|GEOGRAPHY|GEOMETRY)/iu;

/**
 * Shows bounded rows to the profiler, table by table, and forgets them. A column that a policy masks for this role is not looked
 * at: masks say nothing of what is behind them. What cannot be looked at is a gap; the rest goes on.
 */
export async function* profileFields(
  session: Session,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  const tables = Map.groupBy(requests, ({ dataset }) => dataset.name);
  for (const [table, fields] of tables) {
    signal.throwIfAborted();
    const bytes = fields.filter(({ type }) => noText.test(type ?? ''));
    if (bytes.length > 0) yield { type: 'gap', gap: notText(table, bytes) };
    const texts = fields.filter((field) => !bytes.includes(field));
    if (texts.length === 0) continue;
    try {
      yield* profileTable(session, table, texts, profiler, options, signal);
    } catch (error) {
      signal.throwIfAborted();
      const unread = unreadOf(`values of ${table}`, error);
      if (unread instanceof UnreadPart) yield { type: 'gap', gap: unread.gap };
      else if (error instanceof StatementRefused && error.code !== 'CONNECTOR_TIMEOUT')
        yield { type: 'gap', gap: unreadable(session, table, error) };
      else throw error;
    }
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
  const [database = '', schema = '', name = ''] = splitName(table);
  const policies = await policiesOn(session, database, path(database, schema, name), signal);
  if (policies === null) yield { type: 'gap', gap: maskingUnknown(session, table) };
  const masked = fields.filter((field) => policies?.columns.has(field.path[0] ?? '') === true);
  if (masked.length > 0) yield { type: 'gap', gap: maskedHere(session, table, masked) };
  if (policies?.filtersRows === true) yield { type: 'gap', gap: rowsHidden(session, table) };
  const open = fields.filter((field) => !masked.includes(field));
  const rows = open.length === 0 ? null : await rowsOf(session, [database, schema, name], signal);
  for (let at = 0; at < open.length; at += maxFields) {
    const some = open.slice(at, at + maxFields);
    const shown = showValues(profiler, some);
    for (const row of await sampled(session, path(database, schema, name), some, rows, options, signal)) shown.add(row);
    yield* shown.end();
  }
}

/** From the beginning; of a large table from blocks of it, chosen by the seed. Blocks may hold too little: then from the beginning too. */
async function sampled(
  { port }: Session,
  from: string,
  fields: readonly ProfileRequest[],
  rows: number | null,
  { maxRows, seed }: ProfileOptions,
  signal: AbortSignal,
) {
  const columns = fields.map(
    ({ path: [column = ''] }, i) => `LEFT(TO_VARCHAR(${quote(column)}), ${maxValue}) AS c${i}`,
  );
  const select = `SELECT ${columns.join(', ')} FROM ${from}`;
  if (rows !== null && rows > maxRows * largeBy) {
    const percent = Math.max(0.01, Math.min(100, (maxRows * largeBy * 100) / rows));
    const sql = `${select} SAMPLE SYSTEM (${percent.toFixed(2)}) SEED (${Math.abs(Math.trunc(seed)) % 2_147_483_647}) LIMIT ${maxRows}`;
    const blocks = await port.query(sql, [], signal);
    if (blocks.length >= maxRows / 2) return blocks;
  }
  return port.query(`${select} LIMIT ${maxRows}`, [], signal);
}

/** Null for a view, and where nobody counts. */
async function rowsOf(
  { port, config }: Session,
  [database, schema, name]: readonly [string, string, string],
  signal: AbortSignal,
): Promise<number | null> {
  const sql = catalogSql(config.structure, database);
  const [row] = await port.query(sql.rowCount, [...sql.binds, schema, name], signal);
  const count = Number(row?.['row_count'] ?? Number.NaN);
  return Number.isFinite(count) ? count : null;
}

/** Null: this role may not ask, so values may be masks. */
async function policiesOn(
  { port, config }: Session,
  database: string,
  relation: string,
  signal: AbortSignal,
): Promise<{ readonly columns: ReadonlySet<string>; readonly filtersRows: boolean } | null> {
  if (config.edition === 'standard') return { columns: new Set(), filtersRows: false };
  try {
    const rows = parseRows('policies', policyOnRow, await port.query(policiesOnNowSql(database, relation), [], signal));
    return {
      columns: new Set(rows.flatMap(({ ref_column_name: column }) => (column === null ? [] : [column]))),
      filtersRows: rows.some(({ policy_kind: kind }) => kind === 'ROW_ACCESS_POLICY'),
    };
  } catch (error) {
    if (error instanceof StatementRefused && error.code !== 'CONNECTOR_TIMEOUT') return null;
    throw error;
  }
}

function roleOf({ config }: Session): string {
  return config.role === undefined ? '<role>' : quote(config.role);
}

function unreadable(session: Session, table: string, refusal: StatementRefused): Gap {
  const [database = '', schema = '', name = ''] = splitName(table);
  return {
    what: `values of ${table}`,
    reason: refusal.code === 'CONNECTOR_MISSING_RIGHTS' ? 'no-rights' : 'unsupported',
    detail: `its rows cannot be read by this role (${refusal.number}); its structure was read`,
    remedy: `GRANT SELECT ON TABLE ${path(database, schema, name)} TO ROLE ${roleOf(session)};`,
  };
}

function notText(table: string, fields: readonly ProfileRequest[]): Gap {
  return {
    what: `values of ${table}: ${fieldNames(fields)}`,
    reason: 'unsupported',
    detail: 'bytes, places and vectors are not looked at',
    remedy: 'decide the fields in the review',
  };
}

function maskedHere(session: Session, table: string, fields: readonly ProfileRequest[]): Gap {
  return {
    what: `values of ${table}: ${fieldNames(fields)}`,
    reason: 'names-only',
    detail: 'a policy masks them: what this role sees says nothing of what is behind it, so they were not looked at',
    remedy: `let the policies show ${roleOf(session)} the values, or judge these columns by hand`,
  };
}

function maskingUnknown(session: Session, table: string): Gap {
  return {
    what: `masking of ${table}`,
    reason: 'no-rights',
    detail: 'this role may not ask which policies stand on it: the values that were looked at may be masks',
    remedy: `GRANT APPLY MASKING POLICY ON ACCOUNT TO ROLE ${roleOf(session)}; (or set "edition: standard" where there are none)`,
  };
}

function rowsHidden(session: Session, table: string): Gap {
  return {
    what: `rows of ${table}`,
    reason: 'no-rights',
    detail: 'a row access policy decides which rows this role sees: what was looked at may be a part of them, or none',
    remedy: `let the policy show ${roleOf(session)} all rows`,
  };
}
