import { z } from 'zod';
import { schemaFilter } from '../kit/warehouse/schema-filter.ts';

/** A file's path. An address can hold a token, and no part of it may reach a name or a message. */
const path = z
  .string()
  .min(1)
  .refine((given) => !/^(?:md|motherduck):|^[a-z][a-z0-9+.-]+:\/\//iu.test(given), {
    error: 'only files are read: no MotherDuck, no address. Give the path of a database file',
  });

/** A DuckDB file under the name by which statements call it. */
const attached = z.strictObject({
  name: z.string().min(1).describe('The name that statements use for it: `mart` in `mart.main.orders`.'),
  path: path.describe('Its file, from the folder of the configuration.'),
});

/** Settings of a DuckDB source, beside those that all sources share. */
export const duckdbConfig = z.strictObject({
  path: path.describe('The database file, from the folder of the configuration: `./warehouse.duckdb`.'),
  name: z
    .string()
    .min(1)
    .optional()
    .describe('The name of the database in statements. Default: the file name up to its first dot, as DuckDB does.'),
  attach: z
    .array(attached)
    .readonly()
    .default([])
    .describe('Further files that statements and views reach beside the first, each read like it.'),
  encryptionKey: z
    .string()
    .min(1)
    .optional()
    .describe('The key of encrypted files, the same for all. Give it as `"${DUCKDB_KEY}"`: it is a secret.'),
  namespace: z
    .string()
    .min(1)
    .optional()
    .describe('OpenLineage namespace; default `duckdb://` and the path as it is written here, as dbt sends it.'),
  schemas: schemaFilter,
  lockWaitMs: z
    .int()
    .min(0)
    .max(600_000)
    .default(10_000)
    .describe('How long to try again while another process holds the file for writing.'),
  statementTimeoutMs: z
    .int()
    .min(100)
    .max(3_600_000)
    .default(60_000)
    .describe('A statement of ours is given up after this time.'),
  memoryMb: z.int().min(64).max(65_536).default(512).describe('Memory that DuckDB may take.'),
  pageSize: z.int().min(1).max(2000).default(200).describe('Tables read at a time.'),
});

export type DuckdbConfig = z.output<typeof duckdbConfig>;
