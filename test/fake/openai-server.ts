import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came over the wire. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly raw: Buffer;
  readonly body: ReceivedBody;
}

/** The members that tests look at. */
export interface ReceivedBody {
  readonly model?: string;
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema: unknown } };
  readonly input?: readonly string[];
  readonly [member: string]: unknown;
}

/** What the server does with a request: an answer, or one of the faults that real endpoints have shown. */
export type Reply =
  | {
      readonly kind: 'content';
      readonly content: string | null;
      readonly model?: string;
      readonly finish?: string | null;
      readonly usage?: unknown;
      readonly message?: Readonly<Record<string, unknown>>;
      readonly choices?: readonly unknown[];
    }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | { readonly kind: 'raw'; readonly body: string; readonly type?: string }
  | { readonly kind: 'vectors'; readonly data: readonly unknown[] }
  | { readonly kind: 'silent' | 'stall' | 'reset' | 'reset-amid' | 'redirect-loop' }
  | { readonly kind: 'drip'; readonly everyMs: number }
  | { readonly kind: 'large'; readonly bytes: number }
  | { readonly kind: 'late'; readonly ms: number; readonly reply: Reply };

/** What to do with the `n`th request (from 0). */
export type Script = (request: Received, n: number) => Reply;

/** A chat and embeddings endpoint on loopback that plays a script, faults included, and keeps every byte it was sent. */
export interface FakeOpenAi {
  /** To be configured as `baseUrl`. */
  readonly url: string;
  readonly requests: readonly Received[];
  play(script: Script): void;
  /** Everything that arrived since the start, headers too. */
  bytes(): string;
  close(): Promise<void>;
}

/** Starts the server. Without a script it answers an empty object. */
export async function startFakeOpenAi(script: Script = () => answer({})): Promise<FakeOpenAi> {
  let current = script;
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts);
      const received: Received = {
        path: request.url ?? '',
        headers: request.headers,
        raw,
        body: raw.length === 0 ? {} : (JSON.parse(raw.toString('utf8')) as ReceivedBody),
      };
      requests.push(received);
      // A connection that is kept for the next request may be gone by then: a request would fail that nobody scripted.
      response.setHeader('connection', 'close');
      act(current(received, requests.length - 1), received, request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    play(next) {
      current = next;
    },
    bytes: () =>
      requests.map(({ path, headers, raw }) => `${path}\n${JSON.stringify(headers)}\n${raw.toString()}`).join('\n'),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A well-formed answer that says `value` in JSON. */
export function answer(value: unknown): Reply {
  return { kind: 'content', content: JSON.stringify(value) };
}

function completion(reply: Extract<Reply, { kind: 'content' }>, received: Received): string {
  const { content, finish = 'stop', message = {} } = reply;
  const choice = { index: 0, finish_reason: finish, message: { role: 'assistant', content, ...message } };
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: reply.model ?? received.body.model,
    choices: reply.choices ?? [choice],
    ...('usage' in reply
      ? { usage: reply.usage }
      : { usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 } }),
  });
}

function act(reply: Reply, received: Received, request: IncomingMessage, response: ServerResponse): void {
  const json = { 'content-type': 'application/json' };
  const whole = completion({ kind: 'content', content: '{}' }, received);
  switch (reply.kind) {
    case 'content':
      response.writeHead(200, json).end(completion(reply, received));
      return;
    case 'vectors':
      response
        .writeHead(200, json)
        .end(JSON.stringify({ object: 'list', model: received.body.model, data: reply.data }));
      return;
    case 'status':
      response.writeHead(reply.status, { ...json, ...reply.headers }).end(reply.body ?? '{"error":{"message":"no"}}');
      return;
    case 'raw':
      response.writeHead(200, { 'content-type': reply.type ?? 'application/json' }).end(reply.body);
      return;
    case 'silent':
      return;
    case 'stall':
      response.writeHead(200, json).write(whole.slice(0, 10));
      return;
    case 'reset':
      request.socket.destroy();
      return;
    case 'reset-amid':
      response.writeHead(200, { ...json, 'content-length': String(whole.length) }).write(whole.slice(0, 20));
      setTimeout(() => request.socket.destroy(), 20);
      return;
    case 'redirect-loop':
      response.writeHead(307, { location: request.url ?? '/' }).end();
      return;
    case 'drip': {
      response.writeHead(200, json);
      const timer = setInterval(() => response.write(' '), reply.everyMs);
      response.on('close', () => clearInterval(timer));
      return;
    }
    case 'large':
      response.writeHead(200, json).end(`"${'x'.repeat(reply.bytes)}"`);
      return;
    case 'late':
      setTimeout(() => act(reply.reply, received, request, response), reply.ms);
      return;
  }
}
