import { z } from 'zod';
import type { Json } from '../../server/model/json.ts';

/**
 * The parts of dbt's artefacts that are read (https://schemas.getdbt.com, manifest 9 to 12, catalog 1, run results 4 to 6,
 * sources 3); other members are left alone. Members that can hold values of rows (unit tests' rows, test arguments, error
 * messages) are not read at all, nor is `root_path`.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const texts = z
  .union([z.string(), z.array(z.string())])
  .nullish()
  .transform((value): readonly string[] => (value === null || value === undefined ? [] : [value].flat()));
const record = z
  .record(z.string(), z.json())
  .nullish()
  .transform((value): Readonly<Record<string, Json>> => value ?? {});
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value === true);

export const metadata = z.object({
  dbt_schema_version: text,
  dbt_version: text,
  generated_at: text,
  project_name: text,
  adapter_type: text,
});

const constraint = z.object({
  type: text,
  name: text,
  columns: texts,
  to: text,
  to_columns: texts,
});
export type DbtConstraint = z.output<typeof constraint>;

const column = z.object({
  name: z.string(),
  description: text,
  data_type: text,
  meta: record,
  tags: texts,
  config: z.object({ meta: record, tags: texts }).nullish(),
  constraints: z
    .array(constraint)
    .nullish()
    .transform((value) => value ?? []),
});
export type DbtColumn = z.output<typeof column>;

const hooks = z
  .array(z.object({ sql: text }))
  .nullish()
  .catch(null)
  .transform((value) => (value ?? []).map(({ sql }) => sql).filter((sql) => sql.trim() !== ''));

const config = z
  .object({
    materialized: text,
    meta: record,
    tags: texts,
    group: text,
    access: text,
    severity: text,
    enabled: z
      .boolean()
      .nullish()
      .transform((value) => value !== false),
    contract: z.object({ enforced: flag }).nullish(),
    unique_key: texts.catch([]),
    'pre-hook': hooks,
    'post-hook': hooks,
  })
  .nullish();

export const dbtNode = z.object({
  unique_id: z.string().min(1),
  resource_type: z.string(),
  name: z.string(),
  package_name: z.string().min(1),
  alias: text,
  identifier: text,
  database: text,
  schema: text,
  relation_name: text,
  original_file_path: text,
  patch_path: text,
  description: text,
  columns: z
    .record(z.string(), column)
    .nullish()
    .transform((value) => Object.values(value ?? {})),
  meta: record,
  tags: texts,
  config,
  depends_on: z
    .object({ nodes: texts })
    .nullish()
    .transform((value) => value?.nodes ?? []),
  language: text,
  compiled_code: text,
  extra_ctes_injected: z.boolean().nullish(),
  extra_ctes: z
    .array(z.object({ id: z.string(), sql: text }))
    .nullish()
    .transform((value) => value ?? []),
  constraints: z
    .array(constraint)
    .nullish()
    .transform((value) => value ?? []),
  group: text,
  access: text,
  version: z.union([z.string(), z.number()]).nullish(),
  column_name: text,
  attached_node: text,
  test_metadata: z
    .object({
      name: text,
      kwargs: z.object({ model: text.catch(''), field: text.catch('') }).nullish(),
    })
    .nullish(),
  source_description: text,
  loader: text,
  loaded_at_field: text,
  url: text,
  type: text,
  maturity: text,
  label: text,
  owner: z.object({ name: texts.catch([]), email: texts.catch([]) }).nullish(),
});
export type DbtNode = z.output<typeof dbtNode>;

export const group = z.object({
  name: z.string(),
  owner: z.object({ name: texts.catch([]), email: texts.catch([]) }).nullish(),
});

const semanticMember = z.object({ name: z.string(), type: text, agg: text, expr: text.catch('') });
export const semanticModel = z.object({
  name: z.string(),
  depends_on: z
    .object({ nodes: texts })
    .nullish()
    .transform((value) => value?.nodes ?? []),
  entities: z
    .array(semanticMember)
    .nullish()
    .transform((value) => value ?? []),
  dimensions: z
    .array(semanticMember)
    .nullish()
    .transform((value) => value ?? []),
  measures: z
    .array(semanticMember)
    .nullish()
    .transform((value) => value ?? []),
});
export type SemanticModel = z.output<typeof semanticModel>;

export const catalogNode = z.object({
  metadata: z.object({ database: text, schema: text, name: z.string(), type: text, comment: text, owner: text }),
  columns: z
    .record(z.string(), z.object({ name: z.string(), type: text, index: z.number().nullish(), comment: text }))
    .nullish()
    .transform((value) => Object.values(value ?? {})),
});
export type CatalogNode = z.output<typeof catalogNode>;

const timing = z.object({ name: text, completed_at: text });
export const result = z.object({
  unique_id: z.string(),
  status: text,
  execution_time: z.number().nullish(),
  failures: z.number().nullish(),
  timing: z
    .array(timing)
    .nullish()
    .transform((value) => value ?? []),
  adapter_response: z
    .object({ rows_affected: z.number().nullish().catch(null) })
    .nullish()
    .catch(null),
});

export const freshness = z.object({ unique_id: z.string(), status: text, max_loaded_at: text, snapshotted_at: text });
