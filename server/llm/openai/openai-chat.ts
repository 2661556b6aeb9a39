import type { Clock } from '../../base/clock.ts';
import type { EndpointConfig } from '../../base/config-llm.ts';
import { estimateTokens, type Budget } from '../budget.ts';
import { rungs, type ChatAnswer, type ChatModel, type ChatRequest, type Rung } from '../chat-model.ts';
import { errorFor, RequestFailed } from '../failure.ts';
import { below, rungsInMemory, type RungMemory } from '../ladder.ts';
import { withRetries } from '../retry.ts';
import { openEndpoint, type OpenAiOptions } from './client.ts';
import { readCompletion } from './read-completion.ts';

export interface OpenAiChatOptions extends OpenAiOptions {
  readonly endpoint: EndpointConfig;
  readonly clock: Clock;
  /** Default: forgotten with the process. */
  readonly memory?: RungMemory;
}

/** A chat model behind an OpenAI-compatible endpoint, by chat completions: the one interface that all of them speak. */
export function createOpenAiChat(options: OpenAiChatOptions): ChatModel {
  const { endpoint, memory = rungsInMemory() } = options;
  const { client, limits, retry, once } = openEndpoint(options);
  const key = `${endpoint.baseUrl} ${endpoint.model}`;

  const askAt = async (rung: Rung, request: ChatRequest, budget: Budget, signal: AbortSignal): Promise<ChatAnswer> => {
    const messages = messagesFor(rung, request);
    const input = messages.reduce((sum, { content }) => sum + estimateTokens(content), schemaTokens(rung, request));
    const estimate = { input, output: endpoint.maxOutputTokens };
    return withRetries(
      (trySignal) =>
        limits.run(
          input + endpoint.maxOutputTokens,
          async () => {
            const receipt = budget.take(estimate);
            const answer: unknown = await once(() =>
              client.chat.completions.create(
                {
                  model: endpoint.model,
                  messages,
                  temperature: 0,
                  max_tokens: endpoint.maxOutputTokens,
                  ...formFor(rung, request),
                },
                { signal: trySignal },
              ),
            );
            const { text, model, use } = readCompletion(answer, endpoint, estimate.input, (known) =>
              receipt.settle(known),
            );
            return { text, model, use, rung };
          },
          trySignal,
        ),
      retry,
      signal,
    );
  };

  return {
    endpoint: endpoint.name,
    model: endpoint.model,
    async ask(request, budget, signal) {
      const remembered = await memory.recall(key);
      let rung: Rung = remembered ?? rungs[0];
      for (;;) {
        try {
          const answer = await askAt(rung, request, budget, signal);
          if (rung !== remembered) await memory.keep(key, rung);
          return answer;
        } catch (error) {
          const next = below(rung);
          if (!isAboutForm(error)) throw error;
          if (next === null)
            throw errorFor(
              endpoint.name,
              { kind: 'refused', what: 'takes no form of question that we know', again: false, waitMs: null },
              1,
            );
          rung = next;
        }
      }
    },
  };
}

/** The endpoint did not take the request as it was written: a simpler one may do. */
function isAboutForm(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof RequestFailed && error.cause.failure.kind === 'form';
}

interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

function messagesFor(rung: Rung, { system, user, schema }: ChatRequest): Message[] {
  const form =
    rung === 'json_schema'
      ? ''
      : `\n\nAnswer with one JSON object and nothing else: no prose, no code fence. It must hold to this JSON Schema:\n${JSON.stringify(schema.body)}`;
  return [
    { role: 'system', content: `${system}${form}` },
    { role: 'user', content: user },
  ];
}

function formFor(rung: Rung, { schema }: ChatRequest): Record<string, unknown> {
  if (rung === 'plain') return {};
  if (rung === 'json_object') return { response_format: { type: 'json_object' } };
  const { name, body } = schema;
  return { response_format: { type: 'json_schema', json_schema: { name, strict: true, schema: body } } };
}

function schemaTokens(rung: Rung, { schema }: ChatRequest): number {
  return rung === 'json_schema' ? estimateTokens(JSON.stringify(schema.body)) : 0;
}
