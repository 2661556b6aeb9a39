import { z } from 'zod';
import { parseRows as parseRowsOf, rowText as text } from '../kit/parse-rows.ts';

/** The SQL API sends every value as text. */
export const number = z
  .union([z.string(), z.number()])
  .transform((value) => Number(value))
  .refine((value) => Number.isFinite(value));
/** {@link number}, where there may be none. */
export const maybeNumber = number.nullish().transform((value) => value ?? null);
const yes = z
  .string()
  .nullish()
  .transform((value) => /^(?:y|yes|true|1)$/iu.test(value ?? ''));

export const versionRow = z.object({ version: text });
export const whoRow = z.object({ region: text, user_name: text, role_name: text, now_ms: maybeNumber });
export const databaseRow = z.object({ name: z.string(), kind: text, origin: text, owner: text });
export const schemaRow = z.object({ name: z.string(), owner: text });
export const markRow = z.object({ schema_name: z.string(), relations: text, last_ddl: text, digest: text });
export const relationRow = z.object({
  name: z.string(),
  type: text,
  owner: text,
  comment: text,
  row_count: maybeNumber,
  retention_days: maybeNumber,
  is_transient: yes,
  is_dynamic: yes,
  is_iceberg: yes,
  created_ms: maybeNumber,
  view_name: text,
  definition: text,
  is_secure: yes,
});
export const columnRow = z.object({
  relation: z.string(),
  name: z.string(),
  ordinal: number,
  type: text,
  length: maybeNumber,
  digits: maybeNumber,
  scale: maybeNumber,
  nullable: yes,
  comment: text,
  is_identity: yes,
  has_default: yes,
});
export const madeRow = z.object({ schema_name: z.string(), name: z.string(), created_ms: maybeNumber });
export const columnNameRow = z.object({ name: z.string() });
/** SHOW PRIMARY KEYS and SHOW UNIQUE KEYS. */
export const ownKeyRow = z.object({
  table_name: z.string(),
  column_name: z.string(),
  key_sequence: number,
  constraint_name: z.string(),
});
/** SHOW IMPORTED KEYS. */
export const importedKeyRow = z.object({
  pk_database_name: z.string(),
  pk_schema_name: z.string(),
  pk_table_name: z.string(),
  pk_column_name: z.string(),
  fk_table_name: z.string(),
  fk_column_name: z.string(),
  key_sequence: number,
  fk_name: z.string(),
});
export const routineRow = z.object({
  name: z.string(),
  signature: text,
  language: text,
  definition: text,
  comment: text,
});
export const pipeRow = z.object({ name: z.string(), definition: text, comment: text });
/** SHOW MATERIALIZED VIEWS and SHOW DYNAMIC TABLES. */
export const shownTextRow = z.object({ name: z.string(), text });
/** SHOW TASKS. */
export const taskRow = z.object({ name: z.string(), schema_name: z.string(), definition: text, comment: text });

export type RelationRow = z.output<typeof relationRow>;
export type ColumnRow = z.output<typeof columnRow>;
export type OwnKeyRow = z.output<typeof ownKeyRow>;
export type ImportedKeyRow = z.output<typeof importedKeyRow>;
export type TaskRow = z.output<typeof taskRow>;
export type RoutineRow = z.output<typeof routineRow>;

/** Checks rows of an answer: see the kit. */
export function parseRows<T>(what: string, schema: z.ZodType<T>, rows: readonly unknown[]): readonly T[] {
  return parseRowsOf('snowflake', what, schema, rows);
}
