import type { Clock } from '../../base/clock.ts';
import type { EndpointConfig } from '../../base/config-llm.ts';
import { estimateTokens, type Budget } from '../budget.ts';
import type { ChatAnswer, ChatModel, ChatRequest, Rung } from '../chat-model.ts';
import { errorFor, RequestFailed, type Failure } from '../failure.ts';
import { formsInMemory, type FormMemory } from '../ladder.ts';
import { firstForm, formAfter, nameOf, type RequestForm } from '../request-form.ts';
import { withRetries } from '../retry.ts';
import { openEndpoint, type OpenAiOptions } from './client.ts';
import { readCompletion } from './read-completion.ts';

export interface OpenAiChatOptions extends OpenAiOptions {
  readonly endpoint: EndpointConfig;
  readonly clock: Clock;
  /** Default: forgotten with the process. */
  readonly memory?: FormMemory;
}

/** A chat model behind an OpenAI-compatible endpoint, by chat completions: the one interface that all of them speak. */
export function createOpenAiChat(options: OpenAiChatOptions): ChatModel {
  const { endpoint, memory = formsInMemory() } = options;
  const { client, limits, retry, once } = openEndpoint(options);
  const key = `${endpoint.baseUrl} ${endpoint.model}`;

  const askIn = async (
    form: RequestForm,
    request: ChatRequest,
    budget: Budget,
    signal: AbortSignal,
  ): Promise<ChatAnswer> => {
    const messages = messagesFor(form, request);
    const input = messages.reduce(
      (sum, { content }) => sum + estimateTokens(content),
      schemaTokens(form.rung, request),
    );
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
                  ...(form.temperature ? { temperature: 0 } : {}),
                  [form.limit]: endpoint.maxOutputTokens,
                  ...answerForm(form.rung, request),
                },
                { signal: trySignal },
              ),
            );
            const { text, model, use } = readCompletion(answer, endpoint, estimate.input, (known) =>
              receipt.settle(known),
            );
            return { text, model, use, rung: form.rung };
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
      const tried = new Set<string>();
      let form = remembered ?? firstForm;
      for (;;) {
        tried.add(nameOf(form));
        try {
          const answer = await askIn(form, request, budget, signal);
          if (remembered === null || nameOf(form) !== nameOf(remembered)) await memory.keep(key, form);
          return answer;
        } catch (error) {
          const failure = formFailureIn(error);
          if (failure === null) throw error;
          const next = formAfter(form, failure.complaint ?? null, tried);
          if (next === null)
            throw errorFor(
              endpoint.name,
              { kind: 'refused', what: 'takes no form of question that we know', again: false, waitMs: null },
              1,
            );
          form = next;
        }
      }
    },
  };
}

/** The endpoint did not take the request as it was written: another form may do. */
function formFailureIn(error: unknown): Failure | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof RequestFailed && cause.failure.kind === 'form' ? cause.failure : null;
}

interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

function messagesFor({ rung, systemRole }: RequestForm, { system, user, schema }: ChatRequest): Message[] {
  const form =
    rung === 'json_schema'
      ? ''
      : `\n\nAnswer with one JSON object and nothing else: no prose, no code fence. It must hold to this JSON Schema:\n${JSON.stringify(schema.body)}`;
  if (!systemRole) return [{ role: 'user', content: `${system}${form}\n\n${user}` }];
  return [
    { role: 'system', content: `${system}${form}` },
    { role: 'user', content: user },
  ];
}

function answerForm(rung: Rung, { schema }: ChatRequest): Record<string, unknown> {
  if (rung === 'plain') return {};
  if (rung === 'json_object') return { response_format: { type: 'json_object' } };
  const { name, body } = schema;
  return { response_format: { type: 'json_schema', json_schema: { name, strict: true, schema: body } } };
}

function schemaTokens(rung: Rung, { schema }: ChatRequest): number {
  return rung === 'json_schema' ? estimateTokens(JSON.stringify(schema.body)) : 0;
}
