import { z } from 'zod';
import { schemaFilter } from '../kit/warehouse/schema-filter.ts';

/** Settings of a Snowflake source, beside those that all sources share. */
export const snowflakeConfig = z
  .strictObject({
    account: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/u, 'write it like myorganisation-myaccount')
      .describe('Account identifier: `organisation-account`, or the locator with its region: `xy12345.eu-central-1`.'),
    url: z
      .url({ protocol: /^https?$/u })
      .optional()
      .describe('Where it is asked: private connectivity. Default `https://<account>.snowflakecomputing.com`.'),
    user: z.string().min(1).optional().describe('Login name of the user; needed with a key pair.'),
    privateKeyFile: z.string().min(1).optional().describe('File with the private key of that user (PKCS#8, PEM).'),
    privateKey: z.string().min(1).optional().describe('The same as text: `"${SNOWFLAKE_KEY}"`.'),
    privateKeyPassphrase: z
      .string()
      .min(1)
      .optional()
      .describe('Of a key that is encrypted: `"${SNOWFLAKE_KEY_PASSPHRASE}"`.'),
    token: z.string().min(1).optional().describe('Programmatic access token or OAuth token: `"${SNOWFLAKE_TOKEN}"`.'),
    tokenType: z.enum(['programmatic', 'oauth']).default('programmatic').describe('What `token` is.'),
    oauth: z
      .strictObject({
        tokenUrl: z.url({ protocol: /^https?$/u }).describe('Where tokens are fetched (client credentials).'),
        clientId: z.string().min(1).describe('The client.'),
        clientSecret: z.string().min(1).describe('Its secret: `"${SNOWFLAKE_CLIENT_SECRET}"`.'),
        scope: z.string().min(1).optional().describe('`session:role:LEXLINE`.'),
      })
      .optional()
      .describe('An external OAuth server that gives tokens.'),
    role: z.string().min(1).optional().describe("Role that reads. Default: the user's own."),
    warehouse: z.string().min(1).describe('Warehouse that works for us. X-Small is enough.'),
    namespace: z.string().min(1).optional().describe('OpenLineage namespace; default `snowflake://<account>`.'),
    databases: schemaFilter.describe(
      "Which databases, by name or pattern. Default: all but Snowflake's own, its samples and applications.",
    ),
    schemas: schemaFilter,
    structure: z
      .enum(['information-schema', 'account-usage'])
      .default('information-schema')
      .describe(
        'Where tables and columns are read: at once and by rights on each, or up to 3 hours late and all of them.',
      ),
    edition: z
      .enum(['standard', 'enterprise', 'business-critical'])
      .optional()
      .describe('On `standard` nothing is asked of views that only Enterprise has, and the gap says so.'),
    governance: z.boolean().default(true).describe('Read tags, policies and dependencies from ACCOUNT_USAGE.'),
    grants: z.boolean().default(true).describe('Read who may read what, through roles.'),
    history: z.boolean().default(true).describe('Read the statements that ran, and who used what.'),
    historyDays: z.int().min(1).max(365).default(7).describe('How far the first read looks back.'),
    historyLagMinutes: z
      .int()
      .min(0)
      .max(1440)
      .default(180)
      .describe('Statements younger than this are left for the next read: the views are that late.'),
    maxQueries: z
      .int()
      .min(1)
      .max(100_000)
      .default(5000)
      .describe('Different statements taken over a read, the latest first.'),
    maxCredits: z.number().positive().max(10_000).default(1).describe('A read ends when it may have cost this much.'),
    creditsPerHour: z
      .number()
      .positive()
      .optional()
      .describe('What the warehouse costs, where the role cannot see its size.'),
    queryTag: z.string().min(1).max(200).default('lexline').describe('QUERY_TAG of all our statements.'),
    tagSchema: z
      .string()
      .regex(/^[^.]+\.[^.]+$/u, 'write it like GOVERNANCE.TAGS')
      .optional()
      .describe('`DATABASE.SCHEMA` in which Lexline makes tags of its own. Absent: only tags of `tagMap` are written.'),
    timeoutMs: z.int().min(100).max(600_000).default(60_000).describe('How long one request may take.'),
    statementTimeoutSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .default(300)
      .describe('A statement is given up after this time.'),
    retries: z.int().min(0).max(10).default(4).describe('How often a request that failed is sent again.'),
    pageSize: z.int().min(1).max(2000).default(200).describe('Tables read at a time.'),
  })
  .superRefine((config, context) => {
    const ways = [
      config.privateKeyFile !== undefined || config.privateKey !== undefined,
      config.token !== undefined,
      config.oauth !== undefined,
    ].filter(Boolean).length;
    if (ways !== 1)
      context.addIssue({
        code: 'custom',
        message: 'set exactly one way to sign in: privateKeyFile or privateKey with user, token, or oauth',
      });
    if ((config.privateKeyFile ?? config.privateKey) !== undefined && config.user === undefined)
      context.addIssue({ code: 'custom', path: ['user'], message: 'a key pair signs in a user: name it' });
  });

export type SnowflakeConfig = z.output<typeof snowflakeConfig>;
