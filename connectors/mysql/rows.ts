import { z } from 'zod';
import { parseRows as parseRowsOf, rowNumber as number, rowText as text } from '../kit/parse-rows.ts';

export const aboutRow = z.object({ version: z.string(), current_account: z.string() });
const digest = z.union([z.string(), z.number()]).nullish();
export const schemaRow = z.object({
  name: z.string(),
  columns_digest: digest,
  tables_digest: digest,
  views_digest: digest,
  keys_digest: digest,
  routines_digest: digest,
  triggers_digest: digest,
  events_digest: digest,
});
export const relationRow = z.object({
  name: z.string(),
  type: z.string(),
  comment: text,
  engine: text,
  row_count: number.nullish(),
  definition: text,
});
export const columnRow = z.object({
  relation: z.string(),
  name: z.string(),
  type: z.string(),
  ordinal: number,
  nullable: z.string(),
  comment: text,
  extra: text,
  expression: text,
  has_default: number,
});
export const keyRow = z.object({
  relation: z.string(),
  type: z.string(),
  name: z.string(),
  column_name: z.string(),
  referenced_schema: text,
  referenced_relation: text,
  referenced_column: text,
});
export type RelationRow = z.output<typeof relationRow>;
export type ColumnRow = z.output<typeof columnRow>;
export type KeyRow = z.output<typeof keyRow>;
export const routineRow = z.object({ name: z.string(), type: z.string(), body: text, comment: text });
export const triggerRow = z.object({
  name: z.string(),
  relation: z.string(),
  body: text,
  event: z.string(),
  timing: z.string(),
});
/** A view or routine without its text. */
export const unshownRow = z
  .object({ in_schema: z.string(), kind: z.string(), name: z.string() })
  .transform(({ in_schema: schema, kind, name }) => ({ schema, kind, name }));
export type UnshownRow = z.output<typeof unshownRow>;
export const eventRow = z.object({ name: z.string(), body: text, comment: text });

/** Checks rows of an answer: see the kit. */
export function parseRows<T>(what: string, schema: z.ZodType<T>, rows: readonly unknown[]): readonly T[] {
  return parseRowsOf('mysql', what, schema, rows);
}
