import type { FormPart } from '../request-form.ts';

/** What an endpoint says of a request that it refuses, as far as we look at it. */
export interface Refusal {
  /** The member of the request that it names; null where it names none. */
  readonly param: string | null;
  readonly code: string | null;
  readonly message: string;
}

/** Words by which endpoints name each part: OpenAI and Azure by parameter, vLLM and FastAPI by the path in the body, others in prose. */
const words: readonly { readonly part: FormPart; readonly named: RegExp }[] = [
  { part: 'limit', named: /\bmax_(?:completion_)?tokens\b/iu },
  { part: 'temperature', named: /\btemperature\b/iu },
  {
    part: 'response_format',
    named:
      /\bresponse_?format\b|\bjson_(?:schema|object)\b|\bjson mode\b|\bstructured outputs?\b|\bguided_json\b|\bgrammar\b/iu,
  },
  {
    part: 'system_role',
    named:
      /\bmessages\[0\]\.role\b|\bsystem[ _](?:role|message|prompt|instruction)s?\b|\brole\W{1,3}system\b|\bsystem\W{1,3}role\b|\bdeveloper instruction\b/iu,
  },
];
const refuses =
  /unsupported|not (?:be )?support|unrecogni[sz]ed|unknown|unexpected|not (?:permitted|allowed|available|implemented|enabled)|unavailable|forbidden|extra (?:inputs|fields)|invalid|only the default|does not (?:exist|accept|take)|failed to parse grammar|use '/iu;
const lacks = /unsupported|not (?:be )?support|not implemented|grammar/iu;
const tooMuch =
  /too (?:large|high|big|many)|at most|less than or equal|maximum (?:allowed|value|number|output)|exceeds?/iu;

/** No refusal that we understand needs more; a long one quotes the question. */
const looked = 600;

/**
 * The part of the request that a refusal is about; null where it does not say. A wrong guess costs one more request, in a
 * simpler form.
 */
export function complaintOf({ param, message }: Refusal): FormPart | null {
  const text = message.slice(0, looked);
  return (param === null ? null : partNamed(param)) ?? (refuses.test(text) ? partNamed(text) : null);
}

/** A fault of the server (5xx) that in truth says that it lacks a part: asking the same again would not help. */
export function lacksPart(refusal: Refusal): boolean {
  return lacks.test(refusal.message.slice(0, looked)) && complaintOf(refusal) !== null;
}

/** The limit of the answer's length is named, and is more than the model gives. */
export function isLimitTooHigh({ message }: Refusal): boolean {
  const text = message.slice(0, looked);
  return tooMuch.test(text) && partNamed(text) === 'limit';
}

/** The endpoint's filter refuses the question itself: no other form would pass. */
export function isFiltered({ code, message }: Refusal): boolean {
  return code === 'content_filter' || /content (?:management|filtering) policy/iu.test(message);
}

/** The part that is named first. */
function partNamed(text: string): FormPart | null {
  const [first] = words
    .map(({ part, named }) => ({ part, at: text.search(named) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return first?.part ?? null;
}
