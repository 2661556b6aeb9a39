import { z } from 'zod';
import { schemaFilter } from '../kit/warehouse/schema-filter.ts';

/** Settings of a Databricks source, beside those that all sources share. */
export const databricksConfig = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/u })
      .describe(
        'The workspace: `https://dbc-a1b2c3d4-e5f6.cloud.databricks.com`. Any workspace of the metastore will do.',
      ),
    token: z.string().min(1).optional().describe('Personal access token: `"${DATABRICKS_TOKEN}"`. Over https only.'),
    oauth: z
      .strictObject({
        clientId: z.string().min(1).describe('Application id of the service principal.'),
        clientSecret: z.string().min(1).describe('Its OAuth secret: `"${DATABRICKS_CLIENT_SECRET}"`.'),
        tokenUrl: z
          .url({ protocol: /^https?$/u })
          .optional()
          .describe('Where tokens are fetched. Default `<url>/oidc/v1/token`.'),
        scope: z.string().min(1).default('all-apis').describe('Default `all-apis`.'),
      })
      .optional()
      .describe('A service principal that signs in by client credentials (OAuth M2M).'),
    warehouseId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,100}$/u, 'it is the id of a SQL warehouse, like 1a2b3c4d5e6f7890')
      .optional()
      .describe(
        'SQL warehouse that works for us. Without it there are no tags, keys, grants, lineage, history or samples.',
      ),
    namespace: z.string().min(1).optional().describe('OpenLineage namespace. Default `databricks://<host of url>`.'),
    catalogs: schemaFilter.describe(
      "Which catalogs, by name or pattern. Default: all but Databricks' own (`system`, `samples`, `__databricks_internal`).",
    ),
    schemas: schemaFilter,
    governance: z.boolean().default(true).describe('Read tags, keys and policies that hang on tags.'),
    grants: z.boolean().default(true).describe('Read who may do what with a table.'),
    lineage: z.boolean().default(true).describe('Read `system.access`: what jobs, notebooks and pipelines moved.'),
    history: z.boolean().default(true).describe('Read `system.query.history`: the statements that moved data.'),
    historyDays: z.int().min(1).max(365).default(7).describe('How far lineage and history look back.'),
    historyLagMinutes: z
      .int()
      .min(0)
      .max(1440)
      .default(120)
      .describe('What is younger than this is left for the next read: system tables are filled late.'),
    maxQueries: z
      .int()
      .min(1)
      .max(100_000)
      .default(5000)
      .describe('Different statements taken over a read, the latest first.'),
    maxEdges: z
      .int()
      .min(1)
      .max(5_000_000)
      .default(200_000)
      .describe('Rows of lineage taken over a read, the latest first.'),
    timeoutMs: z.int().min(100).max(600_000).default(60_000).describe('How long one request may take.'),
    statementTimeoutSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .default(300)
      .describe('A statement is cancelled after this time. A warehouse that has to start counts.'),
    retries: z.int().min(0).max(20).default(4).describe('How often a request is sent again after 429, 5xx or a reset.'),
    pageSize: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe('Things listed at a time (`max_results`). 0: as many as the service likes.'),
  })
  .superRefine((config, context) => {
    if ((config.token === undefined) === (config.oauth === undefined))
      context.addIssue({ code: 'custom', message: 'set exactly one way to sign in: token, or oauth' });
  });

export type DatabricksConfig = z.output<typeof databricksConfig>;
