import { z } from 'zod';

const names = z.array(z.string().min(1)).readonly();

/** Settings of an Amundsen source, beside those that all sources share. */
export const amundsenConfig = z.strictObject({
  url: z
    .url({ protocol: /^(bolt|neo4j)(\+s|\+ssc)?$/ })
    .describe("Amundsen's Neo4j: `bolt://amundsen-neo4j:7687`; `bolt+s` with a checked certificate."),
  username: z
    .string()
    .min(1)
    .optional()
    .describe('Who signs in to Neo4j, with `password`. Absent: a database without sign-in.'),
  password: z.string().optional().describe('Give it as `"${AMUNDSEN_PASSWORD}"`: it is a secret.'),
  database: z.string().min(1).optional().describe('Database of the server; default its own default.'),
  serviceUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('The metadata service, `http://amundsen-metadata:5002`. Only needed to write badges and tags back.'),
  serviceToken: z
    .string()
    .min(1)
    .optional()
    .describe('A bearer token for the service, where a proxy in front of it asks for one.'),
  badgeCategory: z
    .string()
    .regex(/^[a-z0-9_-]+$/)
    .default('lexline')
    .describe('Category of badges that Lexline makes. Badges that are there keep theirs.'),
  schemas: z
    .strictObject({ include: names.optional(), exclude: names.optional() })
    .default({})
    .describe('Schemas by key: `hive://gold.sales`. Default: all.'),
  usage: z.boolean().default(true).describe('Read how often tables were read, summed over people.'),
  pageSize: z.int().min(1).max(1_000).default(200).describe('Tables read at a time.'),
  timeoutMs: z.int().min(100).max(600_000).default(30_000).describe('How long one query or request may take.'),
  retries: z.int().min(0).max(20).default(4).describe('How often it is asked again after a failure that may pass.'),
});

export type AmundsenConfig = z.output<typeof amundsenConfig>;
