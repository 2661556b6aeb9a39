import { z } from 'zod';
import { parseJson } from '../../base/parse-json.ts';
import type { EndpointConfig } from '../../base/config-llm.ts';
import { estimateTokens, type TokenUse } from '../budget.ts';
import { RequestFailed, type Failure } from '../failure.ts';

/** Beyond this a count is no count. */
const tokens = z.int().min(0).max(100_000_000).nullish().catch(null);
const completionSchema = z.object({
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.looseObject({
          content: z.string().nullish(),
          refusal: z.string().nullish(),
          tool_calls: z.array(z.unknown()).nullish(),
        }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(null),
});

/**
 * Takes the text out of a completion, or says why there is none. `onUse` is told the tokens as soon as they are known: a
 * refused answer was paid for too. Throws RequestFailed.
 */
export function readCompletion(
  answer: unknown,
  endpoint: Pick<EndpointConfig, 'model' | 'answersAs'>,
  inputEstimate: number,
  onUse: (use: TokenUse) => void,
): { readonly text: string; readonly model: string; readonly use: TokenUse } {
  const parsed = completionSchema.safeParse(objectOf(answer));
  if (!parsed.success)
    throw failed({ kind: 'server', what: 'answered something that is no completion', again: true, waitMs: null });
  const { choices, usage, model: signed } = parsed.data;
  const choice = choices[0];
  const text = choice?.message.content ?? '';
  const use = useOf(usage ?? {}, {
    input: inputEstimate,
    output: choices.reduce((sum, { message }) => sum + tokensIn(message), 0),
  });
  onUse(use);
  const model = signed ?? endpoint.model;
  if (!isSigned(model, endpoint)) throw invalid('another model answered than the one that was asked');
  if (choice === undefined) throw invalid('answered nothing');
  const { finish_reason: end, message } = choice;
  if (end === 'content_filter')
    throw failed({ kind: 'refused', what: 'its filter held the answer back', again: false, waitMs: null });
  if (typeof message.refusal === 'string' && message.refusal !== '')
    throw failed({ kind: 'refused', what: 'the model declined to answer', again: false, waitMs: null });
  if (end === 'length') throw invalid('the answer is cut off at its limit of tokens');
  if (message.tool_calls !== null && message.tool_calls !== undefined && message.tool_calls.length > 0)
    throw invalid('asked for a tool instead of answering; it has none');
  if (text.trim() === '') throw invalid('answered nothing');
  return { text, model, use };
}

/**
 * What counts as used: what the endpoint says, and never less than our own count of what was sent and received. A limit that
 * rests on the endpoint's word alone is none. It may say more: hidden reasoning is paid for too.
 */
function useOf(
  said: { readonly prompt_tokens?: number | null | undefined; readonly completion_tokens?: number | null | undefined },
  counted: { readonly input: number; readonly output: number },
): TokenUse {
  const { prompt_tokens: input, completion_tokens: output } = said;
  const isBelieved =
    typeof input === 'number' && typeof output === 'number' && input >= counted.input && output >= counted.output;
  return {
    input: Math.max(counted.input, input ?? 0),
    output: Math.max(counted.output, output ?? 0),
    estimated: !isBelieved,
  };
}

/** Deeper than any message is nested; nobody makes us walk further. */
const deepest = 16;

/** Everything that a message says, wherever it stands: content, a refusal, reasoning, calls of tools. */
function tokensIn(value: unknown, depth = 0): number {
  if (typeof value === 'string') return estimateTokens(value);
  if (value === null || typeof value !== 'object' || depth >= deepest) return 0;
  return Object.entries(value).reduce(
    (sum, [name, member]: [string, unknown]) => sum + (name === 'role' ? 0 : tokensIn(member, depth + 1)),
    0,
  );
}

/** The body as an object, whatever the endpoint called it. */
function objectOf(answer: unknown): unknown {
  if (typeof answer !== 'string') return answer;
  try {
    return parseJson(answer, 'an answer');
  } catch {
    return null;
  }
}

/** The model itself, its dated or tagged form, or a name that the configuration lists. */
function isSigned(signed: string, { model, answersAs }: Pick<EndpointConfig, 'model' | 'answersAs'>): boolean {
  if (signed === model || answersAs.includes(signed)) return true;
  return signed.startsWith(model) && /^(?:-\d{4}-\d{2}-\d{2}|-\d{8}|:latest)$/u.test(signed.slice(model.length));
}

function invalid(what: string): RequestFailed {
  return failed({ kind: 'invalid', what, again: false, waitMs: null });
}

function failed(failure: Failure): RequestFailed {
  return new RequestFailed(failure);
}
