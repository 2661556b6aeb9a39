import { z } from 'zod';
import { mayCarrySecrets } from '../kit/loopback.ts';
import { schemaFilter } from '../kit/warehouse/schema-filter.ts';

const projectId = z.string().regex(/^(?:[a-z0-9.-]{1,100}:)?[a-z][a-z0-9-]{4,60}$/u, 'write it like acme-analytics');
const address = z.url({ protocol: /^https?$/u });
const taxonomyName = z.string().regex(/^[^.]{1,200}$/u, 'write the name that people see, without a dot');

/** Settings of a BigQuery source, beside those that all sources share. */
export const bigqueryConfig = z
  .strictObject({
    project: projectId.describe('The project in which our queries run and are billed.'),
    projects: schemaFilter.describe(
      'Which projects are read, by id or pattern. Default: `project` alone. Patterns are matched with the projects that the credentials show.',
    ),
    datasets: schemaFilter.describe('Which datasets, by name or pattern. Default: all but hidden ones.'),
    locations: schemaFilter.describe('Which locations, as BigQuery calls them: `EU`, `europe-west*`. Default: all.'),
    queryLocation: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{1,40}$/u)
      .default('US')
      .describe('Where the one query runs that reads no dataset. Name another where your organisation forbids `US`.'),
    keyFile: z
      .string()
      .min(1)
      .optional()
      .describe(
        'File with credentials: key of a service account, workload identity federation, or of a user (JSON). Default: Application Default Credentials.',
      ),
    key: z.string().min(1).optional().describe('The same as text: `"${BIGQUERY_KEY}"`.'),
    token: z.string().min(1).optional().describe('An access token that somebody else renews: `"${BIGQUERY_TOKEN}"`.'),
    impersonate: z
      .string()
      .regex(/^[^\s@]+@[^\s@]+$/u, 'write the address of a service account')
      .optional()
      .describe('A service account as which is read: the credentials must be let to create tokens for it.'),
    namespace: z.string().min(1).default('bigquery').describe('OpenLineage namespace.'),
    endpoint: address.default('https://bigquery.googleapis.com').describe('Private Service Connect, or an emulator.'),
    dataCatalogEndpoint: address.default('https://datacatalog.googleapis.com').describe('Where policy tags are asked.'),
    dataPolicyEndpoint: address
      .default('https://bigquerydatapolicy.googleapis.com')
      .describe('Where masking rules are asked.'),
    governance: z.boolean().default(true).describe('Read what policy tags are called and what masking hangs on them.'),
    rowAccessPolicies: z.boolean().default(true).describe('Read row access policies: one free request a table.'),
    access: z.boolean().default(true).describe('Read who may use each dataset.'),
    rowCounts: z.boolean().default(true).describe('Read how many rows tables hold, from PARTITIONS.'),
    history: z.boolean().default(true).describe('Read the jobs that ran, and who used what.'),
    historyDays: z.int().min(1).max(180).default(7).describe('How far the first read looks back.'),
    historyLagMinutes: z.int().min(0).max(1440).default(10).describe('Jobs that ended later wait for the next read.'),
    maxQueries: z.int().min(1).max(100_000).default(5000).describe('Different statements a read takes of a location.'),
    maxGigabytesBilled: z
      .number()
      .positive()
      .max(100_000)
      .default(20)
      .describe('A read ends before it is billed for more than this many gigabytes (2^30 bytes).'),
    maxGigabytesPerQuery: z
      .number()
      .min(0.02)
      .max(100_000)
      .default(10)
      .describe('`maximumBytesBilled` of each query: BigQuery refuses what would pass it, without a charge.'),
    jobLabel: z
      .string()
      .regex(/^[a-z][a-z0-9_-]{0,62}$/u, 'lower case letters, digits, _ and -')
      .default('lexline')
      .describe('Label that all our jobs carry, by which the history leaves them out.'),
    sampling: z
      .enum(['list', 'query'])
      .default('list')
      .describe(
        'Profiling: `list` reads rows of tables without a charge; `query` reads views and external tables too.',
      ),
    writeTagsAs: z
      .enum(['description', 'policy-tag'])
      .default('description')
      .describe(
        "Where tags go: to descriptions and labels, which change nobody's access, or to policy tags, which do.",
      ),
    taxonomy: taxonomyName
      .optional()
      .describe('With `writeTagsAs: policy-tag`: the taxonomy of our own policy tags, by the name people see.'),
    taxonomyProject: projectId.optional().describe('The project of that taxonomy. Default: `project`.'),
    timeoutMs: z.int().min(100).max(600_000).default(60_000).describe('How long one request may take.'),
    queryTimeoutMs: z.int().min(1000).max(86_400_000).default(300_000).describe('A query of ours is cancelled then.'),
    retries: z.int().min(0).max(20).default(5).describe('How often a request that failed is sent again.'),
    pageSize: z.int().min(1).max(500).default(100).describe('Tables read at a time.'),
  })
  .superRefine((config, context) => {
    const { keyFile, key, token, impersonate } = config;
    for (const setting of ['endpoint', 'dataCatalogEndpoint', 'dataPolicyEndpoint'] as const)
      if (!mayCarrySecrets(config[setting]))
        context.addIssue({ code: 'custom', path: [setting], message: 'tokens go over https only' });
    if ([keyFile, key, token].filter((way) => way !== undefined).length > 1)
      context.addIssue({ code: 'custom', message: 'set at most one of keyFile, key and token' });
    if (token !== undefined && impersonate !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['impersonate'],
        message: 'a token stands for one account: leave it out',
      });
    if (config.writeTagsAs === 'description' && config.taxonomy !== undefined)
      context.addIssue({ code: 'custom', path: ['taxonomy'], message: 'is for "writeTagsAs: policy-tag"' });
  });

export type BigQueryConfig = z.output<typeof bigqueryConfig>;
