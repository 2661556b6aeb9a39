import OpenAI from 'openai';
import type { Clock } from '../../base/clock.ts';
import type { EndpointConfig } from '../../base/config-llm.ts';
import { RequestFailed } from '../failure.ts';
import { createLimits, type Limits } from '../limits.ts';
import { pause } from '../pause.ts';
import type { RetryOptions } from '../retry.ts';
import { failureOf } from './failure-of.ts';
import { guardFetch, type Fetch } from './guarded-fetch.ts';

export interface OpenAiOptions {
  readonly endpoint: EndpointConfig;
  readonly clock: Clock;
  /** Default: Node's own. */
  readonly fetch?: Fetch;
  /** Default: waits by the machine's clock. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Default: Math.random. */
  readonly random?: () => number;
}

/** One endpoint: the vendor's client with everything switched off that we do ourselves. */
export interface Endpoint {
  readonly client: OpenAI;
  readonly limits: Limits;
  readonly retry: RetryOptions;
  /** Runs one request and turns whatever it throws into a RequestFailed. */
  readonly once: <T>(request: () => Promise<T>) => Promise<T>;
}

/**
 * Connects to nothing yet. Organisation, project and log settings that the vendor's client would take from the environment
 * are set here, so that nothing of the machine is sent along.
 */
export function openEndpoint({ endpoint, clock, fetch, ...options }: OpenAiOptions): Endpoint {
  const { name, baseUrl, apiKey, deadline, retries, concurrency, rateLimit } = endpoint;
  const wait = options.pause ?? pause;
  const client = new OpenAI({
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl,
    maxRetries: 0,
    // Longer than ours, which comes first.
    timeout: deadline + 60_000,
    logLevel: 'off',
    fetch: guardFetch(baseUrl, apiKey !== undefined, fetch),
  });
  return {
    client,
    limits: createLimits({ ...rateLimit, concurrency, clock, pause: wait }),
    retry: {
      endpoint: name,
      retries,
      deadlineMs: deadline,
      clock,
      random: options.random ?? Math.random,
      pause: wait,
    },
    once: async (request) => {
      try {
        return await request();
      } catch (error) {
        const failure = failureOf(error, clock.now());
        if (failure === null) throw error;
        throw new RequestFailed(failure);
      }
    },
  };
}
