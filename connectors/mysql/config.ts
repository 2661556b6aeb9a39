import { z } from 'zod';
import { schemaFilter } from '../kit/warehouse/schema-filter.ts';

/** Settings of a MySQL or MariaDB source, beside those that all sources share. */
export const mysqlConfig = z.strictObject({
  url: z
    .string()
    .min(1)
    .describe(
      '`mysql://user:password@host:port?sslmode=disable|require|verify-full&sslrootcert=…`. Give it as `"${SHOP_URL}"`: it holds a secret.',
    ),
  namespace: z.string().min(1).optional().describe('OpenLineage namespace; default `mysql://host:port` of the url.'),
  schemas: schemaFilter,
  connectTimeoutMs: z.int().min(100).max(300_000).default(10_000).describe('How long signing in may take.'),
  statementTimeoutMs: z
    .int()
    .min(100)
    .max(3_600_000)
    .default(30_000)
    .describe('A statement of ours is given up after this time.'),
  pageSize: z.int().min(1).max(2000).default(200).describe('Tables read at a time.'),
});

export type MysqlConfig = z.output<typeof mysqlConfig>;
