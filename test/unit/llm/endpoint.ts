import type { EndpointConfig } from '../../../server/base/config-llm.ts';

/** The settings of an endpoint for tests: short deadlines, no limits. */
export function endpointAt(baseUrl: string, patch: Partial<EndpointConfig> = {}): EndpointConfig {
  return {
    name: 'fake',
    baseUrl,
    allowPlainHttp: false,
    model: 'model-1',
    answersAs: [],
    region: 'test',
    purposes: ['pii', 'phi', 'pci'],
    samples: 'shapes',
    comments: true,
    maxOutputTokens: 500,
    deadline: 20_000,
    retries: 2,
    askAgainAfter: 86_400_000,
    concurrency: 2,
    rateLimit: {},
    budget: {},
    examples: 4,
    secondLook: true,
    ...patch,
  };
}
