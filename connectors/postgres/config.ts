import { z } from 'zod';
import { schemaFilter } from '../kit/warehouse/schema-filter.ts';

/** Settings of a PostgreSQL source, beside those that all sources share. */
export const postgresConfig = z.strictObject({
  url: z
    .string()
    .min(1)
    .describe(
      '`postgres://user:password@host:port/database?sslmode=…&sslrootcert=…`, or `pglite:<folder>?database=…` for an embedded one. Give it as `"${SHOP_URL}"`: it holds a secret.',
    ),
  namespace: z
    .string()
    .min(1)
    .optional()
    .describe('OpenLineage namespace; default `postgres://host:port` of the url. Needed for `pglite:`.'),
  schemas: schemaFilter,
  queries: z.boolean().default(true).describe('Read the texts of statements that move data from `pg_stat_statements`.'),
  maxQueries: z.int().min(1).max(50_000).default(5_000).describe('At most this many of them, the most called first.'),
  connectTimeoutMs: z.int().min(100).max(300_000).default(10_000).describe('How long signing in may take.'),
  statementTimeoutMs: z
    .int()
    .min(100)
    .max(3_600_000)
    .default(30_000)
    .describe('The server gives up a statement of ours after this time.'),
  pageSize: z.int().min(1).max(2_000).default(200).describe('Tables read at a time.'),
});

export type PostgresConfig = z.output<typeof postgresConfig>;
