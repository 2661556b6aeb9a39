import { z } from 'zod';
import type { ConfigProblem } from './config-file.ts';
import { suggest } from './nearest.ts';

const count = z.int().positive();

/** What an endpoint may be sent, by the class of the data that is described: never the data itself. */
export const purposes = ['pii', 'phi', 'pci'] as const;
export type Purpose = (typeof purposes)[number];

const endpointSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/u, 'use lower case letters, digits, - and _')
    .describe('What sources call it by.'),
  baseUrl: z
    .string()
    .superRefine((value, context) => {
      const problem = addressProblem(value);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    })
    .describe('Up to and with /v1. https, or this machine.'),
  allowPlainHttp: z
    .boolean()
    .default(false)
    .describe('You know that http to another machine can be read and changed on the way.'),
  model: z.string().min(1).describe('The model, as the endpoint calls it.'),
  answersAs: z
    .array(z.string().min(1))
    .default([])
    .describe('Other names under which this model signs its answers: a dated version, a deployment.'),
  apiKey: z.string().min(1).optional().describe('${NAME} of an environment variable. Local endpoints need none.'),
  region: z.string().min(1).describe('Where it runs; printed in reports.'),
  purposes: z
    .array(z.enum(purposes))
    .min(1)
    .describe('phi: a contract covers health data there. Sources of covered entities and tables of patients need it.'),
  samples: z
    .enum(['none', 'shapes'])
    .default('shapes')
    .describe('shapes: also lengths, shapes and shares, never a value. none: names, types and comments only.'),
  comments: z
    .boolean()
    .default(true)
    .describe('Comments are free text: what looks like a value is taken out, a name that somebody wrote there stays.'),
  maxOutputTokens: count.max(32_000).default(4000),
  deadline: count.max(3_600_000).default(120_000).describe('Milliseconds for one question, all its tries together.'),
  retries: z.int().min(0).max(10).default(3),
  askAgainAfter: z
    .int()
    .min(0)
    .max(366 * 24 * 3_600_000)
    .default(24 * 3_600_000)
    .describe('Milliseconds until a question is put again whose answer could not be used; 0: by the next sync.'),
  concurrency: count.max(64).default(2),
  rateLimit: z.strictObject({ requestsPerMinute: count, tokensPerMinute: count }).partial().default({}),
  budget: z
    .strictObject({ requests: count, tokens: count, cost: z.number().positive() })
    .partial()
    .default({})
    .describe('Of one sync. What is left over is asked by the next.'),
  price: z
    .strictObject({ input: z.number().min(0), output: z.number().min(0), currency: z.string().length(3) })
    .optional()
    .describe('Of a million tokens. Without it no cost is reported.'),
  examples: z
    .int()
    .min(0)
    .max(16)
    .default(4)
    .describe('Columns that people decided, shown beside a question by name, type and category; 0: none.'),
  secondLook: z
    .boolean()
    .default(true)
    .describe('Ask twice where the model alone found something or disagrees with a name.'),
});

/** The `llm` member of lexline.yaml. Absent: detectors only, nothing leaves. */
export const llmSchema = z
  .strictObject({
    endpoints: z.array(endpointSchema).min(1).max(32),
    embeddings: z
      .strictObject({
        endpoint: z.string().min(1),
        model: z.string().min(1),
        dimensions: count.max(8192),
      })
      .optional()
      .describe('Which endpoint turns regulation texts and questions into vectors. Absent: words only.'),
  })
  .superRefine(({ endpoints, embeddings }, context) => {
    const names = endpoints.map(({ name }) => name);
    for (const [i, endpoint] of endpoints.entries()) {
      if (names.indexOf(endpoint.name) !== i)
        context.addIssue({
          code: 'custom',
          path: ['endpoints', i, 'name'],
          message: `there are two endpoints named "${endpoint.name}"`,
        });
      if (!endpoint.allowPlainHttp && isPlainBeyondLoopback(endpoint.baseUrl))
        context.addIssue({
          code: 'custom',
          path: ['endpoints', i, 'baseUrl'],
          message: 'is not https and not this machine: write https, or allowPlainHttp: true',
        });
      if (endpoint.budget.cost !== undefined && endpoint.price === undefined)
        context.addIssue({
          code: 'custom',
          path: ['endpoints', i, 'budget', 'cost'],
          message: 'a limit on cost needs the price of the tokens',
        });
    }
    if (embeddings !== undefined && !names.includes(embeddings.endpoint))
      context.addIssue({
        code: 'custom',
        path: ['embeddings', 'endpoint'],
        message: `no endpoint of that name; ${suggest(embeddings.endpoint, names)}`,
      });
  });

export type LlmConfig = z.infer<typeof llmSchema>;
export type EndpointConfig = LlmConfig['endpoints'][number];

/** Roles that make a source's data health or card data under contract. */
const bound: Readonly<Record<string, { readonly roles: readonly string[]; readonly purpose: Purpose }>> = {
  hipaa: { roles: ['covered-entity', 'business-associate'], purpose: 'phi' },
  'pci-dss': { roles: ['merchant', 'service-provider'], purpose: 'pci' },
};

/** The purposes an endpoint must be marked for before anything of a source with these roles may leave for it. */
export function purposesNeeded(applies: Readonly<Record<string, string>>): readonly Purpose[] {
  const needed = Object.entries(bound).flatMap(([regulation, { roles, purpose }]) =>
    roles.includes(applies[regulation] ?? '') ? [purpose] : [],
  );
  return ['pii', ...needed];
}

/** What is wrong with a source's `llm` member: no such endpoint, or one that is not marked for what the source holds. */
export function sourceLlmProblems(
  source: { readonly llm: string | null; readonly applies: Readonly<Record<string, string>> },
  llm: LlmConfig | null,
  path: ConfigProblem['path'],
): readonly ConfigProblem[] {
  if (source.llm === null) return [];
  const endpoints = llm?.endpoints ?? [];
  const endpoint = endpoints.find(({ name }) => name === source.llm);
  if (endpoint === undefined) {
    const names = endpoints.map(({ name }) => name);
    const hint = names.length === 0 ? 'there is no llm.endpoints' : suggest(source.llm, names);
    return [{ path, message: `no endpoint of that name; ${hint}` }];
  }
  const missing = purposesNeeded(source.applies).filter((purpose) => !endpoint.purposes.includes(purpose));
  if (missing.length === 0) return [];
  const what = missing.join(' and ');
  return [{ path, message: `by its applies this source needs an endpoint marked for ${what}; "${source.llm}" is not` }];
}

function addressProblem(value: string): string | null {
  if (!URL.canParse(value)) return 'not a URL';
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'not an http or https URL';
  if (url.username !== '' || url.password !== '') return 'holds a user or password: put the key into apiKey';
  if (url.search !== '' || url.hash !== '') return 'holds a query or fragment: end it with the path';
  return null;
}

/** True for an address that would be spoken to without TLS and is not on this machine. */
export function isPlainBeyondLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !isLoopback(hostname);
}

/** This machine by name or number; a name that only resolves to it does not count. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}
