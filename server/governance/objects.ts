import { z } from 'zod';

/**
 * What people know and no source can tell: who answers for data, what it is used for, where systems stand, who receives it
 * and how long it is kept. Written as YAML in `governance/`, checked here, kept in the graph as entered facts.
 */

const text = z.string().trim().min(1).max(2000);
const texts = z.array(text).max(500).default([]);
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/u, 'use lower case letters, digits, - and _, beginning with a letter or digit');
const ids = z.array(id).max(500).default([]);
const day = z.iso.date('write a date like 2026-09-30').nullable().default(null);
const country = z.string().regex(/^[A-Z]{2}$/u, 'use the two letters of ISO 3166-1, like DE');
const yesNo = z.enum(['yes', 'no', 'unknown']).default('unknown');
const contact = z.strictObject({ name: text, contact: text }).nullable().default(null);

/** ISO 8601, dates only: `P10Y`, `P30D`. */
const duration = z
  .string()
  .regex(/^P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?$/u, 'write a duration like P10Y, P6M or P30D');

/** Which datasets are meant. All members of one selector must hold; `*` in a name stands for any letters. */
export const selectorSchema = z
  .strictObject({
    name: text.optional().describe('Dataset name; * stands for any letters: shop.clinic.*'),
    source: text.optional().describe('Source that describes it.'),
    namespace: text.optional(),
    platform: text.optional(),
    owner: text.optional(),
    tag: text.optional().describe('A tag on the dataset.'),
  })
  .refine((one) => Object.values(one).some((value) => value !== undefined), 'names nothing: give at least one member');
const selectors = z.array(selectorSchema).max(500).default([]);

/** From when to when it holds, in the world and not in the file. Absent: always. */
const validity = { validFrom: day, validTo: day };

const entity = z.strictObject({
  id,
  name: text,
  role: z.enum(['controller', 'processor', 'joint-controller']).describe('What it is by Art. 4 GDPR.'),
  address: text.nullable().default(null),
  contact: text.nullable().default(null),
  country: country.nullable().default(null),
  representative: contact.describe('In the Union, Art. 27 GDPR.'),
  dpo: contact.describe('Data protection officer.'),
  ...validity,
});

const party = z.strictObject({
  id,
  name: text,
  kind: z.enum([
    'recipient',
    'processor',
    'sub-processor',
    'business-associate',
    'service-provider',
    'third-party',
    'joint-controller',
    'controller',
  ]),
  contact: text.nullable().default(null),
  representative: contact,
  dpo: contact,
  country: country.nullable().default(null),
  internationalOrganisation: z.boolean().default(false),
  contract: z
    .strictObject({ reference: text, kind: text, from: day, to: day })
    .nullable()
    .default(null)
    .describe('Art. 28 contract, business associate agreement, standard clauses.'),
  safeguards: text.nullable().default(null).describe('Of a transfer: decision, clauses, rules it rests on.'),
  datasets: selectors.describe('What it receives.'),
  ...validity,
});

const system = z.strictObject({
  id,
  name: text,
  owner: text.nullable().default(null),
  function: text.nullable().default(null),
  hosting: z.enum(['on-premises', 'cloud', 'saas', 'unknown']).default('unknown'),
  provider: id.nullable().default(null).describe('A party.'),
  region: text.nullable().default(null),
  country: country.nullable().default(null),
  encryptedAtRest: yesNo,
  encryptedInTransit: yesNo,
  readers: texts.describe('Who can read it, by role.'),
  lastAccessReview: day,
  pci: z
    .strictObject({
      scope: z.enum(['cde', 'connected', 'out']),
      justification: text.nullable().default(null),
      verifiedOn: day,
      stage: text.nullable().default(null).describe('Payment stage and channel: authorisation, e-commerce.'),
    })
    .nullable()
    .default(null),
  hipaa: z
    .strictObject({
      ephi: z.array(z.enum(['created', 'received', 'maintained', 'transmitted'])).default([]),
      designatedRecordSet: yesNo,
      businessAssociate: id.nullable().default(null),
    })
    .nullable()
    .default(null),
  datasets: selectors,
  ...validity,
});

const legalBasis = z.strictObject({
  article: z
    .string()
    .regex(/^6\(1\)\([a-f]\)$/u, 'write a point of Art. 6(1) GDPR, like 6(1)(b)')
    .describe('6(1)(a) to 6(1)(f).'),
  note: text.nullable().default(null),
});

const activity = z.strictObject({
  id,
  name: text,
  entity: id.describe('The legal entity that answers for it.'),
  role: z.enum(['controller', 'processor']).default('controller'),
  jointControllers: ids.describe('Parties.'),
  controllers: ids.describe('For a processor: the parties on whose behalf.'),
  owner: text.nullable().default(null),
  purposes: texts,
  legalBasis: z.array(legalBasis).max(20).default([]),
  specialCategoryCondition: text.nullable().default(null).describe('Point of Art. 9(2), or the law of Art. 10.'),
  dataSubjects: texts,
  categories: texts.describe('Kinds of personal data that no connected dataset shows.'),
  origin: text.nullable().default(null).describe('Where the data comes from, Art. 14.'),
  recipients: ids.describe('Parties.'),
  retention: ids.describe('Retention rules.'),
  measures: texts.describe('Art. 32(1) GDPR, in general words.'),
  dpia: z
    .strictObject({ required: yesNo, reference: text.nullable().default(null) })
    .nullable()
    .default(null),
  rights: text.nullable().default(null).describe('How requests under Arts. 15 to 22 are handled.'),
  breachLog: text.nullable().default(null).describe('Where the log of Art. 33(5) is kept.'),
  ccpa: z
    .strictObject({
      sources: texts,
      sold: yesNo,
      shared: yesNo,
      disclosed: yesNo,
      thirdParties: texts,
    })
    .nullable()
    .default(null),
  datasets: selectors,
  draft: z.boolean().default(false).describe('Written by lexline init; nobody has looked at it.'),
  ...validity,
});

const retention = z.strictObject({
  id,
  name: text,
  duty: z.enum(['erase-after', 'keep-at-least']),
  duration,
  from: text.describe('When it begins: end of the contract, creation of the record.'),
  basis: text.nullable().default(null).describe('The law or rule that says so.'),
  categories: z.array(text).max(500).default([]).describe('Our categories; a branch counts for its leaves.'),
  datasets: selectors,
  ...validity,
});

/** A person's answer to a finding: what it is about, on what ground it is closed, who says so. */
const ground = z.strictObject({
  id,
  finding: z.enum(['sad-at-rest']),
  field: text.describe('dataset.field, as the report prints it.'),
  ground: z
    .enum(['3.3.2', '3.3.3', 'not-sad', 'removed'])
    .describe('3.3.2: before authorisation completes · 3.3.3: issuer · not-sad: it holds something else.'),
  statement: text,
  by: text.describe('The person who says so.'),
  ...validity,
});

/** One file of `governance/`. Every list is optional; ids are shared by all files of the folder. */
export const governanceFileSchema = z.strictObject({
  entities: z.array(entity).default([]),
  parties: z.array(party).default([]),
  systems: z.array(system).default([]),
  activities: z.array(activity).default([]),
  retention: z.array(retention).default([]),
  grounds: z.array(ground).default([]),
});

export type Selector = z.infer<typeof selectorSchema>;
export type LegalEntity = z.infer<typeof entity>;
export type Party = z.infer<typeof party>;
export type System = z.infer<typeof system>;
export type Activity = z.infer<typeof activity>;
export type RetentionRule = z.infer<typeof retention>;
export type FindingGround = z.infer<typeof ground>;

/** Everything that people said, as it holds at one time. */
export type Governance = z.infer<typeof governanceFileSchema>;

/** The lists of {@link Governance}, in the order in which they are written. */
export const governanceKinds = [
  'entities',
  'parties',
  'systems',
  'activities',
  'retention',
  'grounds',
] as const satisfies readonly (keyof Governance)[];
export type GovernanceKind = (typeof governanceKinds)[number];

/** Nobody said anything yet. */
export const noGovernance: Governance = governanceFileSchema.parse({});
