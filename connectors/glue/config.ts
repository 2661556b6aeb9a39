import { z } from 'zod';
import { schemaFilter } from '../kit/warehouse/schema-filter.ts';

/** Settings of an AWS Glue source, beside those that all sources share. */
export const glueConfig = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/u)
    .describe('The region of the catalog: `eu-central-1`.'),
  catalogId: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('The account (12 digits) or catalog that is read. Default: that of the credentials.'),
  accessKeyId: z
    .string()
    .min(1)
    .optional()
    .describe('With `secretAccessKey`. Default: what the AWS SDK finds (environment, profile, role of the machine).'),
  secretAccessKey: z.string().min(1).optional().describe('Give it as `"${AWS_SECRET}"`: it is a secret.'),
  sessionToken: z.string().min(1).optional().describe('Of temporary credentials, as `"${AWS_SESSION_TOKEN}"`.'),
  endpoint: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('In place of the public one: an interface endpoint in your network.'),
  namespace: z
    .string()
    .min(1)
    .optional()
    .describe('OpenLineage namespace; default `arn:aws:glue:<region>:<account>`, as Spark sends it.'),
  databases: schemaFilter,
  lfTags: z
    .boolean()
    .default(false)
    .describe('Read LF-Tags of tables and columns from Lake Formation: two requests a table.'),
  timeoutMs: z.int().min(100).max(600_000).default(60_000).describe('How long one request may take.'),
  retries: z
    .int()
    .min(0)
    .max(20)
    .default(5)
    .describe('How often a request is sent again after throttling, 5xx or a reset.'),
  pageSize: z.int().min(1).max(100).default(100).describe('Tables read at a time; Glue gives at most 100.'),
});

export type GlueConfig = z.output<typeof glueConfig>;
