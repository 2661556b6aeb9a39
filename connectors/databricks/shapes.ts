import { z } from 'zod';
import { rowText as text } from '../kit/parse-rows.ts';

/** Things of Unity Catalog as its REST interface gives them: only the members that are used. */
const moment = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

export const catalogItem = z.object({
  name: z.string().min(1),
  catalog_type: text,
  owner: text,
  comment: text,
  connection_name: text,
  provider_name: text,
  share_name: text,
  browse_only: flag,
});

export const schemaItem = z.object({ name: z.string().min(1), owner: text, comment: text, updated_at: moment });

export const columnItem = z.object({
  name: z.string(),
  type_text: text,
  type_json: text,
  position: moment,
  nullable: z
    .boolean()
    .nullish()
    .transform((value) => value ?? null),
  comment: text,
  partition_index: moment,
  mask: z
    .object({ function_name: text })
    .nullish()
    .transform((value) => value ?? null),
});

export const tableItem = z.object({
  name: z.string().min(1),
  table_type: text,
  data_source_format: text,
  comment: text,
  owner: text,
  storage_location: text,
  view_definition: text,
  pipeline_id: text,
  updated_at: moment,
  browse_only: flag,
  row_filter: z
    .object({ function_name: text })
    .nullish()
    .transform((value) => value ?? null),
  properties: z
    .record(z.string(), z.string().nullable())
    .nullish()
    .transform((value) => value ?? {}),
  columns: z
    .array(columnItem)
    .nullish()
    .transform((value) => value ?? []),
});

/** What changes with a table, without its columns. */
export const tableMark = z.object({
  name: z.string().min(1),
  table_type: text,
  owner: text,
  comment: text,
  view_definition: text,
  updated_at: moment,
});

/** What only the question for one table tells. */
export const tableDetail = z.object({
  view_dependencies: z
    .object({
      dependencies: z
        .array(
          z.object({
            table: z
              .object({ table_full_name: z.string() })
              .nullish()
              .transform((value) => value ?? null),
          }),
        )
        .nullish()
        .transform((value) => value ?? []),
    })
    .nullish()
    .transform((value) => value?.dependencies ?? []),
});

const parameters = z
  .object({ parameters: z.array(z.object({ name: z.string(), type_text: text, position: moment })).nullish() })
  .nullish()
  .transform((value) => value?.parameters ?? []);

export const functionItem = z.object({
  name: z.string().min(1),
  specific_name: text,
  comment: text,
  routine_body: text,
  routine_definition: text,
  external_language: text,
  data_type: text,
  full_data_type: text,
  input_params: parameters,
  return_params: parameters,
  updated_at: moment,
});

export const volumeItem = z.object({
  name: z.string().min(1),
  volume_type: text,
  comment: text,
  owner: text,
  storage_location: text,
  updated_at: moment,
});

export const metastoreSummary = z.object({
  name: text,
  cloud: text,
  region: text,
  metastore_id: text,
});

export type ColumnItem = z.output<typeof columnItem>;
export type FunctionItem = z.output<typeof functionItem>;
export type TableItem = z.output<typeof tableItem>;
export type VolumeItem = z.output<typeof volumeItem>;
