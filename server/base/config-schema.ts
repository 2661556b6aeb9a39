import { z } from 'zod';
import { accessSchema } from './config-access.ts';
import { detectorsSetting } from './config-detectors.ts';
import { emitSetting } from './config-emit.ts';
import { llmSchema } from './config-llm.ts';
import { graphStoreSetting } from './config-stores.ts';
import { governanceSetting } from './config-governance.ts';
import { maskingSetting } from './config-masking.ts';
import { notifySetting } from './config-notify.ts';
import { policiesSetting } from './config-policies.ts';
import { regulationsSetting, rulebookSetting, vectorStoreSetting } from './config-rulebook.ts';
import { retentionSetting } from './config-retention.ts';
import { signingSetting } from './config-signing.ts';
import { tracingSetting } from './config-tracing.ts';
import { webhookSetting } from './config-webhook.ts';
import { writeBackSetting } from './config-write-back.ts';

const name = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,62}$/u,
    'use lower case letters, digits, - and _, at most 63, beginning with a letter or digit',
  );

/** What a company is under a regulation; decides whether health data is PHI and card data falls under PCI DSS. */
const applies = z
  .strictObject({
    'uk-gdpr': z.enum(['controller', 'processor', 'joint-controller', 'none']),
    gdpr: z.enum(['controller', 'processor', 'joint-controller', 'none']),
    hipaa: z.enum(['covered-entity', 'business-associate', 'none']),
    'pci-dss': z.enum(['merchant', 'service-provider', 'none']),
    ccpa: z.enum(['business', 'service-provider', 'none']),
  })
  .partial();

/** Members that every source has, whatever its connector. All others belong to the connector's own schema. */
export const commonSourceSchema = z.object({
  name: name.describe('What this source is called: in reports, on the command line, in the graph.'),
  connector: z.string().min(1).describe('Which connector reads it.'),
  schedule: z
    .string()
    .optional()
    .describe(
      'When `lexline serve` syncs it: five cron fields, in the time zone of `timezone`. Absent: only when asked.',
    ),
  profile: z
    .enum(['none', 'in-database', 'sample'])
    .default('none')
    .describe(
      'none: names only. in-database: only counts and shapes leave the source. sample: bounded rows, never kept.',
    ),
  applies: applies
    .default({})
    .describe('What you are under each regulation. Unknown: reports say "health data", not PHI.'),
  tagMap: z
    .record(z.string().min(1), z.string().min(1))
    .default({})
    .describe('Our class or category, and the tag that people already use for it in this source.'),
  writeBack: writeBackSetting,
  webhook: webhookSetting,
  llm: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The endpoint of llm.endpoints that may see names, types, comments and shapes of this source. Absent: none.',
    ),
});

/** Everything but the sources. Unknown members are refused. */
export const configSchema = z.strictObject({
  sources: z.array(z.looseObject({})).nullable().default([]).describe('The systems to read.'),
  stores: z
    .strictObject({
      graph: graphStoreSetting,
      vectors: vectorStoreSetting,
    })
    .prefault({}),
  regulations: regulationsSetting,
  rulebook: rulebookSetting,
  llm: llmSchema.optional().describe('Model endpoints that may help to judge. Absent: detectors only, nothing leaves.'),
  http: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
      port: z.int().min(0).max(65_535).default(4000).describe('Port to listen on; 0: any free one.'),
      origins: z
        .array(z.string().refine(isOrigin, 'not an origin, write it like https://catalog.example.com'))
        .default([])
        .describe('Origins of pages elsewhere that may ask from a browser: a catalog that shows badges.'),
      operations: z
        .string()
        .min(1)
        .optional()
        .describe('A folder of .graphql files, one operation each: answered by name or hash, queries also as GET.'),
      onlyOperations: z.boolean().default(false).describe('Answer nothing but those.'),
    })
    .prefault({}),
  access: accessSchema
    .optional()
    .describe('Who may ask, and what. Absent: no sign-in, and only this machine is answered.'),
  emit: emitSetting,
  notify: notifySetting,
  namespaces: z
    .record(z.string().min(1), z.array(z.string().min(1)))
    .default({})
    .describe('Names that mean the same: the one to keep, and those to replace by it.'),
  precedence: z
    .array(z.string().min(1))
    .default([])
    .describe('Sources (or connectors), first the one whose type, description and owner are shown.'),
  detectors: detectorsSetting,
  masking: maskingSetting,
  governance: governanceSetting,
  policies: policiesSetting,
  retention: retentionSetting,
  signing: signingSetting,
  tracing: tracingSetting,
  timezone: z
    .string()
    .refine(isTimezone, 'not a time zone, write it like Europe/Berlin')
    .default('UTC')
    .describe('A date alone means the end of that day here; schedules run by this clock.'),
});

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
