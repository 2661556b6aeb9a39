import { z } from 'zod';
import { parseRows as parseRowsOf, rowNumber as number, rowText as text } from '../kit/parse-rows.ts';
import type { Row } from './port.ts';

/** Checks rows of an answer. Fails with CONNECTOR_UNEXPECTED, naming the column and never a value. */
export function parseRows<T>(what: string, shape: z.ZodType<T>, rows: readonly Row[]): readonly T[] {
  return parseRowsOf('databricks', what, shape, rows);
}

/** Tags of a catalog and of everything in it. */
export const tagRow = z.object({
  level: z.enum(['catalog', 'schema', 'table', 'column', 'volume']),
  schema_name: text,
  object_name: text,
  column_name: text,
  tag_name: z.string(),
  tag_value: text,
});
/** Columns of primary, unique and foreign keys, with what they point at. */
export const keyRow = z.object({
  table_schema: z.string(),
  table_name: z.string(),
  constraint_name: z.string(),
  constraint_type: z.string(),
  column_name: z.string(),
  ordinal: number,
  to_catalog: text,
  to_schema: text,
  to_table: text,
  to_column: text,
});
/** Procedures of a catalog, a row for each parameter. */
export const procedureRow = z.object({
  routine_schema: z.string(),
  specific_name: z.string(),
  routine_name: z.string(),
  routine_body: text,
  external_language: text,
  definition: text,
  comment: text,
  parameter_name: text,
  parameter_type: text,
  parameter_mode: text,
});
/** A table or view that information_schema shows. */
export const shownRow = z.object({ table_schema: z.string(), table_name: z.string() });
export const grantRow = z.object({
  table_schema: z.string(),
  table_name: z.string(),
  grantee: z.string(),
  privilege_type: z.string(),
});
/** Days since 1970, in UTC. */
const day = number.transform((value) => new Date(value * 86_400_000).toISOString().slice(0, 10));

/** One statement that moved data: its latest run of a day. */
export const statementRow = z.object({
  statement_id: z.string(),
  text: z.string(),
  day,
  ended_ms: number,
  runs: number,
});
export const countRow = z.object({ n: number });
/** One way that values or rows went, in a span of time. */
export const lineageRow = z.object({
  entity_type: text,
  entity_id: text,
  statement_id: text,
  source_name: text,
  source_path: text,
  source_column: text,
  target_name: text,
  target_path: text,
  target_column: text,
  first_ms: number,
  last_ms: number,
});
export const runsRow = z.object({ entity_type: text, entity_id: text, day, runs: number, last_ms: number });
export const readsRow = z.object({ name: z.string(), day, reads: number, users: number, last_ms: number });

export type GrantRow = z.output<typeof grantRow>;
export type KeyRow = z.output<typeof keyRow>;
export type ProcedureRow = z.output<typeof procedureRow>;
export type LineageRow = z.output<typeof lineageRow>;
export type StatementRow = z.output<typeof statementRow>;
export type TagRow = z.output<typeof tagRow>;
