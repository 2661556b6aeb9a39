import { z } from 'zod';
import { isLexlineError } from '../../server/base/errors.ts';
import { splitName } from '../../server/model/dataset-name.ts';
import type { ProfileMessage, ProfileOptions } from '../connector.ts';
import type { FieldProfile, ProfileRequest, Profiler } from '../../server/model/profile.ts';
import type { Gap } from '../../server/model/provenance.ts';
import { quote } from './map.ts';
import { countsSql, filledCountsSql, filledSql, sampleSql, targetsSql, type Target } from './profile-sql.ts';
import type { QueryPort } from './query-port.ts';
import {
  answered,
  countsRow,
  isSparse,
  lookForFilled,
  maxFilled,
  shown,
  withFilled,
  type Counts,
  type Looked,
} from './rare-values.ts';
import { parseRows } from './rows.ts';

/** Fields looked at by one statement. */
const maxFields = 40;
/** Rows held at a time. */
const pageRows = 200;

const targetRow = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.string(),
  rows: z.number(),
  usage: z.boolean(),
  readable: z.boolean(),
});

/** One table and the fields of it that are asked about. */
interface Group {
  readonly schema: string;
  readonly name: string;
  readonly requests: readonly ProfileRequest[];
}

/**
 * Looks at the values of fields, table by table: in the database (counts and shapes come back) or over bounded rows that
 * are shown to the profiler one by one and forgotten. What cannot be looked at is a gap; the rest goes on.
 */
export async function* profileFields(
  port: QueryPort,
  role: string,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  const groups = groupByTable(requests);
  const params = [groups.map(({ schema }) => schema), groups.map(({ name }) => name)];
  const targets = parseRows('profile targets', targetRow, await port.query(targetsSql, params, signal));
  for (const group of groups) {
    const target = targets.find(({ schema, name }) => schema === group.schema && name === group.name);
    if (target === undefined) yield { type: 'gap', gap: gone(group) };
    else if (!target.usage || !target.readable) yield { type: 'gap', gap: forbidden(group, role) };
    else yield* profileTable(port, target, group.requests, role, profiler, options, signal);
  }
}

async function* profileTable(
  port: QueryPort,
  target: Target,
  requests: readonly ProfileRequest[],
  role: string,
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): AsyncIterable<ProfileMessage> {
  for (let at = 0; at < requests.length; at += maxFields) {
    const some = requests.slice(at, at + maxFields);
    const profiles = await look(port, target, some, profiler, options, signal);
    if (isProfiles(profiles)) {
      yield* shown(target, profiles);
      continue;
    }
    if (some.length === 1 || profiles.code === 'CONNECTOR_TIMEOUT') {
      yield { type: 'gap', gap: failed(target, some, profiles, role) };
      continue;
    }
    // One field of the batch cannot be read (its column's rights, an odd type): find out which, so that the others count.
    for (const request of some) {
      const single = await look(port, target, [request], profiler, options, signal);
      if (isProfiles(single)) yield* shown(target, single);
      else yield { type: 'gap', gap: failed(target, [request], single, role) };
    }
  }
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

function isProfiles(looked: readonly Looked[] | Failure): looked is readonly Looked[] {
  return Array.isArray(looked);
}

/** The profiles, or why the server would not give them. A lost connection is thrown. */
async function look(
  port: QueryPort,
  target: Target,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): Promise<readonly Looked[] | Failure> {
  try {
    return options.mode === 'sample'
      ? await sampled(port, target, requests, profiler, options, signal)
      : await counted(port, target, requests, options, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!isLexlineError(error) || !answered.includes(error.code)) throw error;
    return { code: error.code, message: error.message };
  }
}

async function counted(
  port: QueryPort,
  target: Target,
  requests: readonly ProfileRequest[],
  options: ProfileOptions,
  signal: AbortSignal,
): Promise<readonly Looked[]> {
  const paths = requests.map(({ path }) => path);
  const rows = await port.query(countsSql(target, paths, options.maxRows, options.seed), [], signal);
  const counts = new Map(parseRows('profile counts', countsRow, rows).map((row) => [row.field, row]));
  const missed = new Map<number, string | null>();
  for (const [i, { path }] of requests.entries()) {
    const row = counts.get(i);
    if (row === undefined || !isSparse(target, row.rows, row.rows - row.nulls - row.empty, options)) continue;
    const looked = await lookForFilled(signal, async () => {
      const more = await port.query(filledCountsSql(target, path, maxFilled), [], signal);
      const [filled] = parseRows('profile counts', countsRow, more);
      if (filled !== undefined && filled.rows > 0) counts.set(i, withFilled(row, filled));
    });
    missed.set(i, looked);
  }
  return requests.map(({ dataset, path }, i) => ({
    profile: profileOf(dataset, path, counts.get(i)),
    missed: missed.get(i) ?? null,
  }));
}

function profileOf(
  dataset: ProfileRequest['dataset'],
  path: ProfileRequest['path'],
  row: Counts | undefined,
): FieldProfile {
  const shapes = (row?.shapes ?? []).map(([shape, count]) => ({ shape, count }));
  const known = shapes.reduce((sum, { count }) => sum + count, 0);
  const other = (row?.rows ?? 0) - (row?.nulls ?? 0) - (row?.empty ?? 0) - known;
  return {
    dataset,
    path,
    mode: 'in-database',
    rowsSeen: row?.rows ?? 0,
    nulls: row?.nulls ?? 0,
    empty: row?.empty ?? 0,
    distinct: row?.distinct_values ?? 0,
    minLength: row?.min_length ?? 0,
    maxLength: row?.max_length ?? 0,
    shapes: other > 0 ? [...shapes, { shape: 'other', count: other }] : shapes,
    passRates: {},
    detectorSet: null,
  };
}

async function sampled(
  port: QueryPort,
  target: Target,
  requests: readonly ProfileRequest[],
  profiler: Profiler,
  options: ProfileOptions,
  signal: AbortSignal,
): Promise<readonly Looked[]> {
  const looking = requests.map((request) => ({ request, field: profiler.begin(request), rows: 0, filled: 0 }));
  const paths = requests.map(({ path }) => path);
  const sql = sampleSql(target, paths, options.maxRows, options.seed);
  for await (const rows of port.pages(sql, [], pageRows, signal))
    for (const row of rows)
      for (const [i, one] of looking.entries()) {
        const value: unknown = row[`c${i}`] ?? null;
        one.rows += 1;
        if (typeof value === 'string' && value.trim() !== '') one.filled += 1;
        one.field.add(value);
      }
  const looked: Looked[] = [];
  for (const { request, field, rows, filled } of looking) {
    const missed = isSparse(target, rows, filled, options)
      ? await lookForFilled(signal, async () => {
          const more = port.pages(filledSql(target, request.path, maxFilled), [], pageRows, signal);
          for await (const page of more) for (const row of page) field.add(row['c0'] ?? null);
        })
      : null;
    looked.push({ profile: field.end(), missed });
  }
  return looked;
}

function groupByTable(requests: readonly ProfileRequest[]): readonly Group[] {
  const groups = new Map<string, { schema: string; name: string; requests: ProfileRequest[] }>();
  for (const request of requests) {
    const parts = splitName(request.dataset.name);
    const [schema = '', name = request.dataset.name] = parts.slice(-2);
    const group = groups.get(request.dataset.name);
    if (group === undefined) groups.set(request.dataset.name, { schema, name, requests: [request] });
    else group.requests.push(request);
  }
  return [...groups.values()];
}

function gone({ requests }: Group): Gap {
  const what = `values of ${requests[0]?.dataset.name}`;
  return { what, reason: 'not-read', detail: 'the table is not there (any more)', remedy: 'sync this source again' };
}

function forbidden({ schema, name, requests }: Group, role: string): Gap {
  return {
    what: `values of ${requests[0]?.dataset.name}`,
    reason: 'no-rights',
    detail: `role ${role} may not read its rows; its structure was read`,
    remedy: grant(schema, name, role),
  };
}

function failed(target: Target, requests: readonly ProfileRequest[], failure: Failure, role: string): Gap {
  const fields =
    requests.length > 3 ? `${requests.length} fields` : requests.map(({ path }) => path.join('.')).join(', ');
  const what = `values of ${requests[0]?.dataset.name} (${fields})`;
  if (failure.code === 'CONNECTOR_MISSING_RIGHTS') {
    const detail = `role ${role} may not read them, or row security would hide some of the rows`;
    const remedy = `${grant(target.schema, target.name, role)} and, under row security: ALTER ROLE ${quote(role)} BYPASSRLS;`;
    return { what, reason: 'no-rights', detail, remedy };
  }
  if (failure.code === 'CONNECTOR_TIMEOUT') {
    const remedy = 'raise statementTimeoutMs on the source, or lower the rows looked at';
    return { what, reason: 'source-failed', detail: 'no answer within the time-out', remedy };
  }
  const remedy = 'decide the fields in the review, or give a view that shows them as text';
  return { what, reason: 'unsupported', detail: 'the server could not turn them into text or counts', remedy };
}

function grant(schema: string, name: string, role: string): string {
  return `GRANT USAGE ON SCHEMA ${quote(schema)} TO ${quote(role)}; GRANT SELECT ON ${quote(schema)}.${quote(name)} TO ${quote(role)};`;
}
