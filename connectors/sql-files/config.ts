import { z } from 'zod';

/** Settings of a folder of SQL, beside those that all sources share. */
export const sqlFilesConfig = z.strictObject({
  /** A folder, read with all its subfolders, or one file. Files end in `.sql` or `.ddl`. */
  path: z.string().min(1),
  /** `postgres`, `snowflake`, `bigquery` … */
  dialect: z.string().min(1).default('ansi'),
  /** OpenLineage namespace of the tables; default `sql://<source>`. Give the warehouse's to join them with its own. */
  namespace: z.string().min(1).optional(),
  defaultDatabase: z.string().min(1).optional(),
  defaultSchema: z.string().min(1).optional(),
  /** Largest file read, in bytes. Default 10 MiB, the longest text that the SQL engine takes. */
  maxBytes: z
    .int()
    .min(1024)
    .max(10 * 1024 * 1024)
    .default(10 * 1024 * 1024),
});

export type SqlFilesConfig = z.output<typeof sqlFilesConfig>;
