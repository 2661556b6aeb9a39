import { z } from 'zod';

const names = z.array(z.string().min(1)).readonly();
/** Ids of Collibra's own model are no UUIDs of any version. */
const id = z.guid().transform((value) => value.toLowerCase());
const ids = z.array(id).min(1).readonly();

/** Ids of Collibra's own operating model; they are the same in every environment that has not replaced them. */
const ownType = {
  system: '00000000-0000-0000-0000-000000031302',
  database: '00000000-0000-0000-0000-000000031006',
  schema: '00000000-0000-0000-0001-000400000002',
  table: '00000000-0000-0000-0000-000000031007',
  view: '00000000-0000-0000-0001-000400000009',
  column: '00000000-0000-0000-0000-000000031008',
};

/** Settings of a Collibra source, beside those that all sources share. */
export const collibraConfig = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .describe('The environment, without `/rest`: `https://acme.collibra.com`. Secrets go to https or loopback alone.'),
  username: z.string().min(1).optional().describe('Who signs in, with `password`.'),
  password: z.string().min(1).optional().describe('Give it as `"${COLLIBRA_PASSWORD}"`: it is a secret.'),
  token: z.string().min(1).optional().describe('A bearer token in place of both, as `"${COLLIBRA_TOKEN}"`.'),
  oauth: z
    .strictObject({
      tokenUrl: z.url({ protocol: /^https?$/ }),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1),
      scope: z.string().min(1).optional(),
    })
    .optional()
    .describe('Tokens by client credentials in place of both: `tokenUrl`, `clientId`, `clientSecret`, `scope`.'),
  communities: z
    .strictObject({ include: names.optional(), exclude: names.optional() })
    .default({})
    .describe(
      'Communities whose domains are read, by name. A community inside one that is named is named by itself. Default: all.',
    ),
  namespaces: z
    .record(z.string().min(1), z.string().min(1))
    .default({})
    .describe(
      'OpenLineage namespace by the name of a Database asset, else of its System: `SALES: snowflake://acme-prod`. Default: `collibra://<host>`.',
    ),
  types: z
    .strictObject({
      system: ids.default([ownType.system]),
      database: ids.default([ownType.database]),
      schema: ids.default([ownType.schema]),
      table: ids.default([ownType.table]),
      view: ids.default([ownType.view]),
      column: ids.default([ownType.column]),
    })
    .prefault({})
    .describe('Ids of asset types by what they are here; types below them belong to them. Default: Collibra’s own.'),
  lineage: z
    .array(z.strictObject({ relation: id, flow: z.enum(['head-to-tail', 'tail-to-head']).default('head-to-tail') }))
    .readonly()
    .prefault([{ relation: '00000000-0000-0000-0000-000000007069' }])
    .describe(
      'Types of relation between columns, or between tables, along which data flows. Default: Collibra’s own Data Element targets / sources Data Element.',
    ),
  tagAttributes: names
    .default(['Personally Identifiable Information', 'Security Classification'])
    .describe('Attribute types whose values are read as tags, by name. A yes is the name alone, a no is nothing.'),
  ownerRoles: names
    .default(['Owner'])
    .describe('Roles whose holders are owners, also where they hold it for the domain or a community. Empty: none.'),
  pageSize: z.int().min(1).max(1_000).default(1_000).describe('Things listed in one request.'),
  timeoutMs: z.int().min(100).max(600_000).default(60_000).describe('How long one request may take.'),
  retries: z.int().min(0).max(20).default(4).describe('How often a request is sent again after 429, 5xx or a reset.'),
});

export type CollibraConfig = z.output<typeof collibraConfig>;
