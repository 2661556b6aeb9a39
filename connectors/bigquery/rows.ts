import { z } from 'zod';
import { parseRows as parseRowsOf, rowNumber, rowText as text } from '../kit/parse-rows.ts';

const yes = z
  .boolean()
  .nullish()
  .transform((value) => value === true);
const maybeNumber = rowNumber.nullish().transform((value) => value ?? null);
const names = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

export const fieldRow = z.object({
  path: z.string().min(1),
  type: text,
  comment: text,
  ordinal: rowNumber,
  nullable: text,
  generated: text,
  is_partitioning: yes,
  clustering: maybeNumber,
  has_default: yes,
  policy_tags: names,
  data_policies: text,
});
export const keyRow = z.object({
  name: z.string(),
  type: z.string(),
  own: z.string(),
  position: maybeNumber,
  dataset: text,
  relation: text,
  other: text,
});
const toldShape = z.object({
  name: z.string().min(1),
  is_sharded: yes,
  type: z.string(),
  ddl: text,
  has_connection: yes,
  base_project: text,
  base_dataset: text,
  base_table: text,
  query: text,
  is_standard: z.boolean().nullish(),
  fields: z
    .array(fieldRow)
    .nullish()
    .transform((value) => value ?? []),
  options: z
    .array(z.object({ name: z.string(), value: text }))
    .nullish()
    .transform((value) => value ?? []),
  keys: z
    .array(keyRow)
    .nullish()
    .transform((value) => value ?? []),
});
/** One relation; `latest`: the table itself, or the newest of its daily tables. */
export const relationRow = z
  .object({ latest: z.string().min(1), told: toldShape })
  .transform(({ latest, told }) => ({ ...told, latest }));
export const markRow = z.object({
  name: z.string(),
  latest: z.string(),
  type: z.string(),
  digest: z.string(),
  policy_tags: names,
  data_policies: names,
});
export const routineRow = z.object({
  name: z.string(),
  type: text,
  body: text,
  language: text,
  ddl: text,
  comment: text,
});
export const routineMarkRow = z.object({ name: z.string(), digest: z.string() });
export const rowCountRow = z.object({ name: z.string(), row_count: maybeNumber });
export const whoRow = z.object({ user: text, now_ms: rowNumber });
export const latestRow = z.object({ latest: text });

export const jobRow = z.object({
  job_id: z.string().min(1),
  type: z.string(),
  statement_type: z.string(),
  query: z.string(),
  shape: z.string().min(1),
  day: z.iso.date(),
  ended_ms: rowNumber,
  runs: rowNumber,
  moves: names,
});
const reference = z
  .object({ project_id: z.string(), dataset_id: z.string(), table_id: z.string() })
  .transform((one) => ({ projectId: one.project_id, datasetId: one.dataset_id, tableId: one.table_id }));
/** What a job moved, as it stands in `moves`. */
export const moveShape = z.object({
  target: reference.nullish().transform((value) => value ?? null),
  tables: z
    .array(reference)
    .nullish()
    .transform((value) => value ?? []),
});
export const readsRow = z.object({
  project_id: z.string(),
  dataset_id: z.string(),
  table_id: z.string(),
  day: z.iso.date(),
  reads: rowNumber,
  readers: rowNumber,
  last_ms: rowNumber,
});

export type FieldRow = z.output<typeof fieldRow>;
export type KeyRow = z.output<typeof keyRow>;
export type RelationRow = z.output<typeof relationRow>;
export type MarkRow = z.output<typeof markRow>;
export type RoutineRow = z.output<typeof routineRow>;
export type JobRow = z.output<typeof jobRow>;

/** Checks rows of an answer: see the kit. */
export function parseRows<T>(what: string, schema: z.ZodType<T>, rows: readonly unknown[]): readonly T[] {
  return parseRowsOf('bigquery', what, schema, rows);
}
