import { z } from 'zod';

/** What somebody is here. `ingest` may only send events; all others may read what their scope allows. */
export const roleNames = ['viewer', 'reviewer', 'steward', 'auditor', 'admin', 'ingest'] as const;

const role = z.enum(roleNames);
const name = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,62}$/u, 'use lower case letters, digits, -, _ and .');
const sources = z
  .array(z.string().min(1))
  .min(1)
  .describe('Only what these sources assert is seen. Absent: everything.');
const domains = z
  .array(z.string().min(1))
  .min(1)
  .describe('Only datasets of these domains, of access.domains, are seen. Absent: of all.');
const sees = z
  .array(z.enum(['PII', 'PHI', 'PCI']))
  .describe('Only datasets without a field of another class are seen. Absent: all. [] sees only what holds none.');
const validUntil = z.iso.date().describe('The last day, in UTC.');

const keySchema = z
  .strictObject({
    name: name.describe('Stands in the ledger as who did it.'),
    key: z.string().min(32, 'at least 32 characters: lexline access new-key makes one').optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/u, '64 hex digits')
      .optional(),
    role,
    sources: sources.optional(),
    domains: domains.optional(),
    sees: sees.optional(),
    namespaces: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe(
        'Of an ingest key: namespaces of jobs and datasets that its events may speak of; with * at the end, by their beginning.',
      ),
    validUntil: validUntil.optional(),
    exchange: z
      .boolean()
      .default(false)
      .describe("A catalog's back end: may exchange its users' OIDC tokens for short-lived viewer tokens."),
  })
  .refine((one) => (one.key === undefined) !== (one.sha256 === undefined), {
    message: 'give either key: "${NAME_OF_VARIABLE}" or sha256: the key\'s hash',
  })
  .refine((one) => one.role !== 'auditor' || one.validUntil !== undefined, {
    message: "an auditor's key ends: give validUntil",
    path: ['validUntil'],
  });

const oidcSchema = z.strictObject({
  issuer: z.url({ protocol: /^https?$/u }).describe('Its /.well-known/openid-configuration says the rest.'),
  audience: z.string().min(1).describe('What tokens must be meant for.'),
  roles: z
    .strictObject({
      claim: z.string().min(1).default('roles').describe('The claim with roles or groups; dots lead into objects.'),
      map: z
        .record(z.string().min(1), role)
        .describe('A value of the claim, and the role it gives. The widest counts.'),
    })
    .describe('Who has none of them is refused.'),
  scopes: z
    .strictObject({
      claim: z.string().min(1),
      map: z.record(z.string().min(1), z.array(z.string().min(1)).min(1)),
    })
    .optional()
    .describe('A value of the claim, and the sources it lets see. Absent: everything.'),
  domains: z
    .strictObject({ claim: z.string().min(1), map: z.record(z.string().min(1), domains) })
    .optional()
    .describe('A value of the claim, and the domains it lets see. Absent: all.'),
  sees: z
    .strictObject({ claim: z.string().min(1), map: z.record(z.string().min(1), sees) })
    .optional()
    .describe('A value of the claim, and the classes it lets see. Absent: all.'),
  clockSkewSeconds: z.int().min(0).max(300).default(60),
});

/** Who may ask, and what. Absent: no sign-in, and only this machine is answered. */
export const accessSchema = z
  .strictObject({
    keys: z.array(keySchema).default([]),
    oidc: oidcSchema.optional(),
    domains: z
      .record(name, z.array(z.string().min(1)).min(1))
      .default({})
      .describe('Domains: names of datasets, whole, with * for any characters: { hr: ["warehouse.hr.*"] }.'),
    requestsPerMinute: z.int().positive().max(1_000_000).default(600).describe('Of one caller.'),
  })
  .refine(({ keys, oidc }) => keys.length > 0 || oidc !== undefined, { message: 'name keys, an oidc issuer, or both' })
  .superRefine(({ keys, oidc, domains }, context) => {
    const check = (names: readonly string[] | undefined, path: PropertyKey[]): void => {
      for (const one of names ?? [])
        if (!Object.hasOwn(domains, one))
          context.addIssue({ code: 'custom', path, message: `there is no domain "${one}" in access.domains` });
    };
    for (const [at, one] of keys.entries()) check(one.domains, ['keys', at, 'domains']);
    for (const [value, names] of Object.entries(oidc?.domains?.map ?? {}))
      check(names, ['oidc', 'domains', 'map', value]);
    for (const [at, one] of keys.entries())
      if (keys.findIndex((other) => other.name === one.name) < at)
        context.addIssue({
          code: 'custom',
          path: ['keys', at, 'name'],
          message: `there are two keys named "${one.name}"`,
        });
  });

export type AccessConfig = z.infer<typeof accessSchema>;
export type KeyConfig = AccessConfig['keys'][number];
export type DomainsConfig = AccessConfig['domains'];
export type OidcConfig = NonNullable<AccessConfig['oidc']>;
