import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { listen, textOf, type FakeServer } from './replay-server.ts';

/** What goes wrong with one answer. */
export type Fault =
  /** The source answers so and nothing else; `headers` for `Retry-After`. */
  | { readonly type: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The connection is torn before anything is answered. */
  | { readonly type: 'reset' }
  /** Half of the answer arrives, then the connection is torn. */
  | { readonly type: 'half' }
  /** A sign-in page of a proxy in between, with status 200. */
  | { readonly type: 'html' }
  /** JSON that is whole and of another shape. */
  | { readonly type: 'other-shape' }
  /** The answer arrives late. */
  | { readonly type: 'slow'; readonly ms: number }
  /** The true answer, changed. */
  | {
      readonly type: 'edit';
      readonly edit: (body: unknown) => unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** A request as a fault plan sees it; `n` counts from 1. */
export interface SeenRequest {
  readonly n: number;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Decides what goes wrong with a request; null: nothing. */
export type FaultPlan = (request: SeenRequest) => Fault | null;

/** A proxy on a loopback port in front of a source that lets what `plan` says go wrong. */
export async function startFaultProxy(target: string, plan: FaultPlan): Promise<FakeServer> {
  let n = 0;
  return listen(async (request, response) => {
    n += 1;
    const body = await textOf(request);
    const fault = plan({ n, method: request.method ?? '', path: request.url ?? '', body });
    if (fault?.type === 'reset') {
      request.socket.destroy();
      return;
    }
    if (fault?.type === 'status') {
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end('{"errorMessage":"value canary-7Q of a row"}');
      return;
    }
    if (fault?.type === 'html' || fault?.type === 'other-shape') {
      response.writeHead(200, { 'content-type': fault.type === 'html' ? 'text/html' : 'application/json' });
      response.end(
        fault.type === 'html' ? '<html>Please sign in</html>' : '{"entities":"canary-7Q","list":7,"table":"x"}',
      );
      return;
    }
    if (fault?.type === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    await passOn(target, request, body, fault, response);
  });
}

async function passOn(
  target: string,
  request: IncomingMessage,
  body: string,
  fault: Fault | null,
  response: ServerResponse,
): Promise<void> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { host: _, connection: __, ...headers } = request.headers;
    const outgoing = ask(`${target}${request.url ?? ''}`, { method: request.method, headers }, resolve);
    outgoing.once('error', reject);
    outgoing.end(body);
  });
  const text = await plainText(answer);
  const {
    'transfer-encoding': _,
    'content-length': __,
    connection: ___,
    'content-encoding': ____,
    ...headers
  } = answer.headers;
  if (fault?.type === 'edit') {
    response.writeHead(answer.statusCode ?? 500, { ...headers, ...fault.headers });
    response.end(JSON.stringify(fault.edit(text === '' ? null : JSON.parse(text))));
    return;
  }
  if (fault?.type === 'half') {
    response.writeHead(answer.statusCode ?? 500, { ...headers, 'content-length': Buffer.byteLength(text) });
    response.write(text.slice(0, Math.floor(text.length / 2)), () => request.socket.destroy());
    return;
  }
  response.writeHead(answer.statusCode ?? 500, headers);
  response.end(text);
}

/** What an answer says, whether it was compressed or not: it is passed on as it can be read. */
async function plainText(answer: IncomingMessage): Promise<string> {
  if (answer.headers['content-encoding'] !== 'gzip') return textOf(answer);
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return gunzipSync(Buffer.concat(parts)).toString('utf8');
}
