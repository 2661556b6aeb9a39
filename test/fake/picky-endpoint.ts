import { answer, type ReceivedBody, type Reply, type Script } from './openai-server.ts';

/** What an endpoint may not take of a chat request. */
export type Pick = 'max_tokens' | 'max_completion_tokens' | 'temperature' | 'json_schema' | 'json_object' | 'system';

/** How refusals are worded: as OpenAI and Azure, older vLLM, FastAPI behind others, a server fault, or not at all. */
export type Wording = 'openai' | 'azure' | 'vllm' | 'fastapi' | 'fault' | 'mute';
export const wordings: readonly Wording[] = ['openai', 'azure', 'vllm', 'fastapi', 'fault', 'mute'];

/** An endpoint that refuses requests with parts it does not know, the first such part at a time, and answers all others. */
export function pickyEndpoint(
  refused: readonly Pick[],
  wording: Wording,
  reply: Reply = answer({ fine: true }),
): Script {
  return ({ body }) => {
    const part = refused.find((each) => holds(body, each));
    return part === undefined ? reply : refusal(part, wording);
  };
}

function holds(body: ReceivedBody, part: Pick): boolean {
  if (part === 'json_schema' || part === 'json_object') return body.response_format?.type === part;
  if (part === 'system') return body.messages?.some(({ role }) => role === 'system') ?? false;
  return part in body;
}

function paramOf(part: Pick): string {
  if (part === 'system') return 'messages[0].role';
  return part === 'json_schema' || part === 'json_object' ? 'response_format' : part;
}

function refusal(part: Pick, wording: Wording): Reply {
  const param = paramOf(part);
  const type = 'invalid_request_error';
  const extra = 'Extra inputs are not permitted';
  const other = part === 'max_tokens' ? " Use 'max_completion_tokens' instead." : '';
  const openai = `Unsupported parameter: '${param}' is not supported with this model.${other}`;
  const azure = `Unrecognized request argument supplied: ${param}`;
  const vllm = `[{'type': 'extra_forbidden', 'loc': ('body', '${param}'), 'msg': '${extra}'}]`;
  const said: Readonly<Record<Exclude<Wording, 'mute'>, readonly [status: number, body: unknown]>> = {
    openai: [400, { error: { message: openai, type, param, code: 'unsupported_parameter' } }],
    azure: [400, { error: { message: azure, type, param: null, code: null } }],
    vllm: [400, { object: 'error', message: vllm, type: 'BadRequestError', param: null, code: 400 }],
    fastapi: [422, { detail: [{ type: 'extra_forbidden', loc: ['body', param], msg: extra }] }],
    fault: [500, { error: { message: `${param} is not supported by this server` } }],
  };
  if (wording === 'mute') return { kind: 'status', status: 400, body: '' };
  const [status, body] = said[wording];
  return { kind: 'status', status, body: JSON.stringify(body) };
}
