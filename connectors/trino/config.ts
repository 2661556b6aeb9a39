import { z } from 'zod';
import { schemaFilter } from '../kit/warehouse/schema-filter.ts';

const globs = z.array(z.string().min(1)).readonly();

/** Settings of a Trino source, beside those that all sources share. */
export const trinoConfig = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe('Where the coordinator listens: `https://trino.internal:8443`.'),
  username: z
    .string()
    .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/u, 'a user name is of printable ASCII characters')
    .default('lexline')
    .describe('Who asks: the user that access control sees.'),
  password: z
    .string()
    .optional()
    .describe('Give it as `"${TRINO_PASSWORD}"`: it is a secret. Needs https beyond this machine.'),
  token: z
    .string()
    .min(1)
    .optional()
    .describe('A JSON web token in place of the password, as `"${TRINO_TOKEN}"`. Needs https beyond this machine.'),
  caFile: z.string().min(1).optional().describe('Certificate authority that signed the certificate of Trino (PEM).'),
  namespace: z.string().min(1).optional().describe('OpenLineage namespace; default `trino://host:port` of the url.'),
  catalogs: z
    .strictObject({ include: globs.optional(), exclude: globs.optional() })
    .default({})
    .describe('Which catalogs, by name or pattern. Default: all but `system`, `jmx`, `tpch` and `tpcds`.'),
  schemas: schemaFilter,
  grants: z.boolean().default(true).describe('Carry who may do what with a table along, as far as the catalog tells.'),
  queries: z
    .boolean()
    .default(true)
    .describe('Read what the coordinator remembers of queries: lineage of those that write, use by those that read.'),
  maxQueries: z.int().min(1).max(10_000).default(500).describe('Queries asked about in one sync, the oldest first.'),
  timeoutMs: z.int().min(100).max(600_000).default(60_000).describe('How long one request may take.'),
  statementTimeoutMs: z
    .int()
    .min(1000)
    .max(3_600_000)
    .default(300_000)
    .describe('A statement of ours is cancelled after this time.'),
  retries: z.int().min(0).max(20).default(4).describe('How often a request is sent again after 429, 5xx or a reset.'),
  pageSize: z
    .int()
    .min(1)
    .max(100)
    .default(100)
    .describe('Tables read at a time. Trino looks up at most 100 by name; beyond that it would list a whole schema.'),
});

export type TrinoConfig = z.output<typeof trinoConfig>;
