import { z } from 'zod';
import { rowNumber, rowText } from '../kit/parse-rows.ts';

const names = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

export const aboutRow = z.object({ version: z.string() });
export const schemaRow = z.object({ name: z.string(), version: z.string(), digest: z.string() });
export const relationRow = z.object({
  name: z.string(),
  kind: z.enum(['table', 'view']),
  comment: rowText,
  sql: rowText,
  row_count: rowNumber.nullish(),
});
export const columnRow = z.object({
  relation: z.string(),
  name: z.string(),
  ordinal: rowNumber,
  type: z.string(),
  nullable: z.boolean(),
  comment: rowText,
  /** Of a default or a generated column: it can hold a value, and is dropped or becomes lineage. */
  expression: rowText,
});
export const namedRow = z.object({ schema_name: z.string(), name: z.string() });
export const keyRow = z.object({
  relation: z.string(),
  type: z.enum(['PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY']),
  name: rowText,
  columns: names,
  referenced_table: rowText,
  referenced_columns: names,
});
export const macroRow = z.object({
  name: z.string(),
  type: z.enum(['macro', 'table_macro']),
  parameters: names,
  definition: rowText,
  comment: rowText,
});

export type RelationRow = z.output<typeof relationRow>;
export type ColumnRow = z.output<typeof columnRow>;
export type KeyRow = z.output<typeof keyRow>;
export type MacroRow = z.output<typeof macroRow>;
