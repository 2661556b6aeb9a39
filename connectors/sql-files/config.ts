import { z } from 'zod';

/** Settings of a folder of SQL, beside those that all sources share. */
export const sqlFilesConfig = z.strictObject({
  path: z
    .string()
    .min(1)
    .describe('A folder, read with all its subfolders, or one file. Files end in `.sql` or `.ddl`.'),
  dialect: z.string().min(1).default('ansi').describe('`postgres`, `snowflake`, `bigquery` …'),
  namespace: z
    .string()
    .min(1)
    .optional()
    .describe(
      "OpenLineage namespace of the tables; default `sql://<source>`. Give the warehouse's to join them with its own.",
    ),
  defaultDatabase: z.string().min(1).optional().describe('What a name without a database means.'),
  defaultSchema: z.string().min(1).optional().describe('What a name without a schema means.'),
  maxBytes: z
    .int()
    .min(1024)
    .max(10 * 1024 * 1024)
    .default(10 * 1024 * 1024)
    .describe('Largest file read, in bytes. Default 10 MiB, the longest text that the SQL engine takes.'),
});

export type SqlFilesConfig = z.output<typeof sqlFilesConfig>;
