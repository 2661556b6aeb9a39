import { z } from 'zod';
import { parseJson } from '../../base/parse-json.ts';
import { createBudget, estimateTokens, type Budget } from '../budget.ts';
import type { Embedder } from '../embedder.ts';
import { RequestFailed } from '../failure.ts';
import { withRetries } from '../retry.ts';
import { openEndpoint, type OpenAiOptions } from './client.ts';

/** Texts of one request: what common servers take, and an answer that stays below the body limit. */
const batchSize = 32;

export interface OpenAiEmbedderOptions extends OpenAiOptions {
  readonly model: string;
  readonly dimensions: number;
  /** Default: no limit. */
  readonly budget?: Budget;
}

const answerSchema = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()) })),
});

/** Vectors from an OpenAI-compatible endpoint, in the order asked whatever order they come back in. */
export function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  const { model, dimensions, endpoint, budget = createBudget(endpoint.name) } = options;
  const { client, limits, retry, once } = openEndpoint(options);

  const batch = async (texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]> => {
    const input = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
    return withRetries(
      (trySignal) =>
        limits.run(
          input,
          async () => {
            const receipt = budget.take({ input, output: 0 });
            const answer: unknown = await once(() =>
              client.embeddings.create({ model, input: [...texts], encoding_format: 'float' }, { signal: trySignal }),
            );
            receipt.settle({ input, output: 0, estimated: true });
            return vectorsOf(answer, texts.length, dimensions);
          },
          trySignal,
        ),
      retry,
      signal,
    );
  };

  return {
    model,
    dimensions,
    async embed(texts, signal) {
      const vectors: (readonly number[])[] = [];
      for (let at = 0; at < texts.length; at += batchSize)
        vectors.push(...(await batch(texts.slice(at, at + batchSize), signal)));
      return vectors;
    },
  };
}

/** Each text's vector once, of the right length, of finite numbers. Throws RequestFailed. */
function vectorsOf(answer: unknown, count: number, dimensions: number): readonly (readonly number[])[] {
  const parsed = answerSchema.safeParse(typeof answer === 'string' ? parsedOrNull(answer) : answer);
  if (!parsed.success)
    throw new RequestFailed({
      kind: 'server',
      what: 'answered something that holds no vectors',
      again: true,
      waitMs: null,
    });
  const { data } = parsed.data;
  const ordered = Array.from({ length: count }, (_, i) => data.filter(({ index }) => index === i));
  if (data.length !== count || ordered.some((found) => found.length !== 1))
    throw invalid('a vector is missing, too many, or there twice');
  const vectors = ordered.flatMap((found) => found.map(({ embedding }) => embedding));
  if (vectors.some((vector) => vector.length !== dimensions))
    throw invalid(`a vector has another length than the ${dimensions} that are configured`);
  if (vectors.some((vector) => vector.every((part) => part === 0))) throw invalid('a vector is all zero');
  return vectors;
}

function parsedOrNull(text: string): unknown {
  try {
    return parseJson(text, 'an answer');
  } catch {
    return null;
  }
}

function invalid(what: string): RequestFailed {
  return new RequestFailed({ kind: 'invalid', what, again: false, waitMs: null });
}
