import { z } from 'zod';

/** How a Kafka is reached and what is read of it; for every connector that reads topics. */
export const kafkaSettings = z.strictObject({
  brokers: z.array(z.string().min(1)).min(1).describe('`host:port` of one broker or more; the others are learnt.'),
  topics: z.array(z.string().min(1)).min(1).describe('Topics to read.'),
  group: z
    .string()
    .min(1)
    .default('lexline')
    .describe('Consumer group under which the place is kept that was read up to. Default `lexline`.'),
  ssl: z.boolean().default(false).describe('Speak TLS; certificates are checked.'),
  sasl: z
    .strictObject({
      mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
      username: z.string().min(1),
      password: z.string().min(1),
    })
    .optional()
    .describe('Sign in by name and password; write the password as `"${ENV}"`.'),
  from: z.enum(['earliest', 'latest']).default('earliest').describe('Where a first read begins. Default `earliest`.'),
  maxMessages: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(50_000)
    .describe('Messages that one sync reads at most; the next goes on. Default 50,000.'),
  timeoutSeconds: z.int().min(1).max(600).default(30).describe('Time for the brokers to answer. Default 30.'),
});

export type KafkaSettings = z.output<typeof kafkaSettings>;
