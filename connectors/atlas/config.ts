import { z } from 'zod';
import { kafkaSettings } from '../kit/kafka-settings.ts';

const names = z.array(z.string().min(1)).readonly();

/** Settings of an Apache Atlas source, beside those that all sources share. */
export const atlasConfig = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .describe(
      'Where Atlas listens, without `/api`: `http://atlas:21000`. A catalog with another prefix (`/datamap`) takes it along.',
    ),
  username: z.string().min(1).optional().describe('Who signs in, with `password`.'),
  password: z.string().optional().describe('Give it as `"${ATLAS_PASSWORD}"`: it is a secret.'),
  token: z.string().min(1).optional().describe('A bearer token in place of user and password, as `"${ATLAS_TOKEN}"`.'),
  caFile: z.string().min(1).optional().describe('Certificate authority that signed the certificate of Atlas (PEM).'),
  types: z
    .strictObject({ include: names.optional(), exclude: names.optional() })
    .default({})
    .describe(
      'Dataset and process types to read, by name. Default: every type that descends from `DataSet` or `Process`.',
    ),
  databases: z
    .strictObject({ include: names.optional(), exclude: names.optional() })
    .default({})
    .describe('Databases to read, by the part of the qualified name before the table: `clinic`. Default: all.'),
  sqlText: z
    .boolean()
    .default(true)
    .describe('Read the query texts of processes and views; only their literal-free form is kept.'),
  businessMetadata: z
    .boolean()
    .default(true)
    .describe('Carry business metadata and user-defined properties along as facets.'),
  pageSize: z.int().min(1).max(200).default(50).describe('Entities fetched in one request.'),
  listSize: z
    .int()
    .min(2)
    .max(10_000)
    .default(1_000)
    .describe('Entities listed in one request; Atlas cuts at `atlas.search.maxlimit`.'),
  fullEveryHours: z
    .int()
    .min(1)
    .max(8_760)
    .default(24)
    .describe(
      'After so long a sync reads all again: what Atlas changes without a new time stamp (terms, business metadata) is only seen then.',
    ),
  overlapSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .default(300)
    .describe(
      'How far an incremental sync looks back behind the last one: late transactions, clocks of several servers.',
    ),
  kafka: kafkaSettings
    .optional()
    .describe(
      "Atlas's Kafka, topic `ATLAS_ENTITIES`: an incremental sync then also reads again what Atlas told of. Absent: REST alone.",
    ),
  timeoutMs: z.int().min(100).max(600_000).default(60_000).describe('How long one request may take.'),
  retries: z.int().min(0).max(20).default(4).describe('How often a request is sent again after 429, 5xx or a reset.'),
});

export type AtlasConfig = z.output<typeof atlasConfig>;
