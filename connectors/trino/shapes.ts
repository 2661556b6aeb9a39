import { z } from 'zod';
import { rowNumber, rowText } from '../kit/parse-rows.ts';

/** One answer of the statement interface. */
export const statementAnswer = z.object({
  id: z.string(),
  nextUri: z.string().nullish(),
  columns: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .transform((value) => value ?? null),
  data: z
    .array(z.array(z.unknown()))
    .nullish()
    .transform((value) => value ?? []),
  error: z
    .object({ errorName: z.string().default(''), errorType: z.string().default('') })
    .nullish()
    .transform((value) => value ?? null),
});

export const serverInfo = z.object({
  nodeVersion: z.object({ version: z.string() }),
  starting: z.boolean().optional(),
});

export const catalogRow = z.object({ catalog_name: z.string(), connector_name: rowText });
export const nameRow = z.object({ schema_name: z.string() });
export const digestRow = z.object({ schema_name: z.string(), part: z.string(), n: rowNumber, digest: rowText });
export const relationRow = z.object({ name: z.string(), kind: z.enum(['BASE TABLE', 'VIEW']), definition: rowText });
export const commentRow = z.object({ name: z.string(), comment: rowText });
export const materializedRow = z.object({ name: z.string(), definition: rowText, freshness: rowText });
export const columnCommentRow = z.object({ relation: z.string(), name: z.string(), comment: rowText });
export const privilegeRow = z.object({
  relation: z.string(),
  grantee: z.string(),
  grantee_type: rowText,
  privilege: z.string(),
  grantable: rowText,
});
export const columnRow = z.object({
  relation: z.string(),
  name: z.string(),
  ordinal: rowNumber,
  type: z.string(),
  nullable: z.string(),
  has_default: z.boolean(),
});
export const queryRow = z.object({ query_id: z.string(), ended: z.string() });

export type RelationRow = z.output<typeof relationRow>;
export type ColumnRow = z.output<typeof columnRow>;
export type PrivilegeRow = z.output<typeof privilegeRow>;

const table = z.object({ catalogName: z.string(), schema: z.string(), table: z.string() });
const column = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);

/** What the coordinator knows of one query, as far as it is used. */
export const queryInfo = z.object({
  queryId: z.string(),
  query: z.string(),
  updateType: rowText,
  session: z.object({ source: rowText, catalog: rowText, schema: rowText }),
  queryStats: z.object({ endTime: rowText }),
  referencedTables: z
    .array(
      z.object({
        catalog: z.string(),
        schema: z.string(),
        table: z.string(),
        directlyReferenced: z.boolean().default(true),
      }),
    )
    .default([]),
  output: table
    .extend({
      columns: z
        .array(
          z.object({
            column,
            sourceColumns: z.array(z.object({ tableName: z.string(), columnName: z.string() })).default([]),
          }),
        )
        .nullish()
        .transform((value) => value ?? []),
    })
    .nullish()
    .transform((value) => value ?? null),
});

export type QueryInfo = z.output<typeof queryInfo>;
