import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { Row } from './query-port.ts';

/** The rows that the catalog questions answer with; unknown members are left alone. */
const text = z.string();
const maybeText = z.string().nullable();
const flag = z
  .boolean()
  .nullable()
  .transform((value) => value === true);
const names = z
  .array(z.string())
  .nullable()
  .transform((value) => value ?? []);
const pairs = z
  .array(z.tuple([z.string(), z.string()]))
  .nullable()
  .transform((value) => value ?? []);

export const serverRow = z.object({
  version: text,
  number: z.number(),
  database: text,
  role: text,
  default_schema: maybeText,
  statistics_schema: maybeText,
  all_statistics: flag,
});
export type ServerRow = z.output<typeof serverRow>;

export const schemaRow = z.object({ schema: text, usage: flag });
export const hashRow = z.object({ schema: text.optional(), hash: text });

export const relationRow = z.object({
  oid: text,
  schema: text,
  name: text,
  kind: z.enum(['r', 'p', 'v', 'm', 'f']),
  comment: maybeText,
  owner: maybeText,
  row_security: flag,
  unlogged: flag,
  definition: maybeText,
  partitioned: z.object({ strategy: text, columns: names }).nullable(),
  partitions: pairs,
  inherits: pairs,
  foreign_table: z
    .object({
      server: text,
      wrapper: text,
      host: maybeText,
      port: maybeText,
      database: maybeText,
      schema: maybeText,
      table: maybeText,
    })
    .nullable(),
});
export type RelationRow = z.output<typeof relationRow>;

export const columnRow = z.object({
  oid: text,
  ordinal: z.number(),
  name: text,
  type: text,
  not_null: flag,
  identity: maybeText,
  has_default: flag,
  generated: maybeText,
  comment: maybeText,
  type_kind: text,
  is_array: flag,
  base_type: maybeText,
  composite: maybeText,
  remote_name: maybeText,
});
export type ColumnRow = z.output<typeof columnRow>;

export const keyRow = z.object({
  oid: text,
  kind: z.enum(['p', 'u', 'f']),
  name: text,
  columns: names,
  ref_schema: maybeText,
  ref_name: maybeText,
  ref_columns: names,
});
export type KeyRow = z.output<typeof keyRow>;

export const routineRow = z.object({
  oid: text,
  schema: text,
  name: text,
  arguments: text,
  kind: text,
  language: text,
  definition: maybeText,
  parsed_body: maybeText,
  comment: maybeText,
  owner: maybeText,
  search_path: maybeText,
  triggers: pairs,
});
export type RoutineRow = z.output<typeof routineRow>;

export const estimateRow = z.object({ schema: text, name: text, rows: z.number(), known: flag });
export const statementRow = z.object({ id: maybeText, text: maybeText, calls: z.number(), hidden: flag });
export type StatementRow = z.output<typeof statementRow>;

/** Parses an answer; a row that does not hold is an error that names the question and the member, never the row. */
export function parseRows<S extends z.ZodType>(question: string, schema: S, rows: readonly Row[]): z.output<S>[] {
  return rows.map((row) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return parsed.data;
    const member = parsed.error.issues[0]?.path.join('.') ?? '?';
    throw new LexlineError(
      'CONNECTOR_UNEXPECTED',
      `[connectors/postgres] the answer to "${question}" lacks a usable ${member}: is this a PostgreSQL 12 or later?`,
    );
  });
}
