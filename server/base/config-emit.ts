import { z } from 'zod';

const common = {
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/u, 'use lower case letters, digits, - and _')
    .describe('What this receiver is called, in the log.'),
  events: z
    .enum(['static', 'run'])
    .default('static')
    .describe(
      'static: DatasetEvents and JobEvents. run: RunEvents only, for receivers that take nothing else (Dataplex).',
    ),
};

/** A receiver of OpenLineage events: an endpoint, a file, or a topic. */
export const emitSetting = z
  .array(
    z.union([
      z.strictObject({
        ...common,
        url: z.url({ protocol: /^https?$/u }).describe('Where events are posted: Marquez, DataHub, another Lexline.'),
        apiKey: z.string().min(1).optional().describe('Sent as a bearer token; write it as `"${ENV}"`.'),
        timeoutSeconds: z.int().min(1).max(600).default(30).describe('Time for one answer. Default 30.'),
      }),
      z.strictObject({
        ...common,
        path: z.string().min(1).describe('A file to which events are appended, a line each.'),
      }),
      z.strictObject({
        ...common,
        kafka: z
          .strictObject({
            brokers: z.array(z.string().min(1)).min(1).describe('`host:port` of one broker or more.'),
            topic: z.string().min(1).describe('The topic.'),
            ssl: z.boolean().default(false).describe('Speak TLS.'),
            sasl: z
              .strictObject({
                mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
                username: z.string().min(1),
                password: z.string().min(1),
              })
              .optional(),
          })
          .describe('A topic of Kafka.'),
      }),
    ]),
  )
  .default([])
  .describe('Who is told, in OpenLineage events, what Lexline knows: after each sync, what changed.');

export type EmitConfig = z.output<typeof emitSetting>;
