import { z } from 'zod';

/** What can be told of, the most urgent first. */
export const noticeKinds = [
  'unexpected-card-data',
  'new-sensitive-field',
  'stale-source',
  'decision-ends',
  'review-due',
  'report-due',
  'ledger-head',
] as const;

/** What a receiver is told that names nothing: heads of the ledger are for a program that keeps them. */
const usualKinds = noticeKinds.filter((kind) => kind !== 'ledger-head');

const receiver = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/u, 'use lower case letters, digits, - and _')
      .describe('What this receiver is called, in the log and on the command line.'),
    url: z
      .url({ protocol: /^https?$/u })
      .describe('Where notices are posted; write it as `"${ENV}"` when it is a secret.'),
    format: z
      .enum(['json', 'slack'])
      .default('json')
      .describe('json: signed notices. slack: what Slack’s incoming webhooks take.'),
    secret: z
      .string()
      .min(24, 'at least 24 characters')
      .optional()
      .describe('Signs each notice; write it as `"${ENV}"`. Needed for json. With whsec_ before it, base64.'),
    previousSecret: z
      .string()
      .min(24, 'at least 24 characters')
      .optional()
      .describe('Signs as well while the receiver changes over to the new one.'),
    on: z
      .array(z.enum(noticeKinds))
      .min(1)
      .default(usualKinds)
      .describe('What it is told of. Default: everything but ledger-head.'),
    addresses: z
      .array(z.enum(['private', 'loopback']))
      .default([])
      .describe('Addresses it may have beside public ones. Default: public ones only.'),
  })
  .refine(({ format, secret }) => format === 'slack' || secret !== undefined, {
    message: 'a receiver of json needs a secret: what is not signed cannot be trusted there',
    path: ['secret'],
  })
  .refine(({ url, addresses }) => url.startsWith('https:') || addresses.length > 0, {
    message: 'plain http goes only to receivers whose addresses are private or loopback: say so in addresses',
    path: ['url'],
  });

/** Who is told when something needs a person. */
export const notifySetting = z
  .strictObject({
    receivers: z.array(receiver).default([]).describe('Who is told.'),
    link: z
      .url({ protocol: /^https?$/u })
      .optional()
      .describe('Where people reach this server’s pages: makes links in notices whole.'),
    cardDataExpectedIn: z
      .array(z.string().min(1))
      .default([])
      .describe('Names of datasets that may hold card data, * for any characters: payments.*'),
    reviewDueAfterDays: z.int().min(1).max(365).default(7).describe('A question that waits so long is due.'),
    decisionEndsWithinDays: z
      .int()
      .min(0)
      .max(365)
      .default(14)
      .describe('A decision of a person that ends within so many days is told.'),
    reports: z
      .array(
        z.strictObject({
          name: z.string().min(1).describe('Which report.'),
          everyDays: z.int().min(1).max(3660).describe('It is due when the last confirmed one is older.'),
        }),
      )
      .default([])
      .describe('Reports that somebody must confirm again and again.'),
    ledgerHeadEveryHours: z
      .int()
      .min(1)
      .max(8784)
      .default(24)
      .describe('How often the end of the ledger is sent to receivers of ledger-head, where it has grown.'),
  })
  .superRefine(({ receivers }, context) => {
    for (const [at, one] of receivers.entries())
      if (receivers.findIndex((other) => other.name === one.name) < at)
        context.addIssue({
          code: 'custom',
          path: ['receivers', at, 'name'],
          message: `there are two receivers named "${one.name}"`,
        });
  })
  .prefault({})
  .describe('Who is told when something needs a person: signed webhooks and Slack.');

export type NotifyConfig = z.output<typeof notifySetting>;
export type ReceiverConfig = NotifyConfig['receivers'][number];
