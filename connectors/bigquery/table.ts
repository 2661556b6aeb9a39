import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { TagChange } from '../../server/model/tag-writing.ts';
import { isRefused } from './failure.ts';
import { getOne } from './list.ts';
import { placeOf, shardPrefix } from './names.ts';
import { latestRow, parseRows } from './rows.ts';
import type { Session } from './session.ts';
import { latestShardSql } from './sql.ts';

/** A field of a table's schema, with whatever else Google keeps in it: it goes back as it came. */
export interface SchemaField {
  readonly name: string;
  readonly type: string;
  readonly mode?: string | undefined;
  readonly description?: string | undefined;
  readonly policyTags?: { readonly names?: readonly string[] | undefined } | undefined;
  readonly fields?: readonly SchemaField[] | undefined;
  readonly [other: string]: unknown;
}

const fieldShape: z.ZodType<SchemaField> = z.looseObject({
  name: z.string(),
  type: z.string(),
  mode: z.string().optional(),
  description: z.string().optional(),
  policyTags: z.looseObject({ names: z.array(z.string()).optional() }).optional(),
  get fields() {
    return z.array(fieldShape).optional();
  },
});
const tableShape = z.object({
  etag: z.string(),
  type: z.string().default('TABLE'),
  location: z.string().default('US'),
  description: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  numRows: z.string().regex(/^\d+$/u).transform(Number).optional(),
  schema: z.object({ fields: z.array(fieldShape).default([]) }).default({ fields: [] }),
});

/** A table as it is now. */
export type Table = z.output<typeof tableShape>;

/** Where a dataset of ours is asked about: of daily tables the latest. */
export interface TablePlace {
  readonly project: string;
  readonly dataset: string;
  readonly table: string;
}

/** `/bigquery/v2/projects/p/datasets/d/tables/t`. */
export function tablePath({ project, dataset, table }: TablePlace): string {
  const parts = ['projects', project, 'datasets', dataset, 'tables', table].map((part) => encodeURIComponent(part));
  return `/bigquery/v2/${parts.join('/')}`;
}

/** The table behind a dataset's name; null where the name is of no table, or of daily tables of which there are none. */
export async function placeIn(session: Session, name: string, signal: AbortSignal): Promise<TablePlace | null> {
  const place = placeOf(name);
  const prefix = place === null ? null : shardPrefix(place.table);
  if (place === null || prefix === null) return place;
  const { location } = await getOne(
    session.port,
    'bigquery',
    `/bigquery/v2/projects/${encodeURIComponent(place.project)}/datasets/${encodeURIComponent(place.dataset)}`,
    z.object({ location: z.string().default('US') }),
    signal,
  );
  const sql = latestShardSql(place.project, place.dataset);
  const [row] = parseRows('daily tables', latestRow, await session.rows(sql, location, signal, { prefix }));
  const latest = row?.latest ?? null;
  return latest === null ? null : { ...place, table: latest };
}

/** A table with its schema; `view` FULL: with the number of its rows. */
export function getTable(
  session: Session,
  place: TablePlace,
  view: 'BASIC' | 'FULL',
  signal: AbortSignal,
): Promise<Table> {
  return getOne(session.port, 'bigquery', `${tablePath(place)}?view=${view}`, tableShape, signal);
}

/** The table behind a dataset's name as it is now; null where it is not there any more. */
export async function tableNow(session: Session, name: string, signal: AbortSignal): Promise<Table | null> {
  try {
    const place = await placeIn(session, name, signal);
    return place === null ? null : await getTable(session, place, 'BASIC', signal);
  } catch (error) {
    if (isRefused(error) && error.status === 404) return null;
    throw error;
  }
}

/** A field by its path; null where there is none. Names are alike regardless of case. */
export function findField(fields: readonly SchemaField[], path: readonly string[]): SchemaField | null {
  const [name = '', ...rest] = path;
  const field = fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (field === undefined) return null;
  return rest.length === 0 ? field : findField(field.fields ?? [], rest);
}

/** The fields with one of them changed. */
export function withField(
  fields: readonly SchemaField[],
  path: readonly string[],
  change: (field: SchemaField) => SchemaField,
): readonly SchemaField[] {
  const [name = '', ...rest] = path;
  return fields.map((field) => {
    if (field.name.toLowerCase() !== name.toLowerCase()) return field;
    return rest.length === 0 ? change(field) : { ...field, fields: withField(field.fields ?? [], rest, change) };
  });
}

/** A change of something that is no table of BigQuery is a mistake of ours or of whoever wrote it. */
export function placeOfChange({ target }: Pick<TagChange, 'target'>, source: string): TablePlace {
  const place = placeOf(target.dataset.name);
  if (place !== null) return place;
  throw new LexlineError(
    'INPUT_INVALID',
    `[connectors/bigquery] source "${source}": ${target.dataset.name} is no table of BigQuery`,
  );
}
