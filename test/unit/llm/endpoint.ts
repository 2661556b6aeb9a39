import type { EndpointConfig } from '../../../server/base/config-llm.ts';

/** The settings of an endpoint for tests: no limits, and a deadline beyond any test's own, so that no slow machine meets it. */
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
    deadline: 600_000,
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
